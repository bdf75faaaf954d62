package io.gitopstoolkit.testkit.internal.fields;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One step of a field's path, as text in the notation of FieldsV1: {@code f:name}, {@code k:{...}}, {@code v:...}. */
final class PathElement {
    /** Fields by name, then items by their keys, then by their values. */
    static final Comparator<String> ORDER = PathElement::compare;

    private PathElement() {}

    static String ofField(String name) {
        return "f:" + name;
    }

    static String ofKeys(Map<String, Object> keys) {
        return "k:" + Json.print(new TreeMap<>(keys));
    }

    static String ofValue(@Nullable Object value) {
        return "v:" + Json.print(value);
    }

    static @Nullable String fieldName(String element) {
        return element.startsWith("f:") ? element.substring(2) : null;
    }

    /** The one spelling of an element that a client may have spelled otherwise. */
    static String canonical(String element) {
        return switch (kind(element)) {
            case 'k' -> ofKeys(Tree.mapAt(content(element)));
            case 'v' -> ofValue(content(element));
            default -> element;
        };
    }

    /** The element as messages print it. */
    static String display(String element) {
        return switch (kind(element)) {
            case 'f' -> "." + element.substring(2);
            case 'k' -> displayKeys(Tree.mapAt(content(element)));
            case 'v' -> "[=" + Json.print(content(element)) + "]";
            default -> "[" + element.substring(2) + "]";
        };
    }

    private static String displayKeys(Map<String, Object> keys) {
        var parts = new ArrayList<String>();
        keys.forEach((name, value) -> parts.add(name + "=" + Json.print(value)));
        return "[" + String.join(",", parts) + "]";
    }

    private static char kind(String element) {
        return element.length() > 1 && element.charAt(1) == ':' ? element.charAt(0) : '?';
    }

    private static @Nullable Object content(String element) {
        return Json.parse(element.substring(2));
    }

    private static int compare(String left, String right) {
        char kind = kind(left);
        if (left.equals(right) || kind != kind(right) || kind == 'f') {
            return rank(left) == rank(right) ? left.compareTo(right) : rank(left) - rank(right);
        }
        int order = Values.compare(content(left), content(right));
        return order == 0 ? left.compareTo(right) : order;
    }

    private static int rank(String element) {
        return "fkvi".indexOf(kind(element));
    }
}
