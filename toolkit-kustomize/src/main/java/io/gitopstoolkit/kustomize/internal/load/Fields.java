package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.GoNumbers;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A map of a kustomization file, read field by field with the types that the fields have. Names are compared without
 * regard to case. Null is as good as nothing.
 */
final class Fields {
    private final String path;
    private final Mode mode;
    private final Map<String, Node> values;

    /** How a map is read. */
    private enum Mode {
        /** Fields that are not known are refused. */
        STRICT,
        /** They are passed over. */
        LENIENT,
        /** The same, and numbers and booleans are taken for strings where a string is asked for. */
        COERCING
    }

    private Fields(String path, Mode mode, Map<String, Node> values) {
        this.path = path;
        this.mode = mode;
        this.values = values;
    }

    private Fields(MapNode map, String path, Set<String> known, Mode mode) {
        this(path, mode, new HashMap<>());
        // Go reads the keys of an object by name, and the last one that means a field counts.
        IntStream.range(0, map.size())
                .boxed()
                .sorted((a, b) -> map.keyAt(a).compareTo(map.keyAt(b)))
                .forEach(i -> {
                    String field = fieldOf(map.keyAt(i), known);
                    if (field != null && !map.valueAt(i).isNull()) {
                        values.put(field, map.valueAt(i));
                    }
                });
    }

    /**
     * Reads a map whose fields are known.
     *
     * @param path what the map is, for messages; nothing for the file itself
     */
    static Fields of(Node node, String path, Set<String> known) {
        if (!(node instanceof MapNode map)) {
            throw invalid(path.isEmpty() ? "the file" : path, "a map", node);
        }
        return new Fields(map, path, known, Mode.STRICT);
    }

    /**
     * Reads a map of a file of its own, or of a plugin's configuration: fields that are not known are passed over, and
     * numbers and booleans are taken for strings.
     */
    static Fields lenient(Node node, String path, Set<String> known) {
        if (!(node instanceof MapNode map)) {
            throw invalid(path, "a map", node);
        }
        return new Fields(map, path, known, Mode.COERCING);
    }

    /** Whether the field is there, and not null. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The names of the fields that are there. */
    Set<String> names() {
        return values.keySet();
    }

    /** The value of a field; null where there is none. */
    @Nullable
    Node get(String name) {
        return values.get(name);
    }

    /** A string; empty where there is none. */
    String text(String name) {
        Node value = values.get(name);
        return value == null ? "" : text(value, at(name));
    }

    /** A string that nothing else is taken for, however the map is read; empty where there is none. */
    String exactText(String name) {
        Node value = values.get(name);
        return value == null ? "" : exactText(value, at(name));
    }

    /** The same map, where nothing else is taken for a string. */
    Fields exact() {
        return new Fields(path, mode == Mode.STRICT ? mode : Mode.LENIENT, values);
    }

