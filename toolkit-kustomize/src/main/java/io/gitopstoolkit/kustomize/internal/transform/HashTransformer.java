package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.generate.ContentHash;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;

/** Appends a hash of the content to the names of generated resources. */
public final class HashTransformer implements Transformer {
    @Override
    public void transform(ResourceSet resources) {
        for (Resource resource : resources.list()) {
            if (resource.history().needsHash()) {
                String hash = ContentHash.of(resource.root());
                if (hash == null) {
                    throw new KustomizeException(
                            KustomizeException.Reason.NOT_SUPPORTED,
                            resource
                                    + ": a hash of the content in the name is supported for ConfigMaps and Secrets alone");
                }
                resource.rememberId();
                String name = resource.name() + '-' + hash;
                resource.setName(name);
                resources.changed(resource);
            }
        }
    }
}
