package io.gitopstoolkit.apply.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a tree of plain data.
 *
 * @param steps the keys of maps and the indexes of lists on the way to it, one or more
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901: JSON pointer</a>
 */
public record JsonPointer(List<String> steps) implements Comparable<JsonPointer> {
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** Copies the list. */
    public JsonPointer {
        steps = List.copyOf(steps);
    }

    /**
     * Reads such as {@code /spec/replicas}.
     *
     * @throws IllegalArgumentException if it is no JSON pointer, or points to the whole
     */
    public static JsonPointer parse(String text) {
        if (!text.startsWith("/") || text.matches("(?s).*~(?![01]).*")) {
            throw new IllegalArgumentException("not a JSON pointer such as /spec/replicas: '" + text + "'");
        }
        return new JsonPointer(Arrays.stream(text.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList());
    }

    /** The value there; empty where there is none. A null there is none. */
    public Optional<Object> in(Map<String, @Nullable Object> tree) {
        @Nullable Object value = tree;
        for (String step : steps) {
            value = value instanceof List<?> list
                    ? item(list, step)
                    : value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return Optional.ofNullable(value);
    }

    /** The tree with {@code value} there; without the value there if it is null. Where the way does not exist, as it is. */
    public Map<String, @Nullable Object> put(Map<String, @Nullable Object> tree, @Nullable Object value) {
        return Tree.cast((Map<?, ?>) put(tree, 0, value));
    }

    private Object put(Object at, int depth, @Nullable Object value) {
        if (at instanceof Map<?, ?> map) {
            return put(map, depth, value);
        }
        return at instanceof List<?> list ? put(list, depth, value) : at;
    }

    private Object put(Map<?, ?> map, int depth, @Nullable Object value) {
        String step = steps.get(depth);
        var copy = new LinkedHashMap<Object, @Nullable Object>(map);
        if (depth < steps.size() - 1) {
            Object child = map.get(step);
            if (child != null) {
                copy.put(step, put(child, depth + 1, value));
            }
        } else if (value == null) {
            copy.remove(step);
        } else {
            copy.put(step, value);
        }
        return copy;
    }

    private Object put(List<?> list, int depth, @Nullable Object value) {
        Object item = item(list, steps.get(depth));
        if (item == null) {
            return list;
        }
        int index = Integer.parseInt(steps.get(depth));
        var copy = new ArrayList<@Nullable Object>(list);
        if (depth < steps.size() - 1) {
            copy.set(index, put(item, depth + 1, value));
        } else if (value == null) {
            copy.remove(index);
        } else {
            copy.set(index, value);
        }
        return copy;
    }

    /** Orders by the steps, indexes by their number, so that an item that is removed moves none that comes before it. */
    @Override
    public int compareTo(JsonPointer other) {
        for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
            int order = compare(steps.get(i), other.steps.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(steps.size(), other.steps.size());
    }

    private static int compare(String step, String other) {
        boolean indexes = INDEX.matcher(step).matches() && INDEX.matcher(other).matches();
        return indexes ? Integer.compare(Integer.parseInt(step), Integer.parseInt(other)) : step.compareTo(other);
    }

    /** The item of a list; null where there is none. */
    static @Nullable Object item(List<?> list, String index) {
        boolean inside = INDEX.matcher(index).matches() && Integer.parseInt(index) < list.size();
        return inside ? list.get(Integer.parseInt(index)) : null;
    }
}
