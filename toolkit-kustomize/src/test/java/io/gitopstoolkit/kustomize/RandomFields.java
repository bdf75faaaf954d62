package io.gitopstoolkit.kustomize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Choices from a seed, and maps of them in the form of JSON, which is YAML too. */
final class RandomFields {
    private final Random random;

    RandomFields(Random random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A list of a few. */
    <T> List<T> some(int most, Supplier<T> item) {
        var list = new ArrayList<T>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(item.get());
        }
        return list;
    }

    /** A few of the choices, mostly each of them once. */
    List<String> choose(int most, String... choices) {
        List<String> list = few(most, () -> pick(choices));
        return chance(5) ? list : new ArrayList<>(new LinkedHashSet<>(list));
    }

    /** A list of at least one. */
    <T> List<T> few(int most, Supplier<T> item) {
        List<T> list = some(most - 1, item);
        list.add(item.get());
        return list;
    }

    /** A map of pairs. */
    static Map<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** Adds a field now and then. */
    void maybe(Map<String, Object> map, int percent, String field, Supplier<?> value) {
        if (chance(percent)) {
            map.put(field, value.get());
        }
    }

    /** The value as JSON. */
    static String json(Object value) {
        var text = new StringBuilder();
        write(text, value);
        return text.toString();
    }

    private static void write(StringBuilder text, Object value) {
        if (value instanceof Map<?, ?> map) {
            String comma = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(comma).append('"').append(entry.getKey()).append("\": ");
                write(text, entry.getValue());
                comma = ", ";
            }
            text.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String comma = "[";
            for (Object item : list) {
                text.append(comma);
                write(text, item);
                comma = ", ";
            }
            text.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            text.append('"')
                    .append(string.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                    .append('"');
        } else {
            text.append(NULL.equals(value) ? "null" : value);
        }
    }

    /** Stands for null. */
    static final Object NULL = new Object();
}
