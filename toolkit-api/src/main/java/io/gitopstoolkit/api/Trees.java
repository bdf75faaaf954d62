package io.gitopstoolkit.api;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Deep immutability for trees of plain data that keeps nulls and order, which {@link Map#copyOf} does not. */
final class Trees {
    /** Deeper than any real object; a tree that contains itself ends here instead of in a stack overflow. */
    private static final int MAX_DEPTH = 1_000;

    private Trees() {}

    /**
     * A deeply immutable copy with whole numbers as Long or BigInteger and others as Double; the same instance where
     * {@code map} is such a copy already.
     *
     * @throws IllegalArgumentException if a key is not a string, or a value none of the allowed types
     */
    static Map<String, @Nullable Object> freeze(Map<String, ? extends @Nullable Object> map) {
        return freezeMap(map, 0);
    }

    /** An immutable copy in the same order. */
    static Map<String, String> freezeStrings(Map<String, String> map) {
        map.forEach((key, value) -> {
            if (key == null || value == null) {
                throw new NullPointerException("null key or value");
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The entries of {@code map} that are strings, in their order. */
    static Map<String, String> stringsOf(Map<?, ?> map) {
        var strings = new LinkedHashMap<String, String>();
        map.forEach((key, value) -> {
            if (key instanceof String name && value instanceof String text) {
                strings.put(name, text);
            }
        });
        return Collections.unmodifiableMap(strings);
    }

    private static Map<String, @Nullable Object> freezeMap(Map<?, ?> map, int depth) {
        if (map instanceof FrozenMap frozen) {
            checkDepth("a map", depth + frozen.height());
            return frozen;
        }
        var copy = new FrozenMap.Builder(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException("a key that is not a string: " + entry.getKey());
            }
            copy.add(key, freezeValue(key, entry.getValue(), depth + 1));
        }
        return copy.build();
    }

    private static @Nullable Object freezeValue(String key, @Nullable Object value, int depth) {
        checkDepth(key, depth);
        if (value instanceof Map<?, ?> map) {
            return freezeMap(map, depth);
        }
        if (value instanceof Collection<?> list) {
            return freezeList(key, list, depth);
        }
        return freezeScalar(key, value);
    }

    private static List<@Nullable Object> freezeList(String key, Collection<?> list, int depth) {
        if (list instanceof FrozenList frozen) {
            checkDepth(key, depth + frozen.height);
            return frozen;
        }
        var copy = new @Nullable Object[list.size()];
        int size = 0;
        for (Object value : list) {
            copy[size++] = freezeValue(key, value, depth + 1);
        }
        return new FrozenList(copy);
    }

    private static void checkDepth(String at, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("more than " + MAX_DEPTH + " levels deep at " + at);
        }
    }

    /** How many maps and lists lie within each other in a frozen value; none in a scalar. */
    static int heightOf(@Nullable Object value) {
        if (value instanceof FrozenMap map) {
            return map.height();
        }
        return value instanceof FrozenList list ? list.height : 0;
    }

    private static @Nullable Object freezeScalar(String key, @Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Double) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(
                "a value of type " + value.getClass().getName() + " at " + key + ", expected plain data");
    }

    /** A list that nobody else holds. */
    private static final class FrozenList extends AbstractList<@Nullable Object> implements RandomAccess {
        private final @Nullable Object[] values;
        private final int height;

        FrozenList(@Nullable Object[] values) {
            this.values = values;
            int below = 0;
            for (Object value : values) {
                below = Math.max(below, heightOf(value));
            }
            this.height = below + 1;
        }

        @Override
        public @Nullable Object get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
