package io.gitopstoolkit.testkit.internal.schema;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The built-in types and resources, read from {@code kubernetes.json} beside this class: the discovery and OpenAPI v3
 * documents of kube-apiserver 1.36, compacted by {@code SchemaCompaction} of the tests, which makes it anew from a real
 * API server (run {@code SchemaCompactionIT} with {@code -Pcluster -Dtestkit.schema.write=<file>}).
 */
public final class Schemas {
    private static final String RESOURCE = "kubernetes.json";

    private final Map<String, Object> types;
    private final List<Map<String, Object>> resources;
    private final Map<String, Object> version;
    private final Map<String, String> typesByKind = new LinkedHashMap<>();
    private final Map<String, Type> resolved = new ConcurrentHashMap<>();

    /** Reads the resource. */
    public Schemas() {
        Object content = Json.parse(read());
        this.types = Tree.mapAt(content, "types");
        this.resources = Tree.mapsAt(content, "resources");
        this.version = Tree.mapAt(content, "version");
        types.forEach((name, type) -> {
            String kind = Tree.text(type, "kind");
            if (!kind.isEmpty()) {
                typesByKind.put(kind, name);
            }
        });
    }

    /** What the real server said of its version. */
    public Map<String, Object> version() {
        return version;
    }

    /** The built-in resources, as discovery describes them. */
    public List<Map<String, Object>> resources() {
        return resources;
    }

    /** The type of a built-in kind; null where it is not known. */
    public @Nullable Type ofKind(String groupVersion, String kind) {
        String name = typesByKind.get(groupVersion + "/" + kind);
        return name == null ? null : resolve(name);
    }

    /** The type that a definition in the compact form stands for: a name, a letter, or a map. */
    public Type resolve(@Nullable Object definition) {
        if (definition instanceof String name) {
            Type type = resolved.get(name);
            if (type == null) {
                type = named(name);
                resolved.put(name, type);
            }
            return type;
        }
        Map<String, Object> map = Tree.map(definition);
        return map == null ? resolve("*") : ofMap("", map);
    }

    private Type named(String name) {
        if (name.length() == 1) {
            return new Type(this, name, Map.of(), name.equals("*") ? Type.Shape.ANY : Type.Shape.SCALAR);
        }
        Object definition = types.get(name);
        Map<String, Object> map = Tree.map(definition);
        if (map != null) {
            return ofMap(name, map);
        }
        return definition == null ? resolve("*") : resolve(definition);
    }

    private Type ofMap(String name, Map<String, Object> map) {
        if (map.containsKey("ref")) {
            return withPatchStrategyOf(map, resolve(map.get("ref")));
        }
        if (map.containsKey("e")) {
            return new Type(this, "s", map, Type.Shape.SCALAR);
        }
        return new Type(this, name, map, map.containsKey("l") ? Type.Shape.LIST : Type.Shape.MAP);
    }

    private Type withPatchStrategyOf(Map<String, Object> wrapper, Type type) {
        if (type.shape() != Type.Shape.MAP) {
            return type;
        }
        var definition = new LinkedHashMap<String, Object>(Tree.mapAt(types, type.name()));
        definition.putAll(wrapper);
        definition.remove("ref");
        return new Type(this, type.name(), definition, Type.Shape.MAP);
    }

    private static String read() {
        try (InputStream in = Schemas.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the testkit's jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
