@NullMarked
package io.gitopstoolkit.kustomize.internal.resource;

import org.jspecify.annotations.NullMarked;
