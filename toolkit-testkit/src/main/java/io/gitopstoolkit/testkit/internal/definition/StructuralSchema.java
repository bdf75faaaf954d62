package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.cel.CelSupport;
import io.gitopstoolkit.testkit.internal.cel.ObjectRules;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI schema of one version of a custom resource: prunes what it does not name, fills in defaults, and tells the
 * types of fields.
 */
public final class StructuralSchema {
    private static final Set<String> ROOT_FIELDS = Set.of("apiVersion", "kind", "metadata");

    private final Map<String, Object> schema;
    private final @Nullable ObjectRules rules;

    /** A schema as a definition has it. */
    public StructuralSchema(Map<String, Object> schema) {
        this.schema = schema;
        this.rules = CelSupport.isPresent() && CelSupport.hasRules(schema) ? ObjectRules.ofResource(schema) : null;
    }

    /**
     * What an object breaks of it.
     *
     * @param old the object before; null for a new one
     * @param warnings collects what it breaks as it did before
     */
    public List<Violation> check(
            Map<String, Object> object, @Nullable Map<String, Object> old, List<Violation> warnings) {
        var errors = new ArrayList<Violation>(ValueRules.check(schema, object, old));
        return withRules(errors, object, old, warnings);
    }

    /** What an object breaks of it when its status alone is written, as {@link #check} of all of it. */
    public List<Violation> checkStatus(Map<String, Object> object, Map<String, Object> old, List<Violation> warnings) {
        Object status = object.get("status");
        var errors = new ArrayList<Violation>();
        if (status != null) {
            errors.addAll(ValueRules.checkStatus(schema, status, old.get("status")));
        }
        return withRules(errors, object, old, warnings);
    }

    private List<Violation> withRules(
            List<Violation> errors,
            Map<String, Object> object,
            @Nullable Map<String, Object> old,
            List<Violation> warnings) {
        if (old == null || ListRules.check(schema, old).isEmpty()) {
            errors.addAll(ListRules.check(schema, object));
        }
        if (rules != null && errors.stream().anyMatch(Violation::isBlocking)) {
            errors.add(Violation.invalid(
                    "",
                    null,
                    "some validation rules were not checked because the object was invalid; correct the existing errors"
                            + " to complete validation"));
        } else if (rules != null) {
            errors.addAll(rules.check(object, old, warnings));
        }
        return errors;
    }

    /** Takes out the fields that the schema does not name; gives their paths. */
    public List<String> prune(Map<String, Object> object) {
        var pruned = new ArrayList<String>();
        prune(schema, object, "", pruned);
        return pruned;
    }

