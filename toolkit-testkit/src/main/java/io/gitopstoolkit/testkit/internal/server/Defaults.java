package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Fills in what the real server fills in where an object says nothing. */
final class Defaults {
    private static final Map<String, Consumer<Map<String, Object>>> BY_TYPE = new HashMap<>();

    static {
        PodDefaults.register(BY_TYPE);
        WorkloadDefaults.register(BY_TYPE);
        OtherDefaults.register(BY_TYPE);
    }

    private Defaults() {}

    /** Fills in the defaults of the type, and of all that lies within. */
    static void apply(Type type, Map<String, Object> object) {
        Consumer<Map<String, Object>> defaults = BY_TYPE.get(type.name());
        if (defaults != null) {
            defaults.accept(object);
        }
        for (Map.Entry<String, Object> entry : object.entrySet()) {
            Type field = type.field(entry.getKey());
            if (field != null) {
                applyBelow(field, entry.getValue());
            }
        }
    }

    private static void applyBelow(Type type, Object value) {
        Map<String, Object> map = Tree.map(value);
        List<Object> list = Tree.list(value);
        if (map != null && type.shape() == Type.Shape.MAP) {
            apply(type, map);
        } else if (list != null && type.element() != null) {
            Type element = type.element();
            list.forEach(item -> applyBelow(element, item));
        }
    }

    /** Sets a field that is not there. */
    static void fill(Map<String, Object> object, String field, Object value) {
        if (object.get(field) == null) {
            object.put(field, value);
        }
    }
}
