@NullMarked
package io.gitopstoolkit.kustomize.internal.field;

import org.jspecify.annotations.NullMarked;
