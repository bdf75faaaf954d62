package io.gitopstoolkit.kustomize.internal.patch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds that kustomize knows: where they live, and how their lists merge. Immutable. */
public final class Schema {
    private final Map<String, Scope> scopes = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final List<Shape> types;

    /** Whether the objects of a kind live in a namespace. */
    public enum Scope {
        /** In a namespace. */
        NAMESPACED,
        /** In none. */
        CLUSTER,
        /** The schema does not say. */
        UNKNOWN
    }

    private Schema() {
        types = List.of();
    }

    /** These kinds, and the types that {@link BuiltinSchema#names} names. */
    Schema(Map<String, Scope> scopes, Map<String, Shape> shapes, List<Shape> types) {
        this.types = types;
        this.scopes.putAll(scopes);
        this.shapes.putAll(shapes);
    }

    /** These kinds, and of others what another schema knows. */
    Schema(Map<String, Scope> scopes, Map<String, Shape> shapes, Schema rest) {
        this.types = rest.types;
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

    /** The shape of the definition of a name, if anything in it merges; null for others. */
    @Nullable
    Shape definition(String name) {
        int number = types.isEmpty() ? -1 : Names.SORTED.indexOf(name);
        return number < 0 ? null : types.get(number);
    }

    static String key(String apiVersion, String kind) {
        return apiVersion + ' ' + kind;
    }

    private static final class Builtin {
        static final Schema SCHEMA = BuiltinSchema.read();
    }

    private static final class Names {
        static final List<String> SORTED = BuiltinSchema.names();
    }
}
