package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.definition.StructuralSchema;
import io.gitopstoolkit.testkit.internal.fields.FieldOwnership;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource that is served: one kind in one group and version.
 *
 * @param discovery as {@code kubernetes.json} and custom resource definitions describe it
 * @param type what its objects are made of
 * @param structural the schema of a custom resource; null for a built-in one
 */
record Resource(
        String group,
        String version,
        String name,
        Map<String, Object> discovery,
        Type type,
        @Nullable StructuralSchema structural) {
    static Resource of(Map<String, Object> discovery, Type type, @Nullable StructuralSchema structural) {
        String groupVersion = Tree.text(discovery, "groupVersion");
        int slash = groupVersion.indexOf('/');
        return new Resource(
                slash < 0 ? "" : groupVersion.substring(0, slash),
                groupVersion.substring(slash + 1),
                Tree.text(discovery, "name"),
                discovery,
                type,
                structural);
    }

    String kind() {
        return Tree.text(discovery, "kind");
    }

    boolean isNamespaced() {
        return Boolean.TRUE.equals(discovery.get("namespaced"));
    }

    boolean isCustom() {
        return structural != null;
    }

    /** Whether its definition changed since it was made, and with it perhaps the form of objects. */
    boolean isRevised() {
        return Boolean.TRUE.equals(discovery.get("revised"));
    }

    /** What clients are told who use a deprecated version; empty where it is not. */
    String deprecation() {
        return Tree.text(discovery, "deprecation");
    }

    /** The fields of custom objects that field selectors can name. */
    List<String> selectableFields() {
        return Tree.textsAt(discovery, "selectable");
    }

    List<String> verbs() {
        return Tree.textsAt(discovery, "verbs");
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    FieldOwnership.Kind ownedKind() {
        return new FieldOwnership.Kind(
                type, apiVersion(), ObjectForm.empty(this), this::hasVersion, structural != null);
    }

    /** Whether objects can be had in that version; of built-in kinds, whether its name could be one of the group's. */
    private boolean hasVersion(String other) {
        if (isCustom()) {
            return Tree.textsAt(discovery, "versions").contains(other);
        }
        String versionOfGroup = "v[1-9]\\d*((alpha|beta)[1-9]\\d*)?";
        return other.equals(apiVersion())
                || (other.startsWith(group.isEmpty() ? "" : group + "/")
                        && other.substring(group.isEmpty() ? 0 : group.length() + 1)
                                .matches(versionOfGroup));
    }

    static String versionOf(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /** The group as messages about conversions name it: {@code core}, {@code apps}, {@code rbac}. */
    String internalGroup() {
        return group.isEmpty() ? "core" : group.replaceAll("\\..*", "");
    }

    /** As messages name it: {@code deployments.apps}. */
    String qualifiedName() {
        return group.isEmpty() ? name : name + "." + group;
    }

    /** As messages name the kind: {@code apps/v1, Kind=Deployment}. */
    String kindDisplay() {
        return group + "/" + version + ", Kind=" + kind();
    }

    /** Where its objects are stored; the versions of a resource share it. */
    String storageKey() {
        return group + "/" + name;
    }

    /** Where the real server stores its objects, as messages name it. */
    String storagePrefix() {
        return switch (qualifiedName()) {
            case "services" -> "services/specs";
            case "endpoints" -> "services/endpoints";
            case "nodes" -> "minions";
            case "replicationcontrollers" -> "controllers";
            case "ingresses.networking.k8s.io" -> "ingress";
            case "customresourcedefinitions.apiextensions.k8s.io", "apiservices.apiregistration.k8s.io" -> storageKey();
            default -> isCustom() ? storageKey() : name;
        };
    }

    boolean hasSubresource(String subresource) {
        return subresource(subresource) != null;
    }

    @Nullable
    Map<String, Object> subresource(String subresource) {
        return Tree.mapsAt(discovery, "subresources").stream()
                .filter(sub -> Tree.text(sub, "name").equals(subresource))
                .findFirst()
                .orElse(null);
    }

    /** Whether this is the resource of that group and name. */
    boolean is(String otherGroup, String otherName) {
        return group.equals(otherGroup) && name.equals(otherName);
    }
}
