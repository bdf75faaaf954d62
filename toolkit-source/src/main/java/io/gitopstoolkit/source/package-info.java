/** To be described by the block. */
@NullMarked
package io.gitopstoolkit.source;

import org.jspecify.annotations.NullMarked;
