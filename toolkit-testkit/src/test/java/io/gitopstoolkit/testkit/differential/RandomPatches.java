package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Patches that take parts of random objects, change them and take things out. */
final class RandomPatches {
    /** The lists that a patch merges item by item and that objects may lack. */
    private static final Set<String> MERGED = Set.of("secrets", "imagePullSecrets", "conditions");

    /** What an object needs to be one. */
    private static final Set<String> IDENTITY = Set.of("", "/apiVersion", "/kind", "/metadata", "/metadata/name");

    private final Random random;

    RandomPatches(Random random) {
        this.random = random;
    }

    /**
     * Some of the object's parts, without its identity; now and then one of them is null. Of built-in kinds, whose rules
     * are many, only what their objects may lack.
     */
    Map<String, Object> partial(RandomKind kind, Map<String, Object> object) {
        Map<String, Object> part = Tree.copy(object);
        part.remove("apiVersion");
        part.remove("kind");
        thin(kind, part);
        Map<String, Object> metadata = Tree.map(part.get("metadata"));
        if (metadata != null && random.nextInt(20) > 0) {
            metadata.remove("name");
        }
        return part;
    }

    private void thin(RandomKind kind, Map<String, Object> map, String... path) {
        for (String key : List.copyOf(map.keySet())) {
            int chance = random.nextInt(12);
            String[] below = Arrays.copyOf(path, path.length + 1);
            below[path.length] = key;
            Map<String, Object> child = Tree.map(map.get(key));
            if (chance < 3) {
                map.remove(key);
            } else if (chance == 3 && kind.isOptional(below)) {
                map.put(key, null);
            } else if (child != null
                    && !key.equals("template")
                    && (kind.isCustom() || below.length == 1 || path[0].equals("metadata"))) {
                thin(kind, child, below);
            }
        }
    }

    /** The same, at times with directives. */
    Map<String, Object> strategic(RandomKind kind, Map<String, Object> object) {
        Map<String, Object> part = partial(kind, object);
        if (random.nextInt(3) == 0) {
            direct(part, kind);
        }
        return part;
    }

    private void direct(Map<String, Object> map, RandomKind kind, String... path) {
        for (String key : List.copyOf(map.keySet())) {
            String[] path1 = Arrays.copyOf(path, path.length + 1);
            path1[path.length] = key;
            Map<String, Object> below = Tree.map(map.get(key));
            List<Object> list = Tree.list(map.get(key));
            boolean optional = kind.isOptional(path1);
            if (below != null && random.nextInt(6) == 0 && optional) {
                below.put("$patch", random.nextBoolean() ? "replace" : "delete");
            } else if (below != null && path1.length == 1) {
                direct(below, kind, path1);
            } else if (list != null && !list.isEmpty() && MERGED.contains(key)) {
                directItems(list);
            }
        }
    }

    private void directItems(List<Object> list) {
        Map<String, Object> item = Tree.map(list.get(random.nextInt(list.size())));
        if (item != null) {
            if (random.nextBoolean()) {
                item.put("$patch", "delete");
            } else {
                list.add(Tree.of("$patch", "replace"));
            }
        }
    }

    /** Operations on paths that random objects of the kind have. */
    List<Object> operations(RandomKind kind, Map<String, Object> object) {
        var paths = new ArrayList<String>();
        var values = new ArrayList<@Nullable Object>();
        collect("", kind.isCustom() ? object : Tree.of("metadata", object.get("metadata")), paths, values);
        List<Object> operations = Tree.listOf();
        for (int i = 0; i <= random.nextInt(3); i++) {
            operations.add(operation(object, paths, values));
        }
        return operations;
    }

    private Map<String, Object> operation(
            Map<String, Object> object, List<String> paths, List<@Nullable Object> values) {
        if (paths.isEmpty()) {
            return Tree.of("op", "remove", "path", "/metadata/labels");
        }
        int at = random.nextInt(paths.size());
        Map<String, Object> operation = Tree.of("path", paths.get(at));
        String other = paths.get(random.nextInt(paths.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> put(operation, "add", values.get(at));
            case 3 -> put(operation, "replace", values.get(at));
            case 4 -> operation.put("op", "remove");
            case 5 -> put(operation, "test", values.get(at));
            case 6 -> from(operation, "copy", other);
            case 7 -> from(operation, "move", other);
            default -> {
                List<String> keys = new ArrayList<>(object.keySet());
                keys.remove("metadata");
                String key = keys.get(random.nextInt(keys.size()));
                operation.put("path", "/" + key);
                put(operation, random.nextBoolean() ? "add" : "replace", object.get(key));
            }
        }
        return operation;
    }

    private static void put(Map<String, Object> operation, String name, @Nullable Object value) {
        operation.put("op", name);
        operation.put("value", value);
    }

    private static void from(Map<String, Object> operation, String name, String from) {
        operation.put("op", name);
        operation.put("from", from);
    }

    private void collect(String path, @Nullable Object value, List<String> paths, List<@Nullable Object> values) {
        Map<String, Object> map = Tree.map(value);
        List<Object> list = Tree.list(value);
        if (!IDENTITY.contains(path)) {
            paths.add(path);
            values.add(value);
        }
        if (map != null) {
            map.forEach((key, item) ->
                    collect(path + "/" + key.replace("~", "~0").replace("/", "~1"), item, paths, values));
        }
        if (list != null) {
            for (int i = 0; i < list.size(); i++) {
                collect(path + "/" + (random.nextInt(4) == 0 ? "-" : i), list.get(i), paths, values);
            }
        }
    }
}
