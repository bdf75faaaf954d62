/** An HTTP proxy. */
@NullMarked
package io.gitopstoolkit.testkit.internal.proxy;

import org.jspecify.annotations.NullMarked;
