package io.gitopstoolkit.kustomize.internal.patch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    private volatile @Nullable Supplier<Map<String, Shape>> unread;

    private Shape(boolean merges, List<String> mergeKeys, boolean exact) {
        this.merges = merges;
        this.mergeKeys = mergeKeys;
        this.exact = exact;
        this.elements = exact ? null : this;
    }

    /** An object whose fields are read when one is first asked for. */
    static Shape object(Supplier<Map<String, Shape>> fields) {
        var object = new Shape(false, List.of(), false);
        object.unread = fields;
        return object;
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
        if (unread != null) {
            read();
        }
        Shape field = fields.get(name);
        if (field == null) {
            field = fields.get(ANY_KEY);
        }
        return field == null && !exact ? OPAQUE : field;
    }

    private synchronized void read() {
        Supplier<Map<String, Shape>> later = unread;
        if (later != null) {
            fields.putAll(later.get());
            unread = null;
        }
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
