/** To be described by the block. */
@NullMarked
package io.gitopstoolkit.notify;

import org.jspecify.annotations.NullMarked;
