package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import org.jspecify.annotations.Nullable;

/** Words for what does not fit. */
final class PatchProblem {
    private PatchProblem() {}

    static KustomizeException at(String path, String what) {
        return new KustomizeException(
                Reason.PATCH_FAILED, (path.isEmpty() ? "at the top" : "at " + path) + ": " + what);
    }

    static String kindOf(@Nullable Node node) {
        if (node instanceof MapNode) {
            return "a map";
        }
        return node instanceof ListNode ? "a list" : "a single value";
    }
}
