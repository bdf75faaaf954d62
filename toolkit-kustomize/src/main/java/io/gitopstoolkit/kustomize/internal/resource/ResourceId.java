package io.gitopstoolkit.kustomize.internal.resource;

import org.jspecify.annotations.Nullable;

/**
 * What tells one resource from another in a build.
 *
 * @param group the API group
 * @param version the API version, without the group
 * @param kind the kind
 * @param name the name
 * @param namespace the effective namespace: {@link #CLUSTER} for a kind of cluster scope, {@link #DEFAULT} where there
 *     is none
 */
public record ResourceId(String group, String version, String kind, String name, String namespace) {
    /** Stands for the namespace of what is in none. */
    public static final String CLUSTER = "_non_namespaceable_";

    /** The namespace of what names none. */
    public static final String DEFAULT = "default";

    /** The effective namespace of a resource that is not known to be of cluster scope. */
    public static String effectiveNamespace(String namespace) {
        return namespace.isEmpty() ? DEFAULT : namespace;
    }

    /** Whether the kind is known to be of cluster scope. */
    public boolean isClusterScoped() {
        return namespace.equals(CLUSTER);
    }

    /** Whether group, version and kind fit a selector. */
    public boolean isSelectedBy(Gvk selector) {
        return Gvk.isSelected(selector, group, version, kind);
    }

    /** By hand, as below: what a record has by itself is bound at run time, which makes a cold start slow. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceId id
                && name.equals(id.name)
                && kind.equals(id.kind)
                && namespace.equals(id.namespace)
                && group.equals(id.group)
                && version.equals(id.version);
    }

    @Override
    public int hashCode() {
        int hash = 31 * name.hashCode() + kind.hashCode();
        hash = 31 * hash + namespace.hashCode();
        return 31 * hash + group.hashCode();
    }

    /** The form that kustomize prints: {@code Deployment.v1.apps/web.shop}. */
    @Override
    public String toString() {
        String shown = namespace.equals(CLUSTER) || namespace.equals(DEFAULT) ? "[noNs]" : namespace;
        return new Gvk(group, version, kind) + "/" + name + '.' + shown;
    }
}
