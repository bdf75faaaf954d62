package io.gitopstoolkit.testkit.internal.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Equality and order of values in trees, where a whole number equals the same number with a fraction of zero. */
public final class Values {
    private Values() {}

    /** Whether both are the same tree, whatever the order of keys. */
    public static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number one && right instanceof Number other) {
            return one.equals(other) || one.doubleValue() == other.doubleValue();
        }
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            return one.size() == other.size()
                    && one.entrySet().stream()
                            .allMatch(entry -> other.containsKey(entry.getKey())
                                    && equal(entry.getValue(), other.get(entry.getKey())));
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            return one.size() == other.size() && equalItems(one, other);
        }
        return left == null ? right == null : left.equals(right);
    }

    private static boolean equalItems(List<?> left, List<?> right) {
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** An order of values: numbers by size, texts by their characters, maps by their sorted entries. */
    public static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number one && right instanceof Number other) {
            return Double.compare(one.doubleValue(), other.doubleValue());
        }
        if (left instanceof String one && right instanceof String other) {
            return one.compareTo(other);
        }
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            return compareMaps(one, other);
        }
        return rank(left) == rank(right)
                ? Json.print(left).compareTo(Json.print(right))
                : Integer.compare(rank(left), rank(right));
    }

    private static int compareMaps(Map<?, ?> left, Map<?, ?> right) {
        Iterator<? extends Map.Entry<?, ?>> ones =
                new TreeMap<Object, Object>(left).entrySet().iterator();
        Iterator<? extends Map.Entry<?, ?>> others =
                new TreeMap<Object, Object>(right).entrySet().iterator();
        while (ones.hasNext() && others.hasNext()) {
            Map.Entry<?, ?> one = ones.next();
            Map.Entry<?, ?> other = others.next();
            int order = ((String) one.getKey()).compareTo((String) other.getKey());
            order = order == 0 ? compare(one.getValue(), other.getValue()) : order;
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(ones.hasNext(), others.hasNext());
    }

    private static int rank(@Nullable Object value) {
        if (value instanceof Number) {
            return 0;
        }
        if (value instanceof String) {
            return 1;
        }
        return value instanceof Boolean ? 2 : 3;
    }
}
