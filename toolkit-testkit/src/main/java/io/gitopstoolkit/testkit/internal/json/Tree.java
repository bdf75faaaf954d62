package io.gitopstoolkit.testkit.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steps through trees of plain data. Maps and lists that it makes can be changed. */
public final class Tree {
    private Tree() {}

    /** The value as a map of a tree; null where it is none. */
    @SuppressWarnings("unchecked") // the trees hold string keys only: Json makes them
    public static @Nullable Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }

    /** The value as a list of a tree; null where it is none. */
    @SuppressWarnings("unchecked") // as above
    public static @Nullable List<Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? (List<Object>) list : null;
    }

    /** What lies at the path, through maps only; null where there is nothing. */
    public static @Nullable Object at(@Nullable Object tree, String... path) {
        Object value = tree;
        for (String key : path) {
            if (!(value instanceof Map<?, ?> map)) {
                return null;
            }
            value = map.get(key);
        }
        return value;
    }

    /** The text at the path; empty where there is none. */
    public static String text(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof String text ? text : "";
    }

    /** The whole number at the path; {@code otherwise} where there is none. */
    public static long number(@Nullable Object tree, long otherwise, String... path) {
        return at(tree, path) instanceof Number number ? number.longValue() : otherwise;
    }

    /** The map at the path; an empty one that belongs to nobody where there is none. */
    public static Map<String, Object> mapAt(@Nullable Object tree, String... path) {
        Map<String, Object> map = map(at(tree, path));
        return map == null ? new LinkedHashMap<>() : map;
    }

    /** The maps in the list at the path, without what is no map. */
    public static List<Map<String, Object>> mapsAt(@Nullable Object tree, String... path) {
        var maps = new ArrayList<Map<String, Object>>();
        List<Object> list = list(at(tree, path));
        if (list != null) {
            for (Object item : list) {
                Map<String, Object> map = map(item);
                if (map != null) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    /** The strings in the list at the path. */
    public static List<String> textsAt(@Nullable Object tree, String... path) {
        var texts = new ArrayList<String>();
        List<Object> list = list(at(tree, path));
        if (list != null) {
            for (Object item : list) {
                if (item instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** The map at the key, made where there is none. */
    public static Map<String, Object> child(Map<String, Object> parent, String key) {
        Map<String, Object> child = map(parent.get(key));
        if (child == null) {
            child = new LinkedHashMap<>();
            parent.put(key, child);
        }
        return child;
    }

    /** A deep copy of a map. */
    public static Map<String, Object> copy(Map<String, Object> map) {
        var copy = new LinkedHashMap<String, Object>(map.size() * 4 / 3 + 1);
        map.forEach((key, value) -> copy.put(key, copyValue(value)));
        return copy;
    }

    /** A deep copy of any value. */
    public static @Nullable Object copyValue(@Nullable Object value) {
        Map<String, Object> map = map(value);
        if (map != null) {
            return copy(map);
        }
        List<Object> list = list(value);
        if (list == null) {
            return value;
        }
        var copy = new ArrayList<Object>(list.size());
        list.forEach(item -> copy.add(copyValue(item)));
        return copy;
    }

    /** A map of alternating keys and values, in that order. */
    public static Map<String, Object> of(@Nullable Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    /** A list that can be changed. */
    public static List<Object> listOf(Object... values) {
        return new ArrayList<>(List.of(values));
    }
}
