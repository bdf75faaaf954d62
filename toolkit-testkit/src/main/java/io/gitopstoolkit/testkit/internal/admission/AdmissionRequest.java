package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write, as admission hears of it.
 *
 * @param operation {@code CREATE}, {@code UPDATE} or {@code DELETE}
 * @param target what it is about
 * @param object what is to be stored; null for a deletion
 * @param oldObject what is stored; null for a creation
 * @param isDryRun whether nothing is to be stored
 * @param options of the request, as an object
 * @param user who asks, as webhooks see them
 */
public record AdmissionRequest(
        String operation,
        Target target,
        @Nullable Map<String, Object> object,
        @Nullable Map<String, Object> oldObject,
        boolean isDryRun,
        Map<String, Object> options,
        Map<String, Object> user) {
    /**
     * What a write is about.
     *
     * @param versions those in which the resource is served
     * @param kind of the object that is sent
     * @param namespace empty for cluster scope
     * @param namespaceObject null for cluster scope
     */
    public record Target(
            String group,
            String version,
            List<String> versions,
            String resource,
            String subresource,
            String kind,
            boolean isNamespaced,
            String namespace,
            String name,
            @Nullable Map<String, Object> namespaceObject) {
        Target in(String other) {
            return new Target(
                    group,
                    other,
                    versions,
                    resource,
                    subresource,
                    kind,
                    isNamespaced,
                    namespace,
                    name,
                    namespaceObject);
        }

        Map<String, Object> kindTree() {
            return Tree.of("group", group, "version", version, "kind", kind);
        }

        Map<String, Object> resourceTree() {
            return Tree.of("group", group, "version", version, "resource", resource);
        }
    }

    /** The same about another state of the object. */
    public AdmissionRequest with(@Nullable Map<String, Object> changed) {
        return new AdmissionRequest(operation, target, changed, oldObject, isDryRun, options, user);
    }

    /** The object, or what is deleted. */
    Map<String, Object> subject() {
        Map<String, Object> subject = object == null ? oldObject : object;
        return subject == null ? Map.of() : subject;
    }

    /**
     * The request as webhooks and expressions see it, without the objects.
     *
     * @param matched the version that was asked for by a rule
     */
    Map<String, Object> tree(String uid, String matched) {
        Target converted = target.in(matched);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("uid", uid);
        tree.put("kind", converted.kindTree());
        tree.put("resource", converted.resourceTree());
        put(tree, "subResource", target.subresource());
        tree.put("requestKind", target.kindTree());
        tree.put("requestResource", target.resourceTree());
        put(tree, "requestSubResource", target.subresource());
        put(tree, "name", target.name());
        put(tree, "namespace", target.namespace());
        tree.put("operation", operation);
        tree.put("userInfo", user);
        tree.put("dryRun", isDryRun);
        tree.put("options", options.isEmpty() ? null : options);
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, String value) {
        if (!value.isEmpty()) {
            tree.put(name, value);
        }
    }

    /** An object as it is in another version; versions of custom resources differ in that alone. */
    @Nullable
    Map<String, Object> in(String version, @Nullable Map<String, Object> source) {
        if (source == null || version.equals(target.version())) {
            return source;
        }
        var converted = new LinkedHashMap<>(source);
        converted.put("apiVersion", target.group().isEmpty() ? version : target.group() + "/" + version);
        return converted;
    }
}
