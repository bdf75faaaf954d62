/** Benchmarks of the blocks, and side-by-side runs against the reference programs. */
@NullMarked
package io.gitopstoolkit.benchmarks;

import org.jspecify.annotations.NullMarked;
