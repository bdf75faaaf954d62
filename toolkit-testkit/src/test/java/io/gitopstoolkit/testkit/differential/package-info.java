/** Compares the embedded API with the real one, answer by answer. */
@NullMarked
package io.gitopstoolkit.testkit.differential;

import org.jspecify.annotations.NullMarked;
