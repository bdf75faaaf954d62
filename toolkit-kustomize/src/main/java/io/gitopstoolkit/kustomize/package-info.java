/** To be described by the block. */
@NullMarked
package io.gitopstoolkit.kustomize;

import org.jspecify.annotations.NullMarked;
