package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;

/** Changes resources in place. */
@FunctionalInterface
public interface Transformer {
    /**
     * Changes the resources.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if they cannot be changed; the message names the object
     */
    void transform(ResourceSet resources);
}
