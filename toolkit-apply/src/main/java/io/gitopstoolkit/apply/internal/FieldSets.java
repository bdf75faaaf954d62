package io.gitopstoolkit.apply.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Works on sets of fields in the form {@code fieldsV1}: a tree whose keys are {@code f:<field>}, {@code k:<keys of a list
 * item>}, {@code v:<value of a set>} and {@code .} for the parent itself.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#managed-fields">Kubernetes: managed
 *     fields</a>
 */
public final class FieldSets {
    private static final String ITSELF = ".";
    private static final Pattern KEY = Pattern.compile("\"([A-Za-z0-9]+)\":(\"(?:[^\"\\\\]|\\\\.)*\"|[^,}]+)");

    private FieldSets() {}

    /** The fields that are in one of the two. */
    public static Map<String, @Nullable Object> union(
            Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        var union = new LinkedHashMap<String, @Nullable Object>(one);
        other.forEach((key, fields) -> union.merge(key, orEmpty(fields), (a, b) -> member(map(a), map(b))));
        return union;
    }

    /** A field that both have: without children it means itself, which has to be said beside the other's children. */
    private static Map<String, @Nullable Object> member(
            Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        var union = union(one, other);
        if (one.isEmpty() != other.isEmpty()) {
            union.put(ITSELF, Map.of());
        }
        return union;
    }

    /**
     * Whether a set holds the value at {@code path} of {@code object}, or something in it, or all that it is a part of.
     *
     * @param path the keys of maps and the indexes of lists, as of a JSON pointer
     */
    public static boolean holds(Map<String, @Nullable Object> fields, List<String> path, Map<String, ?> object) {
        Map<String, @Nullable Object> at = fields;
        @Nullable Object value = object;
        for (String step : path) {
            String key;
            if (value instanceof List<?> list) {
                value = JsonPointer.item(list, step);
                key = keyOfItem(at, value);
            } else {
                value = value instanceof Map<?, ?> map ? map.get(step) : null;
                key = "f:" + step;
            }
            if (key == null || !at.containsKey(key)) {
                return false;
            }
            at = map(at.get(key));
            if (at.isEmpty()) {
                return true; // the whole of it
            }
        }
        return true;
    }

    /** The fields without those at {@code path} of {@code object} and in it. */
    public static Map<String, @Nullable Object> without(
            Map<String, @Nullable Object> fields, List<String> path, @Nullable Object object) {
        String step = path.get(0);
        @Nullable
        Object value = object instanceof List<?> list
                ? JsonPointer.item(list, step)
                : object instanceof Map<?, ?> map ? map.get(step) : null;
        String key = object instanceof List<?> ? keyOfItem(fields, value) : "f:" + step;
        if (key == null || !fields.containsKey(key)) {
            return fields;
        }
        var rest = new LinkedHashMap<>(fields);
        Map<String, @Nullable Object> inside =
                path.size() == 1 ? Map.of() : without(map(fields.get(key)), path.subList(1, path.size()), value);
        if (inside.isEmpty()) {
            rest.remove(key);
        } else {
            rest.put(key, inside);
        }
        return rest;
    }

    /** The key of the list item with these values of its keys. */
    private static @Nullable String keyOfItem(Map<String, @Nullable Object> fields, @Nullable Object item) {
        return fields.keySet().stream()
                .filter(key -> key.startsWith("k:")
                        ? item instanceof Map<?, ?> map && hasKeys(map, key.substring(2))
                        : key.startsWith("v:") && item != null && isEqual(item, key.substring(2)))
                .findFirst()
                .orElse(null);
    }

    private static boolean hasKeys(Map<?, ?> item, String keys) {
        Matcher key = KEY.matcher(keys);
        while (key.find()) {
            Object value = item.get(key.group(1));
            if (value == null || !isEqual(value, key.group(2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEqual(Object value, String json) {
        String text = String.valueOf(value);
        return value instanceof String
                ? json.equals('"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                : json.equals(text);
    }

    private static Object orEmpty(@Nullable Object fields) {
        return fields == null ? Map.of() : fields;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object fields) {
        return fields instanceof Map<?, ?> map ? Tree.cast(map) : Map.of();
    }
}
