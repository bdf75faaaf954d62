/** Who asks, what for, and whether they may. */
@NullMarked
package io.gitopstoolkit.testkit.internal.access;

import org.jspecify.annotations.NullMarked;
