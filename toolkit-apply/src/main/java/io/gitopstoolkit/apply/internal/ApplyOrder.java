package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.ObjectRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which objects are applied, which is Flux's: what others need comes first, webhooks come last. Pruning
 * takes it backwards.
 *
 * @see <a href="https://github.com/fluxcd/pkg/blob/main/ssa/sort.go">Flux: ssa/sort.go</a>
 */
public final class ApplyOrder {
    private static final List<String> FIRST = List.of(
            "CustomResourceDefinition",
            "Namespace",
            "ClusterRole",
            "ClusterClass",
            "RuntimeClass",
            "PriorityClass",
            "StorageClass",
            "VolumeSnapshotClass",
            "IngressClass",
            "GatewayClass",
            "ClusterRoleBinding",
            "ResourceQuota",
            "ServiceAccount",
            "Role",
            "RoleBinding",
            "ConfigMap",
            "Secret",
            "Service",
            "LimitRange",
            "Deployment",
            "StatefulSet",
            "CronJob",
            "PodDisruptionBudget");
    private static final List<String> LAST = List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");
    private static final Map<String, Integer> RANKS = ranks();

    /** Compares by the rank of the kind, then by group, kind, namespace and name. */
    public static final Comparator<ObjectRef> COMPARATOR =
            Comparator.<ObjectRef>comparingInt(ApplyOrder::rank).thenComparing(Comparator.naturalOrder());

    private ApplyOrder() {}

    /** The steps of a delivery; each is done, and for some ready, before the next begins. */
    public enum Stage {
        /** Definitions, namespaces and the roles of the cluster. */
        DEFINITIONS,
        /** What ends in {@code Class}. */
        CLASSES,
        /** The kinds that the caller wants before all else. */
        CUSTOM,
        /** All else. */
        REST;

        /** The stage of a kind, where the caller asks for nothing else. */
        public static Stage of(String kind) {
            if (FIRST.indexOf(kind) >= 0 && FIRST.indexOf(kind) < 3) {
                return DEFINITIONS;
            }
            return kind.endsWith("Class") ? CLASSES : REST;
        }

        /** Whether the next stage begins only when the objects of this one are ready. */
        public boolean isAwaited() {
            return this == DEFINITIONS || this == CLASSES;
        }

        /** The word for it in observations, such as {@code definitions}. */
        public String word() {
            return switch (this) {
                case DEFINITIONS -> "definitions";
                case CLASSES -> "classes";
                case CUSTOM -> "custom";
                case REST -> "rest";
            };
        }
    }

    /** The place of its kind in the order; equal for kinds whose order does not matter. */
    public static int rank(ObjectRef ref) {
        return RANKS.getOrDefault(ref.kind(), FIRST.size());
    }

    private static Map<String, Integer> ranks() {
        var ranks = new HashMap<String, Integer>();
        FIRST.forEach(kind -> ranks.put(kind, ranks.size()));
        LAST.forEach(kind -> ranks.put(kind, ranks.size() + 1));
        return ranks;
    }
}
