package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kubernetes object as it is to be: a tree of maps, lists, strings, numbers, booleans and nulls.
 *
 * <p>The tree is immutable throughout, keeps the order of keys, and keeps nulls, which mean something in server-side
 * apply. Whole numbers are {@link Long} (beyond its range {@link java.math.BigInteger}), others {@link Double}.
 *
 * <p>{@link #toString} names the object alone: a Secret's values appear in no message by accident.
 *
 * @param content holds {@code kind} and {@code metadata.name}, strings that are not empty; {@code apiVersion}, a string,
 *     may be missing, for kustomize builds such objects, though no cluster takes them
 */
public record Manifest(Map<String, @Nullable Object> content) {
    /**
     * Copies the tree, unless it is a frozen one already, and checks the identity.
     *
     * @throws IllegalArgumentException if {@code kind} or {@code metadata.name} is missing, {@code apiVersion} is no
     *     string, or the tree holds anything but the types above
     */
    public Manifest {
        content = Trees.freeze(requireNonNull(content, "content"));
        String kind = requireText(content, "kind", "");
        if (content.get("apiVersion") != null && !(content.get("apiVersion") instanceof String)) {
            throw new IllegalArgumentException(kind + ": apiVersion is not a string");
        }
        if (!(content.get("metadata") instanceof Map<?, ?> metadata)) {
            throw new IllegalArgumentException(kind + " without metadata");
        }
        requireText(metadata, "name", "metadata.");
        if (metadata.get("namespace") != null && !(metadata.get("namespace") instanceof String)) {
            throw new IllegalArgumentException(kind + ": metadata.namespace is not a string");
        }
    }

    /** Which object this is. The namespace is empty where the manifest names none, be the kind namespaced or not. */
    public ObjectRef ref() {
        Map<?, ?> metadata = metadata();
        Object namespace = metadata.get("namespace");
        return new ObjectRef(
                ObjectRef.groupOf(apiVersion()), kind(), namespace == null ? "" : (String) namespace, (String)
                        requireNonNull(metadata.get("name")));
    }

    /** The API version with its group, such as {@code apps/v1}; empty where it is missing. */
    public String apiVersion() {
        return content.get("apiVersion") instanceof String text ? text : "";
    }

    /** The kind, such as {@code Deployment}. */
    public String kind() {
        return (String) requireNonNull(content.get("kind"));
    }

    /** The labels, in their order; empty where there are none. Values that are not strings are left out. */
    public Map<String, String> labels() {
        return strings("labels");
    }

    /** The annotations, in their order; empty where there are none. Values that are not strings are left out. */
    public Map<String, String> annotations() {
        return strings("annotations");
    }

    /** Names the object; the content stays out of it. */
    @Override
    public String toString() {
        return "Manifest[" + ref() + "]";
    }

    private Map<?, ?> metadata() {
        return (Map<?, ?>) requireNonNull(content.get("metadata"));
    }

    private Map<String, String> strings(String field) {
        return metadata().get(field) instanceof Map<?, ?> map ? Trees.stringsOf(map) : Map.of();
    }

    private static String requireText(Map<?, ?> map, String key, String path) {
        if (map.get(key) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException("a manifest needs " + path + key + ", a string that is not empty");
    }
}
