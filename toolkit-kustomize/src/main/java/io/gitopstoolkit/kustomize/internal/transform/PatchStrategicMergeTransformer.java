package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.PATCH_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.patch.StrategicMerge;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import java.util.ArrayList;
import java.util.List;

/** Applies the patches of {@code patchesStrategicMerge}, each a file or the patch itself. */
public final class PatchStrategicMergeTransformer implements Transformer {
    private final List<StrategicPatch> patches = new ArrayList<>();

    /**
     * Reads the patches.
     *
     * @throws KustomizeException if one is neither a patch nor a file with patches, or there is none at all
     */
    public PatchStrategicMergeTransformer(List<String> entries, PatchSource source, StrategicMerge merge) {
        this(read(entries, source), merge);
    }

    private PatchStrategicMergeTransformer(List<Resource> read, StrategicMerge merge) {
        if (read.isEmpty()) {
            throw new KustomizeException(PATCH_FAILED, "patch appears to be empty");
        }
        for (Resource patch : read) {
            patches.add(new StrategicPatch(patch, merge, false, false));
        }
    }

    /**
     * Reads patches of entries and of a text.
     *
     * @throws KustomizeException if one is neither a patch nor a file with patches, or there is none at all
     */
    public static PatchStrategicMergeTransformer of(
            List<String> entries, String text, PatchSource source, StrategicMerge merge) {
        var all = new ArrayList<>(read(entries, source));
        if (!text.isEmpty()) {
            all.addAll(source.resources(text));
        }
        return new PatchStrategicMergeTransformer(all, merge);
    }

    private static List<Resource> read(List<String> entries, PatchSource source) {
        var read = new ArrayList<Resource>();
        for (String entry : entries) {
            read.addAll(read(entry, source));
        }
        return read;
    }

    @Override
    public void transform(ResourceSet resources) {
        for (StrategicPatch patch : patches) {
            Resource target = PatchTargets.only(resources, patch.identity());
            patch.applySelected(target);
            resources.changed(target);
            resources.dropDeleted();
            resources.checkUnique();
        }
    }

    private static List<Resource> read(String entry, PatchSource source) {
        try {
            return source.resources(entry);
        } catch (KustomizeException notInline) {
            try {
                return source.resources(source.file(entry));
            } catch (KustomizeException e) {
                e.addSuppressed(notInline);
                throw e;
            }
        }
    }
}
