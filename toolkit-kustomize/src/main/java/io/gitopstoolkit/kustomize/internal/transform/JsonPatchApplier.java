package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.patch.JsonPatch;
import io.gitopstoolkit.kustomize.internal.resource.InternalAnnotations;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;

/** Applies a JSON patch to resources. */
final class JsonPatchApplier {
    private final JsonPatch patch;

    JsonPatchApplier(JsonPatch patch) {
        this.patch = patch;
    }

    /** Applies it. */
    void apply(Resource target) {
        target.showAnnotations();
        MapNode annotations = target.annotations();
        boolean isNoted = annotations != null && target.history().origin() != null;
        if (annotations != null && isNoted) {
            annotations.put(InternalAnnotations.ORIGIN, "");
        }
        try {
            target.replaceRoot(patch.apply(target.root()));
        } catch (KustomizeException e) {
            throw new KustomizeException(e.why(), target + ": " + e.getMessage(), e);
        }
        if (isNoted) {
            forgetLostOrigin(target);
        }
    }

    /** A patch that replaces all annotations takes along the notes of where the resource comes from. */
    private static void forgetLostOrigin(Resource target) {
        MapNode annotations = target.annotations();
        if (annotations == null || annotations.remove(InternalAnnotations.ORIGIN) == null) {
            target.history().origin(null);
            target.history().transformations().clear();
        }
    }
}
