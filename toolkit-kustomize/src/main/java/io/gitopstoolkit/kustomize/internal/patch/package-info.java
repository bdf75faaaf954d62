/** Strategic merge patches and JSON patches, and the schema that the former go by. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.patch;

import org.jspecify.annotations.NullMarked;
