/** To be described by the block. */
@NullMarked
package io.gitopstoolkit.apply;

import org.jspecify.annotations.NullMarked;
