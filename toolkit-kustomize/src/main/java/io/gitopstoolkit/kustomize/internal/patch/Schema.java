package io.gitopstoolkit.kustomize.internal.patch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds that kustomize knows: where they live, and how their lists merge. Immutable. */
public final class Schema {
    private static final String RESOURCE = "builtin-schema.txt";

    private final Map<String, Scope> scopes = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();

    /** Whether the objects of a kind live in a namespace. */
    public enum Scope {
        /** In a namespace. */
        NAMESPACED,
        /** In none. */
        CLUSTER,
        /** The schema does not say. */
        UNKNOWN
    }

    private Schema() {}

    /** These kinds, and of others what another schema knows. */
    Schema(Map<String, Scope> scopes, Map<String, Shape> shapes, Schema rest) {
        this.scopes.putAll(rest.scopes);
        this.shapes.putAll(rest.shapes);
        scopes.forEach(this.scopes::putIfAbsent);
        this.shapes.putAll(shapes);
    }

    /** What it knows without most of the kinds: their scopes stay, and all of kustomize's own kinds. */
    public Schema scopesOnly() {
        var left = new Schema();
        left.scopes.putAll(scopes);
        shapes.forEach((key, shape) -> {
            if (key.startsWith("kustomize.config.k8s.io/")) {
                left.shapes.put(key, shape);
            }
        });
        return left;
    }

    /** The schema that kustomize carries: the kinds of Kubernetes 1.21. */
    public static Schema builtin() {
        return Builtin.SCHEMA;
    }

    /** Where a kind lives. */
    public Scope scopeOf(String apiVersion, String kind) {
        return scopes.getOrDefault(key(apiVersion, kind), Scope.UNKNOWN);
    }

    /** Whether a kind is known to live in no namespace. */
    public boolean isClusterScoped(String apiVersion, String kind) {
        return scopeOf(apiVersion, kind) == Scope.CLUSTER;
    }

    /** The shape of a kind's objects, or null for an unknown kind. */
    @Nullable
    Shape shapeOf(String apiVersion, String kind) {
        return shapes.get(key(apiVersion, kind));
    }

    static String key(String apiVersion, String kind) {
        return apiVersion + ' ' + kind;
    }

    private static final class Builtin {
        static final Schema SCHEMA = load();

        private static Schema load() {
            try (InputStream stream = Schema.class.getResourceAsStream(RESOURCE)) {
                if (stream == null) {
                    throw new IllegalStateException("the jar is incomplete: " + RESOURCE + " is missing");
                }
                return new Loader().load(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + RESOURCE, e);
            }
        }
    }

    /** Reads the format that {@code src/main/schema/README.md} describes. */
    private static final class Loader {
        private final Schema schema = new Schema();
        private final List<Shape> types = new ArrayList<>();

        Schema load(BufferedReader lines) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("kind")) {
                    addKind(words);
                } else if (words[0].equals("type")) {
                    addType(words);
                }
            }
            return schema;
        }

        private void addKind(String[] words) {
            String key = key(words[1], words[2]);
            switch (words[3]) {
                case "namespaced" -> schema.scopes.put(key, Scope.NAMESPACED);
                case "cluster" -> schema.scopes.put(key, Scope.CLUSTER);
                default -> {}
            }
            schema.shapes.put(key, words[4].equals("-") ? Shape.OPAQUE : type(words[4]));
        }

        private void addType(String[] words) {
            Shape type = type(words[1]);
            for (int i = 2; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                String target = words[i].substring(equals + 1);
                addField(type, words[i].substring(0, equals), target.isEmpty() ? Shape.OPAQUE : type(target));
            }
        }

        private static void addField(Shape type, String field, Shape target) {
            int keys = field.indexOf('@');
            if (keys >= 0) {
                String list = field.substring(keys + 1);
                type.addField(
                        field.substring(0, keys),
                        Shape.mergingListOf(target, list.isEmpty() ? List.of() : List.of(list.split(","))));
            } else if (field.endsWith("[")) {
                type.addField(field.substring(0, field.length() - 1), Shape.listOf(target));
            } else {
                type.addField(field, target);
            }
        }

        private Shape type(String number) {
            int index = Integer.parseInt(number);
            while (types.size() <= index) {
                types.add(Shape.object());
            }
            return types.get(index);
        }
    }
}
