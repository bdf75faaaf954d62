/** From the files of an artifact to resources: kustomization files, what they name, and what is done in which order. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.load;

import org.jspecify.annotations.NullMarked;
