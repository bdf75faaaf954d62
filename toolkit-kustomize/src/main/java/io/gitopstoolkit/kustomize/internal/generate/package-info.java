/** Makes ConfigMaps and Secrets, and the hashes of their content. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.generate;

import org.jspecify.annotations.NullMarked;
