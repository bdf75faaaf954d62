/** Expressions in the Common Expression Language, as Flux evaluates them. */
@NullMarked
package io.gitopstoolkit.cel;

import org.jspecify.annotations.NullMarked;
