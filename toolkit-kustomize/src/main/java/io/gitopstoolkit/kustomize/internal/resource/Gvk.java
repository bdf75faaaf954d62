package io.gitopstoolkit.kustomize.internal.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Group, version and kind. As a selector, an empty part matches everything.
 *
 * @param group empty for the core group
 * @param version the version without the group
 * @param kind the kind
 */
public record Gvk(String group, String version, String kind) implements Comparable<Gvk> {
    /** The kinds that come first in kustomize's legacy order. */
    public static final List<String> ORDER_FIRST = List.of(
            "Namespace",
            "ResourceQuota",
            "StorageClass",
            "CustomResourceDefinition",
            "ServiceAccount",
            "PodSecurityPolicy",
            "Role",
            "ClusterRole",
            "RoleBinding",
            "ClusterRoleBinding",
            "ConfigMap",
            "Secret",
            "Endpoints",
            "Service",
            "LimitRange",
            "PriorityClass",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Deployment",
            "StatefulSet",
            "CronJob",
            "PodDisruptionBudget");

    /** The kinds that come last in kustomize's legacy order. */
    public static final List<String> ORDER_LAST =
            List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    private static final Map<String, Integer> RANKS = ranks(ORDER_FIRST, ORDER_LAST);

    /** The parts of an {@code apiVersion} and a kind. */
    public static Gvk of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new Gvk("", apiVersion, kind)
                : new Gvk(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    /** The rank of each kind: negative for what comes first, positive for what comes last, none for the others. */
    public static Map<String, Integer> ranks(List<String> first, List<String> last) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int i = 0; i < first.size(); i++) {
            ranks.put(first.get(i), i - first.size());
        }
        for (int i = 0; i < last.size(); i++) {
            ranks.put(last.get(i), i + 1);
        }
        return ranks;
    }

    /** The {@code apiVersion}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + '/' + version;
    }

    /** Whether the parts that the selector has are the same. */
    public boolean isSelectedBy(Gvk selector) {
        return isSelected(selector, group, version, kind);
    }

    static boolean isSelected(Gvk selector, String group, String version, String kind) {
        return (selector.kind.isEmpty() || selector.kind.equals(kind))
                && (selector.group.isEmpty() || selector.group.equals(group))
                && (selector.version.isEmpty() || selector.version.equals(version));
    }

    /** The text that the legacy order compares for kinds of one rank. */
    public String sortText() {
        return (group.isEmpty() ? "~G" : group)
                + '_'
                + (version.isEmpty() ? "~V" : version)
                + '_'
                + (kind.isEmpty() ? "~K" : kind);
    }

    /** Orders by the rank of the kind, then by {@link #sortText}. */
    @Override
    public int compareTo(Gvk other) {
        int byRank = Integer.compare(RANKS.getOrDefault(kind, 0), RANKS.getOrDefault(other.kind, 0));
        return byRank != 0 ? byRank : sortText().compareTo(other.sortText());
    }

    /** By hand, as below: what a record has by itself is bound at run time, which makes a cold start slow. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Gvk gvk
                && kind.equals(gvk.kind)
                && group.equals(gvk.group)
                && version.equals(gvk.version);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + group.hashCode()) + version.hashCode();
    }

    /** The form that kustomize prints: {@code Deployment.v1.apps}. */
    @Override
    public String toString() {
        return (kind.isEmpty() ? "[noKind]" : kind)
                + '.'
                + (version.isEmpty() ? "[noVer]" : version)
                + '.'
                + (group.isEmpty() ? "[noGrp]" : group);
    }
}
