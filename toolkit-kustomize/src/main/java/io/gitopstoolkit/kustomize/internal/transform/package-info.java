/** The builtin transformers, one class each, named as kustomize names them. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.transform;

import org.jspecify.annotations.NullMarked;
