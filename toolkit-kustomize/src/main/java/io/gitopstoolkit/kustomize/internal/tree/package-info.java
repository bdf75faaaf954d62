/** The tree that a document is read into, changed in, and written from. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.tree;

import org.jspecify.annotations.NullMarked;
