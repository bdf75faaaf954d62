package io.gitopstoolkit.testkit.internal.fields;

import static io.gitopstoolkit.testkit.internal.fields.Absent.ABSENT;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import io.gitopstoolkit.testkit.internal.schema.Type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays an applied configuration over an object, and takes fields out of one. Neither changes its arguments. */
final class Merge {
    private Merge() {}

    /** The object with the fields of the configuration. */
    static @Nullable Object merge(Type type, @Nullable Object object, @Nullable Object configuration) {
        Object merged = mergeValue(type, object, configuration);
        return Absent.is(merged) ? new LinkedHashMap<>() : merged;
    }

    private static @Nullable Object mergeValue(Type type, @Nullable Object old, @Nullable Object applied) {
        Shape shape = TypedValue.shape(type, Absent.is(applied) ? old : applied);
        boolean leaf = shape == Shape.SCALAR
                || TypedValue.isAtomic(type, shape)
                || (Comparison.isEmpty(shape, old) && Comparison.isEmpty(shape, applied));
        if (leaf) {
            return Absent.is(applied) ? old : applied;
        }
        return shape == Shape.MAP ? mergeMaps(type, old, applied) : mergeLists(type, old, applied);
    }

    private static Object mergeMaps(Type type, @Nullable Object old, @Nullable Object applied) {
        Map<String, Object> olds = Tree.mapAt(old);
        Map<String, Object> news = Tree.mapAt(applied);
        var merged = new LinkedHashMap<String, Object>();
        Set<String> keys = new LinkedHashSet<>(olds.keySet());
        keys.addAll(news.keySet());
        for (String key : keys) {
            Object value =
                    mergeValue(TypedValue.fieldType(type, key), Comparison.get(olds, key), Comparison.get(news, key));
            if (!Absent.is(value)) {
                merged.put(key, value);
            }
        }
        return merged.isEmpty() ? ABSENT : merged;
    }

    private static Object mergeLists(Type type, @Nullable Object old, @Nullable Object applied) {
        Map<String, Object> olds = TypedValue.byElement(type, old);
        Map<String, Object> news = TypedValue.byElement(type, applied);
        var merged = new ArrayList<Object>();
        for (String element : order(new ArrayList<>(olds.keySet()), new ArrayList<>(news.keySet()))) {
            Object value =
                    mergeValue(TypedValue.itemType(type), Comparison.get(olds, element), Comparison.get(news, element));
            if (!Absent.is(value)) {
                merged.add(value);
            }
        }
        return merged.isEmpty() ? ABSENT : merged;
    }

    /** The applied order rules for what both hold; what only the object holds stays before its old successor. */
    private static List<String> order(List<String> olds, List<String> news) {
        var result = new ArrayList<String>();
        Set<String> oldSet = new LinkedHashSet<>(olds);
        Set<String> newSet = new LinkedHashSet<>(news);
        List<String> shared = news.stream().filter(oldSet::contains).toList();
        int nextShared = 0;
        int o = 0;
        int n = 0;
        while (o < olds.size() || n < news.size()) {
            if (o < olds.size() && n < news.size() && olds.get(o).equals(news.get(n))) {
                result.add(olds.get(o++));
                n++;
                nextShared++;
            } else if (o < olds.size()
                    && n < news.size()
                    && newSet.contains(olds.get(o))
                    && nextShared < shared.size()
                    && !shared.get(nextShared).equals(olds.get(o))) {
                o++;
            } else if (o < olds.size() && !newSet.contains(olds.get(o))) {
                result.add(olds.get(o++));
            } else if (n < news.size()) {
                if (nextShared < shared.size() && shared.get(nextShared).equals(news.get(n))) {
                    nextShared++;
                }
                result.add(news.get(n++));
            } else {
                o++;
            }
        }
        return new ArrayList<>(new LinkedHashSet<>(result));
    }

    /** The value without the fields of the set. */
    static @Nullable Object remove(Type type, @Nullable Object value, FieldSet set) {
        Shape shape = TypedValue.shape(type, value);
        if (shape == Shape.SCALAR) {
            return value;
        }
        if (TypedValue.isAtomic(type, shape)) {
            return null;
        }
        return shape == Shape.MAP ? removeFromMap(type, value, set) : removeFromList(type, value, set);
    }

    private static @Nullable Object removeFromMap(Type type, @Nullable Object value, FieldSet set) {
        var kept = new LinkedHashMap<String, Object>();
        Tree.mapAt(value).forEach((key, item) -> {
            String element = PathElement.ofField(key);
            if (!set.has(element)) {
                FieldSet below = set.below(element);
                kept.put(key, below == null ? item : remove(TypedValue.fieldType(type, key), item, below));
            }
        });
        return kept.isEmpty() ? null : kept;
    }

    private static @Nullable Object removeFromList(Type type, @Nullable Object value, FieldSet set) {
        var kept = new ArrayList<Object>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                String element = TypedValue.elementOf(type, item);
                if (!set.has(element)) {
                    FieldSet below = set.below(element);
                    kept.add(below == null ? item : remove(TypedValue.itemType(type), item, below));
                }
            }
        }
        return kept.isEmpty() ? null : kept;
    }
}
