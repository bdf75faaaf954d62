/** The order of the output. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.order;

import org.jspecify.annotations.NullMarked;
