package io.gitopstoolkit.kustomize.internal.patch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the schema says of a value, as far as a merge asks: its fields, or its elements and how they merge. */
final class Shape {
    /** A value of which the schema knows that nothing in it merges in a special way. */
    static final Shape OPAQUE = new Shape(false, List.of());

    private static final String ANY_KEY = "*";

    private final Map<String, Shape> fields = new HashMap<>();
    private final boolean merges;
    private final List<String> mergeKeys;
    private Shape elements = this;

    private Shape(boolean merges, List<String> mergeKeys) {
        this.merges = merges;
        this.mergeKeys = mergeKeys;
    }

    static Shape object() {
        return new Shape(false, List.of());
    }

    static Shape listOf(Shape elements) {
        var list = new Shape(false, List.of());
        list.elements = elements;
        return list;
    }

    /** A list that merges by keys, by value where there are none. */
    static Shape mergingListOf(Shape elements, List<String> keys) {
        var list = new Shape(true, keys);
        list.elements = elements;
        return list;
    }

    void addField(String name, Shape shape) {
        fields.put(name, shape);
    }

    Shape field(String name) {
        Shape field = fields.get(name);
        return field != null ? field : fields.getOrDefault(ANY_KEY, OPAQUE);
    }

    Shape elements() {
        return elements;
    }

    boolean merges() {
        return merges;
    }

    List<String> mergeKeys() {
        return mergeKeys;
    }
}
