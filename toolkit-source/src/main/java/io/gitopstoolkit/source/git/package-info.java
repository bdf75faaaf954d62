/**
 * Git repositories as a source: a commit becomes a read-only tree, and no work tree is ever written.
 *
 * <p>{@link io.gitopstoolkit.source.git.GitSource} is the entry point,
 * {@link io.gitopstoolkit.source.git.GitReference} says what it follows.
 */
@NullMarked
package io.gitopstoolkit.source.git;

import org.jspecify.annotations.NullMarked;
