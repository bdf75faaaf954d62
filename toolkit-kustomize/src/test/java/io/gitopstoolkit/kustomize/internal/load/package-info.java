@NullMarked
package io.gitopstoolkit.kustomize.internal.load;

import org.jspecify.annotations.NullMarked;
