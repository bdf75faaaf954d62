/**
 * What tests of deliveries need, in process: a Kubernetes API that speaks server-side apply, a Git server, a webhook
 * server; and the real API server, where its programs are installed.
 */
@NullMarked
package io.gitopstoolkit.testkit;

import org.jspecify.annotations.NullMarked;
