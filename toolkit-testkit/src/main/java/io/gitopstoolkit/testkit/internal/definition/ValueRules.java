package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Correlation;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an OpenAPI schema for values: types, formats, required fields, enumerations, ranges, lengths, patterns, and
 * schemas that are combined.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/kube-openapi/pkg/validation/validate">Kubernetes: kube-openapi, validate</a>
 */
public final class ValueRules {
    private ValueRules() {}

    /**
     * What an object breaks.
     *
     * @param old the object before, of which unchanged parts may break rules; null for a new one
     */
    public static List<Violation> check(Map<String, Object> schema, Object object, @Nullable Object old) {
        return check(schema, object, "", Correlation.of(object, old, schema));
    }

    /** What a status breaks, as {@link #check(Map, Object, Object)} of the object. */
    public static List<Violation> checkStatus(Map<String, Object> schema, Object status, @Nullable Object old) {
        Map<String, Object> below = Tree.mapAt(schema, "properties", "status");
        return check(below, status, "", Correlation.of(status, old, below)).stream()
                .map(error -> new Violation(
                        error.reason(),
                        error.field().equals(Violation.ROOT) ? "status" : "status." + error.field(),
                        error.message()))
                .toList();
    }

    private static List<Violation> check(
            Map<String, Object> schema, @Nullable Object value, String path, Correlation correlation) {
        var errors = new ArrayList<Violation>();
        if (!hasType(schema, value, path, errors) && value == null) {
            return errors;
        }
        if (value != null) {
            CombinedRules.check(schema, value, path, errors);
        }
        if (value instanceof String text) {
            ScalarRules.checkText(schema, text, path, errors);
        } else if (value instanceof Number number) {
            ScalarRules.checkNumber(schema, number, path, errors);
        } else if (value instanceof List<?> list) {
            checkList(schema, list, path, correlation, errors);
        }
        checkEnumeration(schema, value, path, errors);
        if (value instanceof Map<?, ?>) {
            checkObject(schema, Tree.mapAt(value), path, correlation, errors);
        }
        return correlation.isKnown() && !errors.isEmpty() && correlation.isUnchanged() ? List.of() : errors;
    }

    /** What a value breaks by itself, as one of combined schemas. */
    static List<Violation> checkAlone(Map<String, Object> schema, Object value, String path) {
        return check(schema, value, path, Correlation.NONE);
    }

    private static void checkEnumeration(
            Map<String, Object> schema, @Nullable Object value, String path, List<Violation> errors) {
        List<Object> allowed = Tree.list(schema.get("enum"));
        boolean isNull = value == null && Boolean.TRUE.equals(schema.get("nullable"));
        if (allowed != null && !isNull && allowed.stream().noneMatch(one -> Values.equal(one, value))) {
            errors.add(Violation.unsupported(
                    path, value, allowed.stream().map(ValueRules::text).toList()));
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : Json.print(value);
    }

    private static boolean hasType(
            Map<String, Object> schema, @Nullable Object value, String path, List<Violation> errors) {
        boolean isIntOrString = Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"));
        String type = isIntOrString ? "integer,string" : Tree.text(schema, "type");
        String format = Tree.text(schema, "format");
        boolean fits = value == null
                ? type.isEmpty() || Boolean.TRUE.equals(schema.get("nullable"))
                : switch (type) {
                    case "object" -> value instanceof Map;
                    case "array" -> value instanceof List;
                    case "string" -> value instanceof String || (value instanceof List && Formats.isKnown(format));
                    case "boolean" -> value instanceof Boolean;
                    case "integer" -> isWhole(value);
                    case "integer,string" -> isWhole(value) || value instanceof String;
                    case "number" -> value instanceof Number;
                    default -> true;
                };
        if (!fits) {
            String shown = Json.print(typeOf(value));
            errors.add(
                    Violation.wrongType(path, typeOf(value), path + " in body must be of type " + type + ": " + shown));
        }
        return fits;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Double number ? number == Math.rint(number) : value instanceof Number;
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
            return value instanceof Double ? "number" : "integer";
        }
        return value == null ? "null" : "string";
    }

    private static void checkObject(
            Map<String, Object> schema,
            Map<String, Object> object,
            String path,
            Correlation correlation,
            List<Violation> errors) {
        if (object.size() < Tree.number(schema, 0, "minProperties")) {
            errors.add(Violation.invalid(
                    path,
                    object.size(),
                    path + " in body should have at least " + schema.get("minProperties") + " properties"));
        }
        long most = Tree.number(schema, Long.MAX_VALUE, "maxProperties");
        if (object.size() > most) {
            errors.add(Violation.tooMany(path, object.size(), most));
        }
        Map<String, Object> properties = Tree.mapAt(schema, "properties");
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        object.forEach((name, value) -> {
            Map<String, Object> below = properties.containsKey(name) ? Tree.map(properties.get(name)) : additional;
            if (below != null) {
                errors.addAll(check(below, value, Paths.field(path, name), correlation.field(name)));
            }
        });
        for (String required : Tree.textsAt(schema, "required")) {
            if (!object.containsKey(required)) {
                errors.add(Violation.required(Paths.field(path, required), ""));
            }
        }
    }

    private static void checkList(
            Map<String, Object> schema, List<?> list, String path, Correlation correlation, List<Violation> errors) {
        Map<String, Object> items = Tree.mapAt(schema, "items");
        for (int i = 0; i < list.size(); i++) {
            errors.addAll(check(items, list.get(i), Paths.item(path, i), correlation.item(i)));
        }
        long most = Tree.number(schema, Long.MAX_VALUE, "maxItems");
        if (list.size() > most) {
            errors.add(Violation.tooMany(path, list.size(), most));
        }
        if (list.size() < Tree.number(schema, 0, "minItems")) {
            errors.add(Violation.invalid(
                    path, list.size(), path + " in body should have at least " + schema.get("minItems") + " items"));
        }
    }
}