    /** A boolean; false where there is none. */
    boolean flag(String name) {
        Node value = values.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof ScalarNode scalar && scalar.type() == ScalarType.BOOL) {
            return ScalarResolver.isTrue(scalar.text());
        }
        throw invalid(at(name), "true or false", value);
    }

    /** A whole number; zero where there is none. */
    long whole(String name) {
        Node value = values.get(name);
        if (value == null) {
            return 0;
        }
        if (value.toPlain() instanceof Number number) {
            try {
                return new BigDecimal(number.toString()).longValueExact();
            } catch (ArithmeticException e) {
                throw invalid(at(name), "a whole number", value);
            }
        }
        throw invalid(at(name), "a whole number", value);
    }

    /** A list of strings; empty where there is none. */
    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        ListNode list = list(name);
        for (int i = 0; i < list.size(); i++) {
            texts.add(list.get(i).isNull() ? "" : text(list.get(i), at(name) + '[' + i + ']'));
        }
        return List.copyOf(texts);
    }

    /** A map of strings, by key; empty where there is none. */
    SortedMap<String, String> textMap(String name) {
        var texts = new TreeMap<String, String>();
        Node value = values.get(name);
        if (value == null) {
            return texts;
        }
        if (!(value instanceof MapNode map)) {
            throw invalid(at(name), "a map", value);
        }
        for (int i = 0; i < map.size(); i++) {
            Node item = map.valueAt(i);
            texts.put(map.keyAt(i), item.isNull() ? "" : text(item, at(name) + '.' + map.keyAt(i)));
        }
        return texts;
    }

    /** A list of maps, each read by {@code read}; empty where there is none. A null item is read as an empty map. */
    <T> List<T> objects(String name, Set<String> known, Function<Fields, T> read) {
        var objects = new ArrayList<T>();
        ListNode list = list(name);
        for (int i = 0; i < list.size(); i++) {
            Node item = list.get(i).isNull() ? new MapNode() : list.get(i);
            objects.add(read.apply(inner(item, at(name) + '[' + i + ']', known)));
        }
        return List.copyOf(objects);
    }

    /** A map, read by {@code read}; null where there is none. */
    <T> @Nullable T object(String name, Set<String> known, Function<Fields, T> read) {
        Node value = values.get(name);
        return value == null ? null : read.apply(inner(value, at(name), known));
    }

    private Fields inner(Node node, String where, Set<String> known) {
        if (!(node instanceof MapNode map)) {
            throw invalid(where, "a map", node);
        }
        return new Fields(map, where, known, mode);
    }

    private ListNode list(String name) {
        Node value = values.get(name);
        if (value == null) {
            return new ListNode();
        }
        if (value instanceof ListNode list) {
            return list;
        }
        throw invalid(at(name), "a list", value);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    private @Nullable String fieldOf(String key, Set<String> known) {
        if (known.contains(key)) {
            return key;
        }
        for (String field : known) {
            if (field.equalsIgnoreCase(key)) {
                return field;
            }
        }
        if (mode != Mode.STRICT) {
            return null;
        }
        throw new KustomizeException(
                INVALID_KUSTOMIZATION, (path.isEmpty() ? "" : path + ": ") + "unknown field \"" + key + "\"");
    }

    private String text(Node value, String where) {
        if (mode == Mode.COERCING && value instanceof ScalarNode scalar) {
            switch (scalar.type()) {
                case BOOL -> {
                    return Boolean.toString(ScalarResolver.isTrue(scalar.text()));
                }
                case INT -> {
                    return String.valueOf(scalar.toPlain());
                }
                case FLOAT -> {
                    return coercedFloat(scalar.toPlain());
                }
                default -> {}
            }
        }
        return exactText(value, where);
    }

    /** A float as the library makes a string of it: in the digits of 32 bits. */
    private static String coercedFloat(@Nullable Object value) {
        double exact = value instanceof Double number ? number : Double.NaN;
        if (Double.isNaN(exact) || Double.isInfinite(exact)) {
            return Double.isNaN(exact) ? "NaN" : exact > 0 ? "+Inf" : "-Inf";
        }
        for (int precision = 1; precision < 9; precision++) {
            BigDecimal rounded = new BigDecimal(exact).round(new MathContext(precision));
            if (rounded.floatValue() == (float) exact) {
                return GoNumbers.formatShortest(rounded.doubleValue());
            }
        }
        return GoNumbers.formatShortest(
                new BigDecimal(exact).round(new MathContext(9)).doubleValue());
    }

    private static String exactText(Node value, String where) {
        if (value instanceof ScalarNode scalar
                && (scalar.isString() || scalar.type() == ScalarType.TIMESTAMP || scalar.type() == ScalarType.BINARY)) {
            return scalar.stringValue();
        }
        throw invalid(where, "a string", value);
    }

    private static KustomizeException invalid(String where, String expected, Node value) {
        String found = "a map";
        String hint = "";
        if (value instanceof ListNode) {
            found = "a list";
        } else if (value instanceof ScalarNode scalar) {
            found = "a " + scalar.type().name().toLowerCase(java.util.Locale.ROOT);
            hint = expected.equals("a string") ? "; put it in quotes" : "";
        }
        return new KustomizeException(INVALID_KUSTOMIZATION, where + " must be " + expected + ", not " + found + hint);
    }
}
