package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of an OpenAPI schema: types, required fields, enumerations, ranges, lengths and patterns. */
final class SchemaRules {
    private final List<FieldError> errors = new ArrayList<>();

    private SchemaRules() {}

    static List<FieldError> check(StructuralSchema schema, Map<String, Object> object) {
        var rules = new SchemaRules();
        rules.check(schema.root(), object, "");
        return rules.errors;
    }

    private void check(Map<String, Object> schema, @Nullable Object value, String path) {
        if (!hasType(schema, value, path)) {
            return;
        }
        List<Object> allowed = Tree.list(schema.get("enum"));
        if (allowed != null && allowed.stream().noneMatch(one -> Values.equal(one, value))) {
            errors.add(FieldError.unsupported(
                    path, value, allowed.stream().map(SchemaRules::text).toList()));
        }
        if (value instanceof Map<?, ?>) {
            checkObject(schema, Tree.mapAt(value), path);
        } else if (value instanceof List<?> list) {
            checkList(schema, list, path);
        } else if (value instanceof String text) {
            checkText(schema, text, path);
        } else if (value instanceof Number number) {
            checkNumber(schema, number, path);
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : Json.print(value);
    }

    private boolean hasType(Map<String, Object> schema, @Nullable Object value, String path) {
        String type = Tree.text(schema, "type");
        boolean fits = value == null
                ? Boolean.TRUE.equals(schema.get("nullable"))
                : switch (type) {
                    case "object" -> value instanceof Map;
                    case "array" -> value instanceof List;
                    case "string" -> value instanceof String;
                    case "boolean" -> value instanceof Boolean;
                    case "integer" -> value instanceof Long || (value instanceof Double d && d == Math.rint(d));
                    case "number" -> value instanceof Number;
                    default -> true;
                };
        if (!fits && !(value == null && type.isEmpty())) {
            errors.add(new FieldError(
                    "FieldValueTypeInvalid",
                    path,
                    "Invalid value: " + Json.print(typeOf(value)) + ": " + path + " in body must be of type " + type
                            + ": " + Json.print(typeOf(value))));
        }
        return fits;
    }

    private static String typeOf(@Nullable Object value) {
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Number) {
            return value instanceof Long ? "integer" : "number";
        }
        return value == null ? "null" : "string";
    }

    private void checkObject(Map<String, Object> schema, Map<String, Object> object, String path) {
        for (String required : Tree.textsAt(schema, "required")) {
            if (!object.containsKey(required)) {
                errors.add(FieldError.required(below(path, required), ""));
            }
        }
        Map<String, Object> properties = Tree.mapAt(schema, "properties");
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        object.forEach((name, value) -> {
            boolean identity =
                    path.isEmpty() && (name.equals("metadata") || name.equals("apiVersion") || name.equals("kind"));
            Map<String, Object> property = properties.containsKey(name) ? Tree.map(properties.get(name)) : additional;
            if (property != null && !identity) {
                check(property, value, below(path, name));
            }
        });
    }

    private void checkList(Map<String, Object> schema, List<?> list, String path) {
        if (list.size() > Tree.number(schema, Long.MAX_VALUE, "maxItems")) {
            errors.add(new FieldError(
                    "FieldValueTooMany",
                    path,
                    "Too many: " + list.size() + ": must have at most " + schema.get("maxItems") + " items"));
        }
        if (list.size() < Tree.number(schema, 0, "minItems")) {
            errors.add(FieldError.invalid(
                    path, list.size(), path + " in body should have at least " + schema.get("minItems") + " items"));
        }
        Map<String, Object> items = Tree.mapAt(schema, "items");
        for (int i = 0; i < list.size(); i++) {
            check(items, list.get(i), path + "[" + i + "]");
        }
    }

    private void checkText(Map<String, Object> schema, String text, String path) {
        String pattern = Tree.text(schema, "pattern");
        if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
            errors.add(FieldError.invalid(path, text, path + " in body should match '" + pattern + "'"));
        }
        if (text.length() < Tree.number(schema, 0, "minLength")) {
            errors.add(FieldError.invalid(
                    path, text, path + " in body should be at least " + schema.get("minLength") + " chars long"));
        }
        if (text.length() > Tree.number(schema, Long.MAX_VALUE, "maxLength")) {
            errors.add(new FieldError(
                    "FieldValueTooLong", path, "Too long: may not be more than " + schema.get("maxLength") + " bytes"));
        }
    }

    private void checkNumber(Map<String, Object> schema, Number number, String path) {
        if (schema.get("minimum") instanceof Number least && number.doubleValue() < least.doubleValue()) {
            errors.add(FieldError.invalid(
                    path, number, path + " in body should be greater than or equal to " + Json.print(least)));
        }
        if (schema.get("maximum") instanceof Number most && number.doubleValue() > most.doubleValue()) {
            errors.add(FieldError.invalid(
                    path, number, path + " in body should be less than or equal to " + Json.print(most)));
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