    private static void prune(Map<String, Object> schema, @Nullable Object value, String path, List<String> pruned) {
        List<Object> list = Tree.list(value);
        if (list != null) {
            Map<String, Object> items = Tree.map(schema.get("items"));
            boolean keepsItems =
                    items == null && Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"));
            for (int i = 0; i < list.size() && !keepsItems; i++) {
                prune(items == null ? new LinkedHashMap<>() : items, list.get(i), path + "[" + i + "]", pruned);
            }
            return;
        }
        Map<String, Object> map = Tree.map(value);
        if (map == null) {
            return;
        }
        Map<String, Object> properties = Tree.mapAt(schema, "properties");
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        boolean keepsUnknown = Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))
                || Boolean.TRUE.equals(schema.get("additionalProperties"));
        boolean isObject = path.isEmpty() || Boolean.TRUE.equals(schema.get("x-kubernetes-embedded-resource"));
        for (String name : List.copyOf(map.keySet())) {
            String below = path.isEmpty() ? name : path + "." + name;
            Map<String, Object> property = Tree.map(properties.get(name));
            if (isObject && ROOT_FIELDS.contains(name)) {
                continue;
            }
            if (property == null && additional == null && !keepsUnknown) {
                map.remove(name);
                pruned.add(below);
            } else if (property != null) {
                prune(property, map.get(name), below, pruned);
            } else if (additional != null) {
                prune(additional, map.get(name), below, pruned);
            }
        }
    }

    /** Takes out nulls where the schema allows none and has no default in their place. */
    public void dropNulls(Map<String, Object> object) {
        dropNulls(schema, object);
    }

    private static void dropNulls(Map<String, Object> schema, @Nullable Object value) {
        List<Object> list = Tree.list(value);
        if (list != null) {
            list.forEach(item -> dropNulls(Tree.mapAt(schema, "items"), item));
        }
        Map<String, Object> map = Tree.map(value);
        if (map == null) {
            return;
        }
        Map<String, Object> properties = Tree.mapAt(schema, "properties");
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        for (String name : List.copyOf(map.keySet())) {
            Map<String, Object> property = properties.containsKey(name) ? Tree.map(properties.get(name)) : additional;
            if (property == null) {
                continue;
            }
            boolean stays = Boolean.TRUE.equals(property.get("nullable")) || property.get("default") != null;
            if (map.get(name) == null && !stays) {
                map.remove(name);
            } else {
                dropNulls(property, map.get(name));
            }
        }
    }

    /** Fills in defaults, and takes out nulls that the schema does not allow. */
    public void applyDefaults(Map<String, Object> object) {
        applyDefaults(schema, object);
    }

    private static void applyDefaults(@Nullable Map<String, Object> schema, @Nullable Object value) {
        if (schema == null) {
            return;
        }
        List<Object> list = Tree.list(value);
        if (list != null) {
            list.forEach(item -> applyDefaults(Tree.mapAt(schema, "items"), item));
        }
        Map<String, Object> map = Tree.map(value);
        if (map == null) {
            return;
        }
        Map<String, Object> properties = Tree.mapAt(schema, "properties");
        properties.forEach((name, property) -> {
            boolean nullable = Boolean.TRUE.equals(Tree.at(property, "nullable"));
            Object preset = Tree.at(property, "default");
            if (map.containsKey(name) && map.get(name) == null && !nullable && preset != null) {
                map.remove(name);
            }
            if (!map.containsKey(name) && preset != null) {
                map.put(name, Tree.copyValue(preset));
            }
            applyDefaults(Tree.map(property), map.get(name));
        });
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        map.forEach((name, item) -> {
            if (!properties.containsKey(name)) {
                applyDefaults(additional, item);
            }
        });
    }

    /** The schema in the compact form that types are made of. */
    public Map<String, Object> toTypeDefinition() {
        Map<String, Object> type = new LinkedHashMap<>(Tree.mapAt(Map.of("type", type(schema)), "type"));
        Map<String, Object> fields = Tree.child(type, "f");
        fields.put("apiVersion", "s");
        fields.put("kind", "s");
        fields.put("metadata", "meta.v1.ObjectMeta");
        return type;
    }

    private static Object type(Map<String, Object> schema) {
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
            return "x";
        }
        return switch (Tree.text(schema, "type")) {
            case "string" -> "s";
            case "integer" -> "i";
            case "number" -> "n";
            case "boolean" -> "b";
            case "array" -> list(schema);
            case "object" -> object(schema);
            default -> "*";
        };
    }

    private static Object list(Map<String, Object> schema) {
        Map<String, Object> list = Tree.of("l", type(Tree.mapAt(schema, "items")));
        switch (Tree.text(schema, "x-kubernetes-list-type")) {
            case "map" -> list.put("k", schema.get("x-kubernetes-list-map-keys"));
            case "set" -> list.put("set", true);
            default -> {}
        }
        return list;
    }

    private static Object object(Map<String, Object> schema) {
        Map<String, Object> object = new LinkedHashMap<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> defaults = new LinkedHashMap<>();
        Tree.mapAt(schema, "properties").forEach((name, property) -> {
            fields.put(name, type(Tree.mapAt(property)));
            Object preset = Tree.at(property, "default");
            if (preset != null) {
                defaults.put(name, preset);
            }
        });
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-embedded-resource"))) {
            fields.put("apiVersion", "s");
            fields.put("kind", "s");
            fields.put("metadata", "meta.v1.ObjectMeta");
        }
        object.put("f", fields);
        object.put("d", defaults);
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        if (additional != null) {
            object.put("m", type(additional));
        } else if (Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))
                || Boolean.TRUE.equals(schema.get("additionalProperties"))) {
            object.put("m", "*");
        }
        if (Tree.text(schema, "x-kubernetes-map-type").equals("atomic")) {
            object.put("a", true);
        }
        return object;
    }
}
