package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Which Kubernetes object: everything that tells one from another in a cluster, whatever version it is written in.
 *
 * @param group the API group, empty for the core group
 * @param kind never empty
 * @param namespace empty for an object of cluster scope
 * @param name never empty
 */
public record ObjectRef(String group, String kind, String namespace, String name) implements Comparable<ObjectRef> {
    private static final Comparator<ObjectRef> ORDER = Comparator.comparing(ObjectRef::group)
            .thenComparing(ObjectRef::kind)
            .thenComparing(ObjectRef::namespace)
            .thenComparing(ObjectRef::name);

    /**
     * Checks that kind and name are there.
     *
     * @throws IllegalArgumentException if kind or name is empty
     */
    public ObjectRef {
        requireNonNull(group, "group");
        requireNonNull(namespace, "namespace");
        if (kind.isEmpty()) {
            throw new IllegalArgumentException("an object needs a kind");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an object needs a name: " + kind);
        }
    }

    /** The group of an {@code apiVersion}: {@code apps} of {@code apps/v1}, empty of {@code v1}. */
    public static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Whether the object is in a namespace; false for cluster scope. */
    public boolean isNamespaced() {
        return !namespace.isEmpty();
    }

    /** Orders by group, kind, namespace and name. */
    @Override
    public int compareTo(ObjectRef other) {
        return ORDER.compare(this, other);
    }

    /** The form that Flux uses in messages: {@code Deployment/default/web}, or {@code Namespace/default}. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? kind + '/' + name : kind + '/' + namespace + '/' + name;
    }
}
