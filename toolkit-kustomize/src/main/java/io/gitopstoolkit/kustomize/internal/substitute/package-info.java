/**
 * Bash-style variables in text, as the {@code envsubst} of Flux knows them.
 *
 * <p>Flux counts and cuts bytes, so text is worked on as its bytes in UTF-8, one {@code char} for each.
 */
@NullMarked
package io.gitopstoolkit.kustomize.internal.substitute;

import org.jspecify.annotations.NullMarked;
