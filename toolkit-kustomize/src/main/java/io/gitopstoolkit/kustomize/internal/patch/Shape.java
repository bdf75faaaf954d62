package io.gitopstoolkit.kustomize.internal.patch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the schema says of a value, as far as a merge asks: its fields, or its elements and how they merge. */
final class Shape {
    /** A value of which the schema knows that nothing in it merges in a special way. */
    static final Shape OPAQUE = new Shape(false, List.of(), false);

    private static final String ANY_KEY = "*";

    private final Map<String, Shape> fields = new HashMap<>();
    private final boolean merges;
    private final List<String> mergeKeys;
    private final boolean exact;
    private @Nullable Shape elements;

    private Shape(boolean merges, List<String> mergeKeys, boolean exact) {
        this.merges = merges;
        this.mergeKeys = mergeKeys;
        this.exact = exact;
        this.elements = exact ? null : this;
    }

    static Shape object() {
        return new Shape(false, List.of(), false);
    }

    static Shape listOf(Shape elements) {
        var list = new Shape(false, List.of(), false);
        list.elements = elements;
        return list;
    }

    /** A list that merges by keys, by value where there are none. */
    static Shape mergingListOf(Shape elements, List<String> keys) {
        var list = new Shape(true, keys, false);
        list.elements = elements;
        return list;
    }

    /** A value of which all is told: what is not told of its fields and elements is not known. */
    static Shape exact() {
        return new Shape(false, List.of(), true);
    }

    /** A list that merges by keys, of which all is told. */
    static Shape exactMerging(List<String> keys) {
        return new Shape(true, keys, true);
    }

    void addField(String name, Shape shape) {
        fields.put(name, shape);
    }

    void addAnyField(Shape shape) {
        fields.put(ANY_KEY, shape);
    }

    void elements(Shape shape) {
        elements = shape;
    }

    /** The shape of a field; null where nothing is known of it. */
    @Nullable
    Shape field(String name) {
        Shape field = fields.get(name);
        if (field == null) {
            field = fields.get(ANY_KEY);
        }
        return field == null && !exact ? OPAQUE : field;
    }

    /** The shape of the elements; null where nothing is known of them. */
    @Nullable
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
