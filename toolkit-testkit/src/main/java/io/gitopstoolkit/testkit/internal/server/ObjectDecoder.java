package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import io.gitopstoolkit.testkit.internal.schema.Type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives objects of built-in kinds the form that they have after a way through the real server's Go structs: fields that
 * a struct always prints are there, empty ones that it omits are not, quantities have their one spelling, fields that it
 * does not know are gone.
 */
final class ObjectDecoder {
    /** Lists that are always printed, and as null where they are empty. */
    private static final Set<String> NULL_WHEN_EMPTY =
            Set.of("discovery.v1.EndpointSlice.endpoints", "rbac.v1.Role.rules", "rbac.v1.ClusterRole.rules");

    private final Resource resource;
    private final List<String> unknown = new ArrayList<>();

    ObjectDecoder(Resource resource) {
        this.resource = resource;
    }

    /** The fields that were dropped because the kind does not have them, such as {@code spec.foo}. */
    List<String> unknownFields() {
        return unknown;
    }

    /**
     * The object in its one form; the argument stays as it is.
     *
     * @throws ApiException 400 if a value is not of its field's type
     */
    Map<String, Object> decode(Map<String, Object> object) {
        return struct(resource.type(), object, "", resource.type());
    }

    private Map<String, Object> struct(Type type, Map<String, Object> source, String path, Type parent) {
        Type owner = type.name().isEmpty() ? parent : type;
        var result = new LinkedHashMap<String, Object>();
        source.forEach((name, value) -> {
            Type field = type.field(name);
            String below = path.isEmpty() ? name : path + "." + name;
            if (field == null) {
                unknown.add(below);
            } else if (value == null && !type.declares(name)) {
                result.put(name, OmittedFields.zero(field));
            } else if (value != null) {
                Object decoded = value(field, value, type.declares(name) ? below : path, owner);
                boolean isGone = NULL_WHEN_EMPTY.contains(type.name() + "." + name)
                        && decoded instanceof List<?> list
                        && list.isEmpty();
                if (isGone) {
                    return;
                }
                if (type.declares(name) ? !OmittedFields.omits(type, name, field, decoded) : decoded != null) {
                    result.put(name, decoded);
                }
            }
        });
        addAlwaysPrinted(type, result, path);
        return result;
    }

    private void addAlwaysPrinted(Type type, Map<String, Object> result, String path) {
        for (String name : type.alwaysPresent()) {
            Type field = type.field(name);
            if (field != null && field.shape() == Shape.MAP && !OmittedFields.isSilent(type, name)) {
                result.computeIfAbsent(name, key -> struct(field, Map.of(), path, type));
            }
        }
        for (List<String> names : List.of(type.required(), OmittedFields.alwaysPrinted(type))) {
            for (String name : names) {
                Type field = type.field(name);
                if (field != null && !result.containsKey(name)) {
                    result.put(name, OmittedFields.zero(field));
                }
            }
        }
    }

    private @Nullable Object value(Type type, Object value, String path, Type parent) {
        return switch (type.shape()) {
            case ANY -> value;
            case SCALAR -> scalar(type, value, path, parent);
            case LIST -> list(type, value, path, parent);
            case MAP -> map(type, value, path, parent);
        };
    }

    private Object map(Type type, Object value, String path, Type parent) {
        Map<String, Object> map = Tree.map(value);
        if (map == null) {
            throw mismatch(value, path, parent, goType(type));
        }
        return struct(type, map, path, parent);
    }

    private Object list(Type type, Object value, String path, Type parent) {
        List<Object> list = Tree.list(value);
        Type element = type.element();
        if (list == null || element == null) {
            throw mismatch(value, path, parent, "[]" + goType(element == null ? type : element));
        }
        var result = new ArrayList<Object>();
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            Object decoded = item == null ? null : value(element, item, path + "[" + i + "]", parent);
            result.add(decoded == null ? OmittedFields.zero(element) : decoded);
        }
        return result;
    }

    private Object scalar(Type type, Object value, String path, Type parent) {
        boolean fits = switch (type.name()) {
            case "s", "t", "y" -> value instanceof String;
            case "b" -> value instanceof Boolean;
            case "i" -> value instanceof Long;
            case "n" -> value instanceof Number;
            default -> !(value instanceof Map) && !(value instanceof List);
        };
        if (!fits) {
            throw mismatch(value, path, parent, goType(type));
        }
        return type.name().equals("q") ? quantity(value) : value;
    }

    private Object quantity(Object value) {
        try {
            return Quantity.canonical(value instanceof String text ? text : Json.print(value));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest(resource.kind() + " in version \"" + resource.version()
                    + "\" cannot be handled as a " + resource.kind()
                    + ": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
    }

    private ApiException mismatch(Object value, String path, Type parent, String goType) {
        String plain = path.replaceAll("\\[\\d+]", "");
        if (resource.isCustom() && plain.equals("metadata")) {
            return ApiException.badRequest(resource.kind() + " in version \"" + resource.version()
                    + "\" cannot be handled as a " + resource.kind() + ": json: cannot unmarshal " + jsonName(value)
                    + " into Go value of type v1.ObjectMeta");
        }
        String field = resource.isCustom() ? plain.replaceFirst("^metadata\\.", "") : plain;
        String name = parent.name().isEmpty() ? resource.type().name() : parent.name();
        String struct = name.substring(name.lastIndexOf('.') + 1);
        return ApiException.badRequest(resource.kind() + " in version \"" + resource.version()
                + "\" cannot be handled as a " + resource.kind() + ": json: cannot unmarshal " + jsonName(value)
                + " into Go struct field " + struct + "." + field + " of type " + goType);
    }

    private static String jsonName(Object value) {
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Number number) {
            return value instanceof Double ? "number " + Json.print(number) : "number";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof Map ? "object" : "array";
    }

    private static String goType(Type type) {
        return switch (type.shape()) {
            case SCALAR ->
                switch (type.name()) {
                    case "b" -> "bool";
                    case "i" -> "int32";
                    case "n" -> "float64";
                    case "t" -> "string";
                    default -> "string";
                };
            case MAP -> {
                Type element = type.element();
                yield element == null ? goName(type.name()) : "map[string]" + goType(element);
            }
            default -> type.name();
        };
    }

    /** {@code core.v1.Container} as Go prints it: {@code v1.Container}. */
    private static String goName(String name) {
        return name.substring(name.indexOf('.') + 1);
    }
}
