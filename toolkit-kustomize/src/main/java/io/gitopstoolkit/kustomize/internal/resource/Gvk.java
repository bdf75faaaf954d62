package io.gitopstoolkit.kustomize.internal.resource;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    private static final Comparator<Gvk> ORDER = Comparator.comparingInt((Gvk gvk) -> RANKS.getOrDefault(gvk.kind, 0))
            .thenComparing(Gvk::sortText);

    /** The parts of an {@code apiVersion} and a kind. */
    public static Gvk of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new Gvk("", apiVersion, kind)
                : new Gvk(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    /** The rank of each kind: negative for what comes first, positive for what comes last, none for the others. */
    public static Map<String, Integer> ranks(List<String> first, List<String> last) {
        Map<String, Integer> ranks = IntStream.range(0, first.size())
                .boxed()
                .collect(Collectors.toMap(first::get, i -> i - first.size(), (older, newer) -> newer));
        IntStream.range(0, last.size()).forEach(i -> ranks.put(last.get(i), i + 1));
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
        return ORDER.compare(this, other);
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
