package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.patch.JsonPatch;
import io.gitopstoolkit.kustomize.internal.resource.Resource;

/** Applies a JSON patch to resources. */
final class JsonPatchApplier {
    private final JsonPatch patch;

    JsonPatchApplier(JsonPatch patch) {
        this.patch = patch;
    }

    /** Applies it. */
    void apply(Resource target) {
        target.showAnnotations();
        try {
            target.replaceRoot(patch.apply(target.root()));
        } catch (KustomizeException e) {
            throw new KustomizeException(e.why(), target + ": " + e.getMessage(), e);
        }
    }
}
