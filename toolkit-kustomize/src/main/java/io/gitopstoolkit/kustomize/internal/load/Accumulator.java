package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.field.TransformerConfig;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;

/** What a kustomization has gathered: resources, and which fields are changed in them. */
final class Accumulator {
    private final ResourceSet resources = new ResourceSet();
    private TransformerConfig config = TransformerConfig.DEFAULT;

    ResourceSet resources() {
        return resources;
    }

    TransformerConfig config() {
        return config;
    }

    void mergeConfig(TransformerConfig other) {
        config = config.merge(other);
    }

    /** Takes in what the kustomization of a base gathered. */
    void merge(Accumulator base) {
        resources.addAll(base.resources);
        mergeConfig(base.config);
    }
}
