@NullMarked
package io.gitopstoolkit.kustomize.internal.substitute;

import org.jspecify.annotations.NullMarked;
