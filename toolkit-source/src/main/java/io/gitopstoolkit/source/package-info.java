/**
 * What every source shares: credentials, ignore rules and the reasons why a source fails.
 *
 * <p>{@link io.gitopstoolkit.source.git.GitSource} fetches from Git.
 */
@NullMarked
package io.gitopstoolkit.source;

import org.jspecify.annotations.NullMarked;
