/** Reads and writes YAML as kustomize does. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.yaml;

import org.jspecify.annotations.NullMarked;
