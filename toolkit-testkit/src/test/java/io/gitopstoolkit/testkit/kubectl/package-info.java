/** kubectl, tried on the embedded API and on a real one. */
@NullMarked
package io.gitopstoolkit.testkit.kubectl;

import org.jspecify.annotations.NullMarked;
