package io.gitopstoolkit.testkit.internal.schema;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a value may be: a scalar, a list, a map or struct, or anything. Immutable; safe between threads. */
public final class Type {
    /** The shapes of a type. */
    public enum Shape {
        /** A string, number or boolean. */
        SCALAR,
        /** A list. */
        LIST,
        /** A struct with fields, a map of strings to values, or both. */
        MAP,
        /** A value of any shape, which is taken as what it is. */
        ANY
    }

    private final Schemas schemas;
    private final String name;
    private final Map<String, Object> definition;
    private final Shape shape;
    private @Nullable Map<String, Type> fields;

    Type(Schemas schemas, String name, Map<String, Object> definition, Shape shape) {
        this.schemas = schemas;
        this.name = name;
        this.definition = definition;
        this.shape = shape;
    }

    /** The shape of its values. */
    public Shape shape() {
        return shape;
    }

    /** The name of a named type, such as {@code core.v1.Container}; of a scalar, its letter; empty otherwise. */
    public String name() {
        return name;
    }

    /** The fields of a struct, by name; empty where it has none. */
    public synchronized Map<String, Type> fields() {
        if (fields == null) {
            var types = new LinkedHashMap<String, Type>();
            Tree.mapAt(definition, "f").forEach((field, type) -> types.put(field, schemas.resolve(type)));
            fields = types;
        }
        return fields;
    }

    /** The type of the field or the entry of that name; null where a map may not hold it. */
    public @Nullable Type field(String field) {
        Type type = fields().get(field);
        return type == null ? element() : type;
    }

    /** Whether the name is a field of the struct, rather than a key of a map. */
    public boolean declares(String field) {
        return fields().containsKey(field);
    }

    /** The type of a list's items or a map's values; null for a struct that holds its fields alone. */
    public @Nullable Type element() {
        return switch (shape) {
            case LIST -> schemas.resolve(definition.getOrDefault("l", "*"));
            case MAP -> definition.containsKey("m") ? schemas.resolve(definition.get("m")) : null;
            default -> null;
        };
    }

    /** The type that allows anything. */
    public Type anything() {
        return schemas.resolve("*");
    }

    /** Whether a list or map is owned and replaced as one. */
    public boolean isAtomic() {
        return shape == Shape.LIST
                ? !definition.containsKey("k") && !definition.containsKey("set")
                : definition.containsKey("a");
    }

    /** Whether a list is a set of scalars. */
    public boolean isSet() {
        return definition.containsKey("set");
    }

    /** The fields that tell the items of a list apart; empty where it is no such list. */
    public List<String> keys() {
        return Tree.textsAt(definition, "k");
    }

    /** The value that a field stands for where it is missing; null where it has none. */
    public @Nullable Object defaultOf(String field) {
        return Tree.at(definition, "d", field);
    }

    /** The default of a field; of a required string or number without one, what Go takes for it: empty or 0. */
    public @Nullable Object defaultOrZeroOf(String field) {
        Object preset = defaultOf(field);
        Type type = field(field);
        boolean builtIn = !name.isEmpty() && required().contains(field);
        if (preset != null || type == null || type.shape() != Shape.SCALAR || !builtIn) {
            return preset;
        }
        return type.name().equals("i") || type.name().equals("n") ? (Object) 0L : "";
    }

    /** The fields that must be there. */
    public List<String> required() {
        return Tree.textsAt(definition, "r");
    }

    /** The structs that are always there, if empty. */
    public List<String> alwaysPresent() {
        return Tree.textsAt(definition, "z");
    }

    /** The values that a string may have; empty where it may have any. */
    public List<String> values() {
        return Tree.textsAt(definition, "e");
    }

    /** Strategic merge patch: {@code merge}, {@code replace}, {@code retainKeys} or several of them; empty for none. */
    public String patchStrategy() {
        return Tree.text(definition, "p");
    }

    /** Strategic merge patch: the key that tells the items of a list apart; empty for none. */
    public String patchMergeKey() {
        return Tree.text(definition, "pk");
    }
}
