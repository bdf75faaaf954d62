package io.gitopstoolkit.testkit.internal.schema;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code kubernetes.json}, the resource that {@link Schemas} reads, from what a real API server says of itself:
 * its discovery documents and its OpenAPI v3 documents. Descriptions go; names of types, list types, keys, defaults,
 * enumerations and patch strategies stay, and which structs an object always holds ({@code z}: those with an empty default).
 */
final class SchemaCompaction {
    static final String DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /** The group versions that the embedded API serves. */
    private static final List<String> GROUP_VERSIONS = List.of(
            "v1",
            "apps/v1",
            "batch/v1",
            "autoscaling/v2",
            "policy/v1",
            "networking.k8s.io/v1",
            "rbac.authorization.k8s.io/v1",
            "storage.k8s.io/v1",
            "scheduling.k8s.io/v1",
            "coordination.k8s.io/v1",
            "discovery.k8s.io/v1",
            "node.k8s.io/v1",
            "admissionregistration.k8s.io/v1",
            "apiextensions.k8s.io/v1",
            "authentication.k8s.io/v1",
            "authorization.k8s.io/v1");

    private final UnaryOperator<String> get;
    private final Map<String, Object> types = new TreeMap<>();
    private final List<Object> resources = new ArrayList<>();

    /** @param get the body of a GET of a path, asked for with {@link #DISCOVERY} where that is what it holds */
    SchemaCompaction(UnaryOperator<String> get) {
        this.get = get;
    }

    /** The text of the resource, one type and one resource a line, so that a difference can be read. */
    String text() {
        discover("/api");
        discover("/apis");
        GROUP_VERSIONS.forEach(this::readTypes);
        dropUnreachable();
        var out = new StringBuilder("{\"version\":").append(Json.print(Json.parse(get.apply("/version"))));
        out.append(",\n\"resources\":[\n");
        out.append(String.join(",\n", resources.stream().map(Json::print).toList()));
        out.append("],\n\"types\":{\n");
        out.append(String.join(
                ",\n",
                types.entrySet().stream()
                        .map(entry -> Json.print(entry.getKey()) + ":" + Json.print(entry.getValue()))
                        .toList()));
        return out.append("}}\n").toString();
    }

    private void discover(String path) {
        for (Map<String, Object> group : Tree.mapsAt(Json.parse(get.apply(path)), "items")) {
            String name = Tree.text(group, "metadata", "name");
            for (Map<String, Object> version : Tree.mapsAt(group, "versions")) {
                String groupVersion = (name.isEmpty() ? "" : name + "/") + Tree.text(version, "version");
                if (GROUP_VERSIONS.contains(groupVersion)) {
                    Tree.mapsAt(version, "resources").forEach(resource -> addResource(groupVersion, resource));
                }
            }
        }
    }

    private void addResource(String groupVersion, Map<String, Object> found) {
        var resource = Tree.of("groupVersion", groupVersion, "name", Tree.text(found, "resource"));
        resource.put("kind", Tree.text(found, "responseKind", "kind"));
        resource.put("singular", Tree.text(found, "singularResource"));
        resource.put("namespaced", Tree.text(found, "scope").equals("Namespaced"));
        resource.put("verbs", found.get("verbs"));
        copyIfThere(found, resource, "shortNames", "categories");
        var subresources = new ArrayList<Object>();
        for (Map<String, Object> sub : Tree.mapsAt(found, "subresources")) {
            Map<String, Object> kind = Tree.mapAt(sub, "responseKind");
            kind.values().removeIf(value -> value.equals(""));
            subresources.add(Tree.of("name", sub.get("subresource"), "kind", kind, "verbs", sub.get("verbs")));
        }
        if (!subresources.isEmpty()) {
            resource.put("subresources", subresources);
        }
        resources.add(resource);
    }

    private void readTypes(String groupVersion) {
        String path = "/openapi/v3/" + (groupVersion.contains("/") ? "apis/" : "api/") + groupVersion;
        Tree.mapAt(Json.parse(get.apply(path)), "components", "schemas").forEach((name, schema) -> {
            Map<String, Object> map = Tree.map(schema);
            if (map != null) {
                types.put(shortName(name), addKind(type(map), map));
            }
        });
    }

    /** A type that is a kind says so, with the group and version that the kind is served under. */
    private static Object addKind(Object type, Map<String, Object> schema) {
        List<Map<String, Object>> kinds = Tree.mapsAt(schema, "x-kubernetes-group-version-kind");
        Map<String, Object> map = Tree.map(type);
        if (map != null && kinds.size() == 1) {
            Map<String, Object> kind = kinds.get(0);
            String group = Tree.text(kind, "group");
            map.put(
                    "kind",
                    (group.isEmpty() ? "" : group + "/") + Tree.text(kind, "version") + "/" + Tree.text(kind, "kind"));
        }
        return type;
    }

    private static Object type(Map<String, Object> schema) {
        String reference = Tree.text(schema, "$ref");
        if (!reference.isEmpty()) {
            return shortName(reference.substring(reference.lastIndexOf('/') + 1));
        }
        List<Map<String, Object>> all = Tree.mapsAt(schema, "allOf");
        if (all.size() == 1) {
            return type(all.get(0));
        }
        return switch (Tree.text(schema, "type")) {
            case "array" -> list(schema);
            case "object" -> object(schema);
            case "string" -> string(schema);
            case "boolean" -> "b";
            case "integer" -> "i";
            case "number" -> "n";
            default -> scalarOf(schema);
        };
    }

