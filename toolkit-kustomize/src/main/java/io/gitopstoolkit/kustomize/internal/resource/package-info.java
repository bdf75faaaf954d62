/** Resources while they are built: what they are called and were called, and the set that they are in. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.resource;

import org.jspecify.annotations.NullMarked;
