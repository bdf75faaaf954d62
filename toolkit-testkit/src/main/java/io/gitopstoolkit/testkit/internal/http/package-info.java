/** A small HTTP/1.1 server with chunked answers and WebSockets. */
@NullMarked
package io.gitopstoolkit.testkit.internal.http;

import org.jspecify.annotations.NullMarked;
