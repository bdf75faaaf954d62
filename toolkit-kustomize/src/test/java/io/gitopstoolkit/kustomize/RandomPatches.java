package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.RandomFields.NULL;
import static io.gitopstoolkit.kustomize.RandomFields.json;
import static io.gitopstoolkit.kustomize.RandomFields.map;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Random patches of {@link RandomKinds}: parts of objects, with directives, and operations on them. */
final class RandomPatches {
    private final RandomFields random;
    private final RandomKinds kinds;

    RandomPatches(RandomFields random, RandomKinds kinds) {
        this.random = random;
        this.kinds = kinds;
    }

    /** A strategic merge patch. */
    Map<String, Object> merge() {
        Map<String, Object> id = kinds.known("");
        Map<String, Object> patch = kinds.object();
        for (int i = 0; i < 200 && !Objects.equals(patch.get("kind"), id.get("kind")); i++) {
            patch = kinds.object();
        }
        patch.put("metadata", named(patch, id));
        if (random.chance(8)) {
            patch.keySet().retainAll(Set.of("apiVersion", "kind"));
            Map<String, Object> metadata = map("name", requireNonNull(id.get("name")));
            if (id.get("namespace") instanceof String namespace) {
                metadata.put("namespace", namespace);
            }
            patch.put("metadata", metadata);
            patch.put("$patch", random.pick("delete", "replace", "merge"));
            return patch;
        }
        return direct(patch, 0);
    }

    /** The metadata of an object with the name of another, as a patch of that one would have it. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> named(Map<String, Object> object, Map<String, Object> id) {
        Map<String, Object> metadata = (Map<String, Object>) requireNonNull(object.get("metadata"));
        metadata.put("name", requireNonNull(id.get("name")));
        metadata.remove("namespace");
        if (id.get("namespace") instanceof String namespace) {
            metadata.put("namespace", namespace);
        }
        return metadata;
    }

    /** Puts directives and nulls into a part of an object. */
    private Map<String, Object> direct(Map<String, Object> map, int depth) {
        var changed = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            boolean identity = depth < 2
                    && (key.equals("apiVersion") || key.equals("kind") || key.equals("name") || key.equals("metadata"));
            if (identity || random.chance(80)) {
                changed.put(key, !identity && random.chance(6) ? NULL : direct(value, depth + 1));
            }
        });
        if (depth > 1 && random.chance(5)) {
            changed.put("$patch", random.pick("delete", "replace", "merge"));
        }
        if (depth > 1 && random.chance(3)) {
            changed.put(
                    "$retainKeys", random.some(2, () -> random.pick("type", "name", "configMap", "emptyDir", "image")));
        }
        if (changed.containsKey("containers") && random.chance(8)) {
            changed.put("$setElementOrder/containers", List.of(map("name", "side"), map("name", "main")));
        }
        if (changed.containsKey("args") && random.chance(8)) {
            changed.put("$deleteFromPrimitiveList/args", List.of("x"));
        }
        return changed;
    }

    @SuppressWarnings("unchecked")
    private Object direct(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            return direct((Map<String, Object>) map, depth);
        }
        if (value instanceof List<?> list) {
            var items = new ArrayList<Object>();
            list.forEach(item -> items.add(direct(item, depth + 1)));
            if (random.chance(4)) {
                items.add(map("$patch", random.pick("replace", "delete")));
            }
            return items;
        }
        return value;
    }

    /** A JSON patch, in the form of YAML or JSON. */
    String operations() {
        List<Map<String, Object>> operations = random.few(3, this::operation);
        if (random.chance(30)) {
            return json(operations);
        }
        var text = new StringBuilder();
        operations.forEach(
                operation -> text.append("- ").append(json(operation)).append('\n'));
        return text.toString();
    }

    private Map<String, Object> operation() {
        String path = random.pick(
                "/metadata/labels",
                "/metadata/labels/app",
                "/metadata/annotations/note",
                "/metadata/annotations",
                "/metadata/name",
                "/metadata/namespace",
                "/spec/replicas",
                "/spec/template/spec/containers/0/image",
                "/spec/template/spec/containers/-",
                "/spec/template/spec/containers/1",
                "/spec/template/spec/volumes",
                "/data/k",
                "/data",
                "/spec/ports/0/port",
                "/spec/list/0",
                "/spec/list/-",
                "/spec/map/a",
                "/spec/new",
                "/kind");
        return switch (random.below(20)) {
            case 0, 4, 5 -> map("op", "remove", "path", path);
            case 1 -> map("op", "test", "path", path, "value", value());
            case 2 ->
                map(
                        "op",
                        random.pick("copy", "move"),
                        "from",
                        random.pick("/metadata/name", "/metadata/labels", "/spec/map"),
                        "path",
                        random.pick("/spec/copy", "/metadata/annotations/copy", "/data/copy"));
            case 3 -> map("op", "replace", "path", path, "value", value());
            default -> map("op", "add", "path", path, "value", value());
        };
    }

    private Object value() {
        return random.pick(
                "x",
                "renamed",
                1,
                10000000,
                1.5,
                true,
                NULL,
                map("app", "json"),
                List.of("a"),
                map(),
                map("name", "main", "image", "nginx:json"));
    }
}
