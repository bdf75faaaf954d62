/** Which fields of which kinds a transformer changes. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.field;

import org.jspecify.annotations.NullMarked;
