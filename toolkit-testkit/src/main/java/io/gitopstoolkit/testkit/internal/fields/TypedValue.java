package io.gitopstoolkit.testkit.internal.fields;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import io.gitopstoolkit.testkit.internal.schema.Type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What values of a type are made of: their shape, their items' path elements, the fields that they hold. */
final class TypedValue {
    private TypedValue() {}

    /** How a value of the type is to be taken; what a type leaves open, the value decides. */
    static Shape shape(Type type, @Nullable Object value) {
        if (type.shape() != Shape.ANY) {
            return type.shape();
        }
        if (value instanceof List) {
            return Shape.LIST;
        }
        return value == null || value instanceof Map ? Shape.MAP : Shape.SCALAR;
    }

    /** Whether values are owned and replaced as one. Lists of open type are. */
    static boolean isAtomic(Type type, Shape shape) {
        return type.shape() == Shape.ANY ? shape == Shape.LIST : type.isAtomic();
    }

    /** The type of what lies below an element; null where nothing may. */
    static @Nullable Type below(@Nullable Type type, String element) {
        if (type == null || type.shape() == Shape.ANY) {
            return type;
        }
        String field = PathElement.fieldName(element);
        return field == null ? type.element() : type.field(field);
    }

    /** The type of a map's value, taken as open where the schema does not know the field. */
    static Type fieldType(Type type, String field) {
        if (type.shape() == Shape.ANY) {
            return type;
        }
        Type found = type.field(field);
        return found == null ? type.anything() : found;
    }

    static Type itemType(Type type) {
        Type element = type.shape() == Shape.ANY ? type : type.element();
        return element == null ? type.anything() : element;
    }

    /**
     * The path element of an item of a list that is no atomic one.
     *
     * @throws InvalidValueException if the item lacks what tells it apart
     */
    static String elementOf(Type list, @Nullable Object item) {
        return list.isSet() ? setElement(item) : keyElement(list, item);
    }

    private static String setElement(@Nullable Object item) {
        if (item instanceof Map) {
            throw new InvalidValueException("associative list without keys has an element that's a map type");
        }
        if (item instanceof List) {
            throw new InvalidValueException("not supported: associative list with lists as elements");
        }
        if (item == null) {
            throw new InvalidValueException("associative list without keys has an element that's an explicit null");
        }
        return PathElement.ofValue(item);
    }

    private static String keyElement(Type list, @Nullable Object item) {
        if (item == null) {
            throw new InvalidValueException("associative list with keys may not have a null element");
        }
        if (!(item instanceof Map<?, ?> map)) {
            throw new InvalidValueException("associative list with keys may not have non-map elements");
        }
        var keys = new LinkedHashMap<String, Object>();
        for (String key : list.keys()) {
            Object value = map.containsKey(key) ? map.get(key) : itemType(list).defaultOrZeroOf(key);
            if (value != null || map.containsKey(key)) {
                keys.put(key, value);
            }
        }
        if (keys.isEmpty()) {
            throw new InvalidValueException("associative list with keys has an element that omits key field \""
                    + String.join("\", \"", list.keys()) + "\" (and doesn't have default value)");
        }
        return PathElement.ofKeys(keys);
    }

    /** The fields that the value holds. */
    static FieldSet fieldsOf(Type type, @Nullable Object value) {
        var set = new FieldSet();
        collect(type, value, new ArrayList<>(), set);
        return set;
    }

    private static void collect(Type type, @Nullable Object value, List<String> path, FieldSet set) {
        Shape shape = shape(type, value);
        if (shape == Shape.SCALAR || isAtomic(type, shape)) {
            set.insert(path);
        } else if (value instanceof Map<?, ?> && shape == Shape.MAP) {
            Tree.mapAt(value).forEach((key, item) -> collectEntry(type, key, item, path, set));
        } else if (value instanceof List<?> list && shape == Shape.LIST) {
            list.forEach(item -> collectItem(type, item, path, set));
        }
    }

    private static void collectEntry(Type type, String key, @Nullable Object item, List<String> path, FieldSet set) {
        path.add(PathElement.ofField(key));
        collect(fieldType(type, key), item, path, set);
        boolean empty = item == null || (item instanceof Map<?, ?> map && map.isEmpty());
        if (empty || !type.declares(key)) {
            set.insert(path);
        }
        path.remove(path.size() - 1);
    }

    private static void collectItem(Type type, @Nullable Object item, List<String> path, FieldSet set) {
        path.add(elementOf(type, item));
        collect(itemType(type), item, path, set);
        set.insert(path);
        path.remove(path.size() - 1);
    }

    /** The items of a list by their path elements, in order; of several with the same, the first. */
    static Map<String, Object> byElement(Type type, @Nullable Object list) {
        var items = new LinkedHashMap<String, Object>();
        if (list instanceof List<?> values) {
            for (Object item : values) {
                items.putIfAbsent(elementOf(type, item), item);
            }
        }
        return items;
    }
}
