package io.gitopstoolkit.apply.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two states of one object: in everything but its status and the metadata that the API server
 * keeps for itself.
 */
public final class Comparison {
    private static final Set<String> NOT_COMPARED = Set.of("apiVersion", "kind", "metadata", "status");
    private static final List<String> METADATA = List.of("labels", "annotations", "finalizers", "ownerReferences");

    private final List<Difference> differences = new ArrayList<>();

    private Comparison() {}

    /** A field that differs; null where a side does not have it. */
    public record Difference(
            String path, @Nullable Object before, @Nullable Object after) {
        /** The path; the values, which may be a Secret's, stay out of it. */
        @Override
        public String toString() {
            return path;
        }
    }

    /** The differences, by path in the order of the keys; empty where there are none. */
    public static List<Difference> of(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        var comparison = new Comparison();
        for (String field : METADATA) {
            comparison.compare(
                    "metadata." + field, Tree.at(before, "metadata", field), Tree.at(after, "metadata", field));
        }
        for (String key : keys(before, after)) {
            if (!NOT_COMPARED.contains(key)) {
                comparison.compare(key, before.get(key), after.get(key));
            }
        }
        return List.copyOf(comparison.differences);
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> left && after instanceof Map<?, ?> right) {
            maps(path, Tree.cast(left), Tree.cast(right));
        } else if (before instanceof List<?> left && after instanceof List<?> right) {
            lists(path, left, right);
        } else {
            differences.add(new Difference(path, before, after));
        }
    }

    private void maps(String path, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        for (String key : keys(before, after)) {
            compare(path + step(key), before.get(key), after.get(key));
        }
    }

    private void lists(String path, List<?> before, List<?> after) {
        Map<String, Object> left = byName(before);
        Map<String, Object> right = byName(after);
        if (left.isEmpty() || right.isEmpty()) {
            byIndex(path, before, after);
            return;
        }
        var names = new LinkedHashMap<>(left);
        names.putAll(right);
        int known = differences.size();
        names.keySet().forEach(name -> compare(path + "[name=" + name + ']', left.get(name), right.get(name)));
        if (differences.size() == known) {
            differences.add(new Difference(path, before, after)); // the same items in another order
        }
    }

    private void byIndex(String path, List<?> before, List<?> after) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            compare(
                    path + '[' + i + ']',
                    i < before.size() ? before.get(i) : null,
                    i < after.size() ? after.get(i) : null);
        }
    }

    /** The items by their names; empty where one has none, or two have the same. */
    private static Map<String, Object> byName(List<?> list) {
        var named = new LinkedHashMap<String, Object>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> map)
                    || !(map.get("name") instanceof String name)
                    || named.put(name, item) != null) {
                return Map.of();
            }
        }
        return named;
    }

    private static Set<String> keys(Map<String, ?> before, Map<String, ?> after) {
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys;
    }

    private static String step(String key) {
        return key.matches("[A-Za-z0-9_-]+") ? '.' + key : "[" + key + ']';
    }
}
