package io.gitopstoolkit.testkit.internal.fields;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import io.gitopstoolkit.testkit.internal.schema.Type.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether an applied configuration is of its type, said in the words of the real server. */
final class Validation {
    private final List<String> errors = new ArrayList<>();

    private Validation() {}

    /**
     * Checks that the value is of the type.
     *
     * @throws InvalidValueException if not; the message tells each fault with its path
     */
    static void check(Type type, @Nullable Object value) {
        var validation = new Validation();
        validation.check(type, value, "");
        List<String> errors = validation.errors;
        if (errors.size() == 1) {
            throw new InvalidValueException(errors.get(0));
        }
        if (!errors.isEmpty()) {
            throw new InvalidValueException("errors:\n  " + String.join("\n  ", errors));
        }
    }

    private void check(Type type, @Nullable Object value, String path) {
        if (value == null) {
            return;
        }
        switch (TypedValue.shape(type, value)) {
            case SCALAR -> checkScalar(type, value, path);
            case LIST -> checkList(type, value, path);
            default -> checkMap(type, value, path);
        }
    }

    private void checkScalar(Type type, Object value, String path) {
        String expected = switch (type.name()) {
            case "i", "n" -> value instanceof Number ? "" : "numeric (int or float), got " + goType(value);
            case "b" -> value instanceof Boolean ? "" : "boolean, got " + display(value);
            case "s", "t", "y" -> value instanceof String ? "" : "string, got " + display(value);
            default -> value instanceof Map || value instanceof List ? "any scalar, got " + display(value) : "";
        };
        if (!expected.isEmpty()) {
            fail(path, "expected " + expected);
        }
    }

    private void checkList(Type type, Object value, String path) {
        List<Object> list = Tree.list(value);
        if (list == null) {
            fail(path, "expected list, got &{" + goValue(value) + "}");
            return;
        }
        if (type.shape() == Shape.ANY) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            checkItem(type, list.get(i), i, path, seen);
        }
    }

    private void checkItem(Type type, @Nullable Object item, int index, String path, Set<String> seen) {
        if (type.isAtomic()) {
            check(TypedValue.itemType(type), item, path + "[" + index + "]");
            return;
        }
        String element;
        try {
            element = TypedValue.elementOf(type, item);
        } catch (InvalidValueException e) {
            fail(path, "element " + index + ": " + e.getMessage());
            return;
        }
        if (!seen.add(element)) {
            fail(path, "duplicate entries for key " + PathElement.display(element));
        }
        check(TypedValue.itemType(type), item, path + PathElement.display(element));
    }

    private void checkMap(Type type, Object value, String path) {
        Map<String, Object> map = Tree.map(value);
        if (map == null) {
            fail(path, "expected map, got &{" + goValue(value) + "}");
            return;
        }
        for (Map.Entry<String, Object> entry : new TreeMap<>(map).entrySet()) {
            Type field = type.shape() == Shape.ANY ? type : type.field(entry.getKey());
            String below = path + "." + entry.getKey();
            if (field == null) {
                fail(below, "field not declared in schema");
                return;
            }
            check(field, entry.getValue(), below);
        }
    }

    private void fail(String path, String message) {
        errors.add(path.isEmpty() ? message : path + ": " + message);
    }

    private static String display(Object value) {
        return "&value.valueUnstructured{Value:" + goSyntax(value) + "}";
    }

    private static String goType(Object value) {
        if (value instanceof Map) {
            return "map[string]interface {}";
        }
        if (value instanceof List) {
            return "[]interface {}";
        }
        return value instanceof Boolean ? "bool" : "string";
    }

    /** As Go prints a value by itself, strings without quotes. */
    private static String goValue(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            var parts = new ArrayList<String>();
            new TreeMap<>(Tree.mapAt(value)).forEach((key, item) -> parts.add(key + ":" + goValue(item)));
            return "map[" + String.join(" ", parts) + "]";
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(" ", list.stream().map(Validation::goValue).toList()) + "]";
        }
        return value == null ? "<nil>" : value instanceof String text ? text : Json.print(value);
    }

    private static String goSyntax(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            var parts = new ArrayList<String>();
            Tree.mapAt(value).forEach((key, item) -> parts.add(Json.print(key) + ":" + goSyntax(item)));
            return "map[string]interface {}{" + String.join(", ", parts) + "}";
        }
        if (value instanceof List<?> list) {
            return "[]interface {}{"
                    + String.join(", ", list.stream().map(Validation::goSyntax).toList()) + "}";
        }
        return value == null ? "interface {}(nil)" : Json.print(value);
    }
}
