/** Git's smart HTTP protocol over JGit. */
@NullMarked
package io.gitopstoolkit.testkit.internal.git;

import org.jspecify.annotations.NullMarked;
