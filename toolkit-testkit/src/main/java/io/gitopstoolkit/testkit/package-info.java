/** To be described by the block. */
@NullMarked
package io.gitopstoolkit.testkit;

import org.jspecify.annotations.NullMarked;
