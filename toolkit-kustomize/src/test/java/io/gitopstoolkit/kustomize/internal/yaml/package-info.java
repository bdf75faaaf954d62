@NullMarked
package io.gitopstoolkit.kustomize.internal.yaml;

import org.jspecify.annotations.NullMarked;
