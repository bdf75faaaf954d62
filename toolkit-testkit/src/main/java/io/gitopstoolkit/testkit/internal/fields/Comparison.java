package io.gitopstoolkit.testkit.internal.fields;

import static io.gitopstoolkit.testkit.internal.fields.Absent.ABSENT;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Type;
import io.gitopstoolkit.testkit.internal.schema.Type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields by which two values of a type differ. */
final class Comparison {
    private FieldSet added = new FieldSet();
    private FieldSet modified = new FieldSet();
    private FieldSet removed = new FieldSet();
    private final List<String> path = new ArrayList<>();

    private Comparison() {}

    static Comparison of(Type type, @Nullable Object old, @Nullable Object now) {
        var comparison = new Comparison();
        comparison.compare(type, old, now);
        return comparison;
    }

    /** The same without fields that do not count, and what is below them. */
    Comparison without(FieldSet ignored) {
        added = added.recursiveDifference(ignored);
        modified = modified.recursiveDifference(ignored);
        removed = removed.recursiveDifference(ignored);
        return this;
    }

    FieldSet added() {
        return added;
    }

    FieldSet modified() {
        return modified;
    }

    FieldSet removed() {
        return removed;
    }

    FieldSet changed() {
        return modified.union(added);
    }

    private void compare(Type type, @Nullable Object old, @Nullable Object now) {
        if (Absent.is(now)) {
            compareAs(TypedValue.shape(type, old), type, old, now);
        } else if (Absent.is(old) || TypedValue.shape(type, old) == TypedValue.shape(type, now)) {
            compareAs(TypedValue.shape(type, now), type, old, now);
        } else {
            compareAs(TypedValue.shape(type, old), type, old, now);
            compareAs(TypedValue.shape(type, now), type, old, now);
        }
    }

    private void compareAs(Shape shape, Type type, @Nullable Object old, @Nullable Object now) {
        if (shape == Shape.SCALAR || TypedValue.isAtomic(type, shape) || (isEmpty(shape, old) && isEmpty(shape, now))) {
            leaf(old, now);
            return;
        }
        if (shape == Shape.MAP) {
            compareMaps(type, old, now);
        } else {
            compareLists(type, old, now);
        }
        if (Absent.is(old)) {
            added.insert(path);
        } else if (Absent.is(now)) {
            removed.insert(path);
        }
    }

    private void leaf(@Nullable Object old, @Nullable Object now) {
        if (Absent.is(old)) {
            added.insert(path);
        } else if (Absent.is(now)) {
            removed.insert(path);
        } else if (!Values.equal(old, now)) {
            modified.insert(path);
        }
    }

    private void compareMaps(Type type, @Nullable Object old, @Nullable Object now) {
        Map<String, Object> olds = Tree.mapAt(old);
        Map<String, Object> news = Tree.mapAt(now);
        Set<String> keys = new LinkedHashSet<>(olds.keySet());
        keys.addAll(news.keySet());
        for (String key : keys) {
            descend(PathElement.ofField(key), TypedValue.fieldType(type, key), get(olds, key), get(news, key));
        }
    }

    private void compareLists(Type type, @Nullable Object old, @Nullable Object now) {
        Map<String, Object> olds = TypedValue.byElement(type, old);
        Map<String, Object> news = TypedValue.byElement(type, now);
        Set<String> elements = new LinkedHashSet<>(olds.keySet());
        elements.addAll(news.keySet());
        for (String element : elements) {
            descend(element, TypedValue.itemType(type), get(olds, element), get(news, element));
        }
    }

    private void descend(String element, Type type, @Nullable Object old, @Nullable Object now) {
        path.add(element);
        compare(type, old, now);
        path.remove(path.size() - 1);
    }

    static @Nullable Object get(Map<String, Object> map, String key) {
        return map.containsKey(key) ? map.get(key) : ABSENT;
    }

    /** Whether it is an empty map or list of that shape, or none at all. */
    static boolean isEmpty(Shape shape, @Nullable Object value) {
        return shape == Shape.MAP
                ? !(value instanceof Map<?, ?> map) || map.isEmpty()
                : !(value instanceof List<?> list) || list.isEmpty();
    }
}
