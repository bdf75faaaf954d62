@NullMarked
package io.gitopstoolkit.kustomize.internal.remote;

import org.jspecify.annotations.NullMarked;
