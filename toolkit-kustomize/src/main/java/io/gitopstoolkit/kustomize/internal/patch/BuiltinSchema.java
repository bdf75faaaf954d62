package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.internal.patch.Schema.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the format that {@code src/main/schema/README.md} describes. A cold process pays for each line, and merges few
 * kinds if any: a type is read when a merge first comes to it.
 */
final class BuiltinSchema {
    private static final String RESOURCE = "builtin-schema.txt";
    private static final String NAMES = "builtin-definitions.txt";
    private static final String KIND = "kind ";
    private static final String TYPE = "type ";

    private final String text;
    private final Map<String, Scope> scopes = new HashMap<>(512);
    private final Map<String, Shape> shapes = new HashMap<>(512);
    private final List<Shape> types = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private BuiltinSchema(String text) {
        this.text = text;
    }

    /** The schema that kustomize carries. */
    static Schema read() {
        var builtin = new BuiltinSchema(text(RESOURCE));
        builtin.readLines();
        return new Schema(builtin.scopes, builtin.shapes, builtin.types);
    }

    /** The names of the definitions, each at the number of its type. */
    static List<String> names() {
        return List.of(text(NAMES).split("\n", -1));
    }

    private static String text(String resource) {
        try (InputStream stream = BuiltinSchema.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the jar is incomplete: " + resource + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private void readLines() {
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (text.startsWith(KIND, start)) {
                addKind(start + KIND.length(), end);
            } else if (text.startsWith(TYPE, start)) {
                addType(start + TYPE.length(), end);
            }
            start = end + 1;
        }
    }

    /** A line of version, kind, scope, and the number of its type or a dash. */
    private void addKind(int start, int end) {
        int keyEnd = text.indexOf(' ', text.indexOf(' ', start) + 1);
        int type = text.indexOf(' ', keyEnd + 1) + 1;
        String key = text.substring(start, keyEnd);
        switch (text.charAt(keyEnd + 1)) {
            case 'n' -> scopes.put(key, Scope.NAMESPACED);
            case 'c' -> scopes.put(key, Scope.CLUSTER);
            default -> {}
        }
        shapes.put(key, text.charAt(type) == '-' ? Shape.OPAQUE : type(Integer.parseInt(text, type, end, 10)));
    }

    private void addType(int start, int end) {
        int space = text.indexOf(' ', start);
        boolean hasFields = space >= 0 && space < end;
        int number = Integer.parseInt(text, start, hasFields ? space : end, 10);
        type(number);
        lines.set(number, hasFields ? text.substring(space + 1, end) : "");
    }

    private Shape type(int number) {
        while (types.size() <= number) {
            int next = types.size();
            lines.add("");
            types.add(Shape.object(() -> fields(lines.get(next))));
        }
        return types.get(number);
    }

    private Map<String, Shape> fields(String line) {
        var fields = new HashMap<String, Shape>();
        if (!line.isEmpty()) {
            for (String word : line.split(" ", -1)) {
                int equals = word.indexOf('=');
                String target = word.substring(equals + 1);
                addField(
                        fields,
                        word.substring(0, equals),
                        target.isEmpty() ? Shape.OPAQUE : types.get(Integer.parseInt(target)));
            }
        }
        return fields;
    }

    private static void addField(Map<String, Shape> fields, String field, Shape target) {
        int keys = field.indexOf('@');
        if (keys >= 0) {
            String list = field.substring(keys + 1);
            fields.put(
                    field.substring(0, keys),
                    Shape.mergingListOf(target, list.isEmpty() ? List.of() : List.of(list.split(",", -1))));
        } else if (field.endsWith("[")) {
            fields.put(field.substring(0, field.length() - 1), Shape.listOf(target));
        } else {
            fields.put(field, target);
        }
    }
}
