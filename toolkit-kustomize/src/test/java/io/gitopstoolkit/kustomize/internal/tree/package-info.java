@NullMarked
package io.gitopstoolkit.kustomize.internal.tree;

import org.jspecify.annotations.NullMarked;
