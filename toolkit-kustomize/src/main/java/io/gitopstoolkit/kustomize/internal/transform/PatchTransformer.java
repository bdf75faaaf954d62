package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.PATCH_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.patch.JsonPatch;
import io.gitopstoolkit.kustomize.internal.patch.StrategicMerge;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Selector;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies a patch of either form: strategic merge or JSON 6902. */
public final class PatchTransformer implements Transformer {
    private final @Nullable Selector target;
    private final List<StrategicPatch> strategicPatches;
    private final @Nullable JsonPatchApplier jsonPatch;

    /**
     * Reads a patch.
     *
     * @throws KustomizeException if it is neither a strategic merge patch nor a JSON patch
     */
    public PatchTransformer(Args args, PatchSource source, StrategicMerge merge) {
        target = args.target == null ? null : new Selector(args.target);
        String text = text(args, source);
        List<Resource> resources = null;
        KustomizeException noResource = null;
        try {
            resources = source.resources(text);
        } catch (KustomizeException e) {
            noResource = e;
        }
        if (resources == null) {
            strategicPatches = List.of();
            jsonPatch = jsonPatch(source, text, noResource);
        } else {
            strategicPatches = resources.stream()
                    .map(patch -> new StrategicPatch(patch, merge, args.allowNameChange, args.allowKindChange))
                    .toList();
            jsonPatch = null;
        }
    }

    /**
     * A patch as it is written.
     *
     * @param path of a file, or nothing
     * @param patch the patch itself, or nothing
     * @param target what it is for, or null
     * @param allowNameChange whether it may change names
     * @param allowKindChange whether it may change kinds
     */
    public record Args(
            String path,
            String patch,
            Selector.@Nullable Texts target,
            boolean allowNameChange,
            boolean allowKindChange) {}

    @Override
    public void transform(ResourceSet resources) {
        if (jsonPatch != null) {
            applyJson(resources, jsonPatch);
        } else if (target == null) {
            for (StrategicPatch patch : strategicPatches) {
                Resource named = PatchTargets.only(resources, patch.identity());
                patch.apply(named);
                resources.changed(named);
            }
        } else if (!strategicPatches.isEmpty()) {
            applySelected(resources, target);
        }
    }

    private void applyJson(ResourceSet resources, JsonPatchApplier patch) {
        if (target == null) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, "must specify a target for a JSON patch");
        }
        for (Resource resource : target.select(resources)) {
            resource.rememberId();
            patch.apply(resource);
            resources.changed(resource);
        }
    }

    private void applySelected(ResourceSet resources, Selector selector) {
        if (strategicPatches.size() > 1) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    "multiple strategic merge patches in one entry are not allowed to set a target; write one entry for"
                            + " each");
        }
        for (Resource resource : resources.alike(selector.select(resources))) {
            strategicPatches.get(0).applySelected(resource);
            resources.changed(resource);
        }
        resources.dropDeleted();
        resources.checkUnique();
    }

    private static String text(Args args, PatchSource source) {
        String patch = args.patch.strip();
        if (patch.isEmpty() == args.path.isEmpty()) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    patch.isEmpty()
                            ? "must specify one of patch and path"
                            : "patch and path can't be set at the same time");
        }
        return patch.isEmpty() ? source.file(args.path) : patch;
    }

    private static @Nullable JsonPatchApplier jsonPatch(
            PatchSource source, String text, @Nullable KustomizeException noResource) {
        try {
            Node document = source.document(text);
            if (document instanceof ListNode list) {
                return list.isEmpty() ? null : new JsonPatchApplier(JsonPatch.of(list, text, "the patch"));
            }
        } catch (KustomizeException e) {
            if (noResource != null) {
                e.addSuppressed(noResource);
            }
            throw new KustomizeException(PATCH_FAILED, "unable to parse SM or JSON patch: " + e.getMessage(), e);
        }
        throw new KustomizeException(
                PATCH_FAILED,
                "unable to parse SM or JSON patch: " + (noResource == null ? "it is empty" : noResource.getMessage()),
                noResource);
    }
}
