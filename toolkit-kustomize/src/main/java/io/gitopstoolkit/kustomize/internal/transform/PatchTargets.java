package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.PATCH_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import java.util.List;

/** Finds what a patch without a target is for. */
final class PatchTargets {
    private PatchTargets() {}

    /**
     * The only resource that has or had the id of a patch.
     *
     * @throws KustomizeException if there is none, or several
     */
    static Resource only(ResourceSet resources, Resource patch) {
        ResourceId id = patch.originalId();
        List<Resource> matches = resources.withId(id);
        if (matches.size() == 1) {
            return matches.get(0);
        }
        throw new KustomizeException(
                PATCH_FAILED,
                "no resource matches strategic merge patch " + id + ": "
                        + (matches.isEmpty() ? "no matches for Id " : "multiple matches for Id ") + id
                        + "; failed to find unique target for patch");
    }
}
