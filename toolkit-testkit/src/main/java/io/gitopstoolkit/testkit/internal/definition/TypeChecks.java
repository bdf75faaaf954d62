package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of lists and maps that a schema names. */
final class TypeChecks {
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_TYPE = "x-kubernetes-map-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";

    private TypeChecks() {}

    static void check(Map<String, Object> schema, String path, List<Violation> errors) {
        if (Boolean.FALSE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))) {
            errors.add(Violation.invalid(
                    path + ".x-kubernetes-preserve-unknown-fields", false, "must be true or undefined"));
        }
        String mapType = Tree.text(schema, MAP_TYPE);
        if (!mapType.isEmpty()) {
            requireType(schema, path, "object", MAP_TYPE, errors);
            requireOneOf(mapType, path + "." + MAP_TYPE, List.of("atomic", "granular"), errors);
        }
        String listType = Tree.text(schema, LIST_TYPE);
        if (!listType.isEmpty()) {
            if (!requireType(schema, path, "array", LIST_TYPE, errors) && listType.equals("set")) {
                checkSet(Tree.mapAt(schema, "items"), path + ".items", errors);
            }
            requireOneOf(listType, path + "." + LIST_TYPE, List.of("atomic", "set", "map"), errors);
        }
        checkKeys(schema, path, listType, errors);
        checkNullable(schema, path, listType, errors);
    }

    private static boolean requireType(
            Map<String, Object> schema, String path, String wanted, String keyword, List<Violation> errors) {
        String type = Tree.text(schema, "type");
        String detail = "must be " + wanted + " if " + keyword + " is specified";
        if (type.isEmpty()) {
            errors.add(Violation.required(path + ".type", detail));
        } else if (!type.equals(wanted)) {
            errors.add(Violation.invalid(path + ".type", type, detail));
        }
        return !type.equals(wanted);
    }

    private static void requireOneOf(String value, String path, List<String> allowed, List<Violation> errors) {
        if (!allowed.contains(value)) {
            errors.add(Violation.unsupported(path, value, allowed));
        }
    }

    private static void checkSet(Map<String, Object> items, String path, List<Violation> errors) {
        String detail = "must be atomic as item of a list with x-kubernetes-list-type=set";
        Object listType = items.get(LIST_TYPE);
        if (Tree.text(items, "type").equals("array") && listType != null && !listType.equals("atomic")) {
            errors.add(Violation.invalid(path + "." + LIST_TYPE, listType, detail));
        }
        if (Tree.text(items, "type").equals("object") && !"atomic".equals(items.get(MAP_TYPE))) {
            errors.add(Violation.invalid(path + "." + MAP_TYPE, listType, detail));
        }
    }

    private static void checkKeys(Map<String, Object> schema, String path, String listType, List<Violation> errors) {
        List<String> keys = Tree.textsAt(schema, KEYS);
        if (!keys.isEmpty() && !listType.equals("map")) {
            String detail = "must be map if x-kubernetes-list-map-keys is non-empty";
            errors.add(
                    listType.isEmpty()
                            ? Violation.required(path + "." + LIST_TYPE, detail)
                            : Violation.invalid(path + "." + LIST_TYPE, listType, detail));
        }
        if (!listType.equals("map")) {
            return;
        }
        if (keys.isEmpty()) {
            errors.add(Violation.required(path + "." + KEYS, "must not be empty if x-kubernetes-list-type is map"));
        }
        Map<String, Object> items = Tree.map(schema.get("items"));
        if (items == null) {
            errors.add(Violation.required(path + ".items", "must have a schema if x-kubernetes-list-type is map"));
            return;
        }
        if (!Tree.text(items, "type").equals("object")) {
            errors.add(Violation.invalid(
                    path + ".items.type",
                    Tree.text(items, "type"),
                    "must be object if parent array's x-kubernetes-list-type is map"));
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            String type = Tree.text(items, "properties", key, "type");
            if (Tree.at(items, "properties", key) == null) {
                errors.add(Violation.invalid(path + "." + KEYS, keys, "entries must all be names of item properties"));
            } else if (type.equals("array") || type.equals("object")) {
                errors.add(Violation.invalid(
                        Paths.key(path + ".items.properties", key) + ".type",
                        "object",
                        "must be a scalar type if parent array's x-kubernetes-list-type is map"));
            }
            if (!seen.add(key)) {
                errors.add(Violation.invalid(path + "." + KEYS, keys, "must not contain duplicate entries"));
            }
        }
    }

    private static void checkNullable(
            Map<String, Object> schema, String path, String listType, List<Violation> errors) {
        Map<String, Object> items = Tree.map(schema.get("items"));
        if (items == null || !(listType.equals("set") || listType.equals("map"))) {
            return;
        }
        if (Boolean.TRUE.equals(items.get("nullable"))) {
            errors.add(Violation.forbidden(
                    path + ".items.nullable", "cannot be nullable when x-kubernetes-list-type is " + listType));
        }
        List<String> required = Tree.textsAt(items, "required");
        for (String key : listType.equals("map") ? Tree.textsAt(schema, KEYS) : List.<String>of()) {
            Map<String, Object> property = Tree.map(Tree.at(items, "properties", key));
            String below = Paths.key(path + ".items.properties", key);
            if (property != null && !required.contains(key) && property.get("default") == null) {
                errors.add(Violation.required(
                        below + ".default",
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property"));
            }
            if (property != null && Boolean.TRUE.equals(property.get("nullable"))) {
                errors.add(Violation.forbidden(
                        below + ".nullable",
                        "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"));
            }
        }
    }
}
