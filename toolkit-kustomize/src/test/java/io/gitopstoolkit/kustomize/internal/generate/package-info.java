@NullMarked
package io.gitopstoolkit.kustomize.internal.generate;

import org.jspecify.annotations.NullMarked;
