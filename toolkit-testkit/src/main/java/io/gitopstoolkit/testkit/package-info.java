/**
 * What tests of deliveries need, in process: a Kubernetes API that speaks server-side apply, a Git server, an OCI registry,
 * buckets, a webhook server, a proxy; and the real API server, where its programs are installed. Each is started by a static
 * method on a free port of the loopback address, is closed by {@code close()}, and keeps a record of its requests; those that
 * are a {@link io.gitopstoolkit.testkit.FaultInjection} go wrong in the ways that {@link io.gitopstoolkit.testkit.Fault} names.
 */
@NullMarked
package io.gitopstoolkit.testkit;

import org.jspecify.annotations.NullMarked;
