@NullMarked
package io.gitopstoolkit.kustomize;

import org.jspecify.annotations.NullMarked;
