/** Requests and answers of the servers that tests talk to, apart from the transport. */
@NullMarked
package io.gitopstoolkit.testkit.internal.web;

import org.jspecify.annotations.NullMarked;
