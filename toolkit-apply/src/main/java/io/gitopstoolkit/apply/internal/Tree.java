package io.gitopstoolkit.apply.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads out of trees of plain data, such as a manifest's content or an answer of the API server. */
public final class Tree {
    private Tree() {}

    /** The value at {@code path}; null where there is none. */
    public static @Nullable Object at(Map<String, @Nullable Object> tree, String... path) {
        @Nullable Object value = tree;
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** The map at {@code path}; empty where there is none. */
    public static Map<String, @Nullable Object> map(Map<String, @Nullable Object> tree, String... path) {
        return at(tree, path) instanceof Map<?, ?> map ? cast(map) : Map.of();
    }

    /** The maps in the list at {@code path}; empty where there is none. */
    public static List<Map<String, @Nullable Object>> maps(Map<String, @Nullable Object> tree, String... path) {
        if (!(at(tree, path) instanceof List<?> list)) {
            return List.of();
        }
        return list.stream()
                .filter(Map.class::isInstance)
                .<Map<String, @Nullable Object>>map(item -> cast((Map<?, ?>) item))
                .toList();
    }

    /** The string at {@code path}; {@code fallback} where there is none. */
    public static String text(Map<String, @Nullable Object> tree, String fallback, String... path) {
        return at(tree, path) instanceof String text ? text : fallback;
    }

    /** The number at {@code path}; {@code fallback} where there is none. */
    public static long number(Map<String, @Nullable Object> tree, long fallback, String... path) {
        return at(tree, path) instanceof Number number ? number.longValue() : fallback;
    }

    /** A map of JSON, whose keys are strings. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> cast(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
