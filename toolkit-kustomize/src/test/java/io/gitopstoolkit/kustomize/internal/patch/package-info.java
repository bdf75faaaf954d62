@NullMarked
package io.gitopstoolkit.kustomize.internal.patch;

import org.jspecify.annotations.NullMarked;
