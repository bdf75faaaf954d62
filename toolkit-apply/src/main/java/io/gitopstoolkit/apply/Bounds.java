package io.gitopstoolkit.apply;

import io.gitopstoolkit.apply.ApplyException.Reason;
import java.util.List;
import java.util.Set;

/**
 * Where objects may be.
 *
 * @param namespaces the only ones; empty for all
 * @param clusterScope whether objects without a namespace may be applied
 */
record Bounds(Set<String> namespaces, boolean clusterScope) {
    static final Bounds NONE = new Bounds(Set.of(), true);

    Bounds {
        namespaces = Set.copyOf(namespaces);
    }

    /** Fails with all that are out of bounds. */
    void require(List<Target> targets) {
        List<Failure> outside = targets.stream()
                .filter(target -> !allows(target))
                .map(target -> new Failure(Reason.OUT_OF_BOUNDS, target.ref() + ": " + why(target)).about(target.ref()))
                .toList();
        if (!outside.isEmpty()) {
            throw Failure.all(outside);
        }
    }

    private boolean allows(Target target) {
        return target.kind().namespaced()
                ? namespaces.isEmpty() || namespaces.contains(target.ref().namespace())
                : clusterScope;
    }

    private String why(Target target) {
        return target.kind().namespaced()
                ? "not in a namespace that is delivered to ("
                        + String.join(", ", namespaces.stream().sorted().toList()) + ')'
                : "an object of the cluster, and none may be delivered";
    }
}
