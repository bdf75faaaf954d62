package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.List;
import java.util.Map;

/** Schemas of which a value must fit one, any, all or none. */
final class CombinedRules {
    private CombinedRules() {}

    static void check(Map<String, Object> schema, Object value, String path, List<Violation> errors) {
        if (schema.containsKey("anyOf")) {
            any(Tree.mapsAt(schema, "anyOf"), value, path, errors);
        }
        if (schema.containsKey("oneOf")) {
            one(Tree.mapsAt(schema, "oneOf"), value, path, errors);
        }
        if (schema.containsKey("allOf")) {
            all(Tree.mapsAt(schema, "allOf"), value, path, errors);
        }
        Map<String, Object> not = Tree.map(schema.get("not"));
        if (not != null && ValueRules.checkAlone(not, value, path).isEmpty()) {
            errors.add(broken(path, "must not validate the schema (not)"));
        }
    }

    private static void any(List<Map<String, Object>> schemas, Object value, String path, List<Violation> errors) {
        if (!schemas.isEmpty() && fitting(schemas, value, path) == 0) {
            errors.add(broken(path, "must validate at least one schema (anyOf)"));
            errors.addAll(nearest(schemas, value, path));
        }
    }

    private static void one(List<Map<String, Object>> schemas, Object value, String path, List<Violation> errors) {
        long fitting = fitting(schemas, value, path);
        if (schemas.isEmpty() || fitting == 1) {
            return;
        }
        String found = fitting == 0 ? "Found none valid" : "Found " + fitting + " valid alternatives";
        errors.add(broken(path, "must validate one and only one schema (oneOf). " + found));
        if (fitting == 0) {
            errors.addAll(nearest(schemas, value, path));
        }
    }

    private static void all(List<Map<String, Object>> schemas, Object value, String path, List<Violation> errors) {
        schemas.forEach(schema -> errors.addAll(ValueRules.checkAlone(schema, value, path)));
        long fitting = fitting(schemas, value, path);
        if (fitting < schemas.size()) {
            errors.add(
                    broken(path, "must validate all the schemas (allOf)" + (fitting == 0 ? ". None validated" : "")));
        }
    }

    private static long fitting(List<Map<String, Object>> schemas, Object value, String path) {
        return schemas.stream()
                .filter(schema -> ValueRules.checkAlone(schema, value, path).isEmpty())
                .count();
    }

    /** What is wrong with the first of the schemas: the real server takes the one of which most was right. */
    private static List<Violation> nearest(List<Map<String, Object>> schemas, Object value, String path) {
        return ValueRules.checkAlone(schemas.get(0), value, path);
    }

    private static Violation broken(String path, String detail) {
        return Violation.invalid("", "", Json.print(path) + " " + detail);
    }
}
