@NullMarked
package io.gitopstoolkit.kustomize.internal.transform;

import org.jspecify.annotations.NullMarked;
