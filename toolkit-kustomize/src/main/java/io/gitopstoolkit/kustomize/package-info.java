/** Renders kustomizations in process, byte for byte as kustomize does, and reads and writes YAML as it does. */
@NullMarked
package io.gitopstoolkit.kustomize;

import org.jspecify.annotations.NullMarked;
