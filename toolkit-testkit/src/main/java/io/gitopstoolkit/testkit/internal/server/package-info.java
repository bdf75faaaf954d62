/** The Kubernetes API: discovery, storage, requests, watches. */
@NullMarked
package io.gitopstoolkit.testkit.internal.server;

import org.jspecify.annotations.NullMarked;
