package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.PATCH_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.patch.JsonPatch;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Selector;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import org.jspecify.annotations.Nullable;

/** Applies an entry of {@code patchesJson6902}. */
public final class PatchJson6902Transformer implements Transformer {
    private final Selector target;
    private final JsonPatchApplier patch;

    /**
     * Reads a patch from a file or a text, of which there is one.
     *
     * @throws KustomizeException if it has no target with a name, or is no JSON patch, or empty
     */
    public PatchJson6902Transformer(Selector.@Nullable Texts target, String path, String patch, PatchSource source) {
        if (target == null || target.name().isEmpty()) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, "must specify the target name");
        }
        if (path.isEmpty() == patch.isEmpty()) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    path.isEmpty()
                            ? "empty file path and empty jsonOp; set path or patch"
                            : "must specify a file path or jsonOp, not both");
        }
        this.target = new Selector(target);
        String text = path.isEmpty() ? patch : source.file(path);
        if (!(source.document(text) instanceof ListNode list) || list.isEmpty()) {
            throw new KustomizeException(PATCH_FAILED, "patch appears to be empty, or is no list of operations");
        }
        this.patch = new JsonPatchApplier(JsonPatch.of(list, text, "the patch"));
    }

    @Override
    public void transform(ResourceSet resources) {
        for (Resource resource : target.select(resources)) {
            patch.apply(resource);
            resources.changed(resource);
        }
    }
}