    private static Object scalarOf(Map<String, Object> schema) {
        if (Tree.text(schema, "format").equals("int-or-string")) {
            return "x";
        }
        return schema.containsKey("oneOf") ? "q" : "*";
    }

    private static Object string(Map<String, Object> schema) {
        if (schema.containsKey("enum")) {
            return Tree.of("e", schema.get("enum"));
        }
        return switch (Tree.text(schema, "format")) {
            case "date-time" -> "t";
            case "byte" -> "y";
            case "int-or-string" -> "x";
            default -> "s";
        };
    }

    private static Object list(Map<String, Object> schema) {
        var list = Tree.of("l", type(Tree.mapAt(schema, "items")));
        switch (Tree.text(schema, "x-kubernetes-list-type")) {
            case "map" -> list.put("k", schema.get("x-kubernetes-list-map-keys"));
            case "set" -> list.put("set", true);
            case "atomic" -> {}
            default -> keysByPatchStrategy(schema, list);
        }
        addPatchStrategy(schema, list);
        return list;
    }

    /** Types without a list type are merged as their strategic merge patch is. */
    private static void keysByPatchStrategy(Map<String, Object> schema, Map<String, Object> list) {
        if (Tree.text(schema, "x-kubernetes-patch-strategy").startsWith("merge")) {
            String key = Tree.text(schema, "x-kubernetes-patch-merge-key");
            list.put(key.isEmpty() ? "set" : "k", key.isEmpty() ? (Object) true : List.of(key));
        }
    }

    private static Object object(Map<String, Object> schema) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (schema.containsKey("properties")) {
            fields(schema, object);
        } else if (schema.containsKey("additionalProperties")) {
            object.put("m", type(Tree.mapAt(schema, "additionalProperties")));
        } else {
            return "*";
        }
        if (Tree.text(schema, "x-kubernetes-map-type").equals("atomic")) {
            object.put("a", true);
        }
        addPatchStrategy(schema, object);
        return object;
    }

    private static void fields(Map<String, Object> schema, Map<String, Object> object) {
        var fields = new LinkedHashMap<String, Object>();
        var defaults = new LinkedHashMap<String, Object>();
        var present = new ArrayList<Object>();
        Tree.mapAt(schema, "properties").forEach((name, value) -> {
            Map<String, Object> field = Tree.map(value);
            if (field != null) {
                fields.put(name, withPatchStrategy(field));
                addDefault(name, field.get("default"), defaults);
                if (field.get("default") instanceof Map && type(field) instanceof String) {
                    present.add(name);
                }
            }
        });
        object.put("f", fields);
        if (!defaults.isEmpty()) {
            object.put("d", defaults);
        }
        copyIfThere(Map.of("z", present), object, "z");
        copyIfThere(Map.of("r", schema.getOrDefault("required", List.of())), object, "r");
    }

    /** A reference cannot carry the strategy of the field that holds it, so it is wrapped. */
    private static Object withPatchStrategy(Map<String, Object> field) {
        Object type = type(field);
        if (type instanceof String && field.containsKey("x-kubernetes-patch-strategy")) {
            var wrapped = Tree.of("ref", type);
            addPatchStrategy(field, wrapped);
            return wrapped;
        }
        return type;
    }

    private static void addDefault(String name, @Nullable Object value, Map<String, Object> defaults) {
        if (value != null && !(value instanceof Map) && !value.equals("") && !value.equals(0L)) {
            defaults.put(name, value);
        }
    }

    private static void addPatchStrategy(Map<String, Object> schema, Map<String, Object> type) {
        if (schema.containsKey("x-kubernetes-patch-strategy")) {
            type.put("p", schema.get("x-kubernetes-patch-strategy"));
        }
        if (schema.containsKey("x-kubernetes-patch-merge-key")) {
            type.put("pk", schema.get("x-kubernetes-patch-merge-key"));
        }
    }

    private static void copyIfThere(Map<String, Object> from, Map<String, Object> to, String... keys) {
        for (String key : keys) {
            if (from.get(key) instanceof List<?> list && !list.isEmpty()) {
                to.put(key, list);
            }
        }
    }

    /** Lists, options and other kinds that no served resource holds. */
    private void dropUnreachable() {
        Set<String> served = new HashSet<>();
        for (Object resource : resources) {
            served.add(Tree.text(resource, "groupVersion") + "/" + Tree.text(resource, "kind"));
        }
        Set<String> reached = new HashSet<>();
        types.forEach((name, type) -> {
            if (served.contains(Tree.text(type, "kind"))) {
                reach(name, reached);
            }
        });
        reach("meta.v1.DeleteOptions", reached);
        types.keySet().retainAll(reached);
    }

    private void reach(@Nullable Object type, Set<String> reached) {
        if (type instanceof String name) {
            if (types.containsKey(name) && reached.add(name)) {
                reach(types.get(name), reached);
            }
        } else if (type instanceof Map<?, ?> map) {
            map.values().forEach(value -> reach(value, reached));
        }
    }

    private static String shortName(String name) {
        String[] parts = name.split("\\.");
        return parts.length < 3
                ? "types." + name
                : String.join(".", List.of(parts).subList(parts.length - 3, parts.length));
    }
}
