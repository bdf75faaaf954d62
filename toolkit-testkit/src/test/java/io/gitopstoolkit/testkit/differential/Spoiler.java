package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes random objects odd: wrong, or of the rarer right ones. */
final class Spoiler {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Random random;

    Spoiler(Random random) {
        this.random = random;
    }

    /** A query that names no manager, or none that can be. */
    String manager() {
        return random.nextBoolean() ? "" : "fieldManager=" + "m".repeat(128 + random.nextInt(2));
    }

    /**
     * Changes the object.
     *
     * @param kind where it is built in, what lies deep within its objects is left alone: its rules are many
     * @param about such as {@code ConfigMap/o1}
     */
    void spoil(RandomKind kind, Map<String, Object> object, String about) {
        Map<String, Object> metadata = Tree.child(object, "metadata");
        switch (random.nextInt(16)) {
            case 0, 1 -> somewhere(kind, object).put("unknown", random.nextBoolean() ? (Object) 1L : Tree.of("a", "b"));
            case 2, 3 -> replaceLeaf(kind, object, List.of("text", 7L, true, Tree.of("x", "y"), List.of("z")));
            case 4 -> setSomewhere(kind, object);
            case 5 -> metadata.put("name", "Not_a name");
            case 6 -> metadata.put("labels", Tree.of(random.nextBoolean() ? "a b" : "k0", "v v"));
            case 7 -> metadata.put("managedFields", random.nextBoolean() ? List.of() : List.of(Tree.of()));
            case 8 -> metadata.put("managedFields", List.of(entry(object)));
            case 9 -> metadata.put("resourceVersion", pick(List.of("{rv ", "{first-rv ")) + about + "}");
            case 10 -> metadata.put("uid", random.nextBoolean() ? "{uid " + about + "}" : "abc");
            case 11 -> generate(metadata);
            case 12, 13 -> {
                Map<String, Object> configuration = Tree.copy(object);
                Tree.child(configuration, "metadata").remove("resourceVersion");
                Tree.child(metadata, "annotations").put(LAST_APPLIED, Json.print(configuration) + "\n");
            }
            case 14 -> metadata.put(pick(List.of("creationTimestamp", "generation", "deletionTimestamp")), null);
            default -> metadata.put("ownerReferences", List.of(owner()));
        }
    }

    private Map<String, Object> owner() {
        return Tree.of(
                "apiVersion",
                "v1",
                "kind",
                random.nextInt(8) == 0 ? "" : "ConfigMap",
                "name",
                "owner" + random.nextInt(2),
                "uid",
                "11111111-1111-1111-1111-11111111111" + random.nextInt(2),
                random.nextBoolean() ? "controller" : "blockOwnerDeletion",
                true);
    }

    private void generate(Map<String, Object> metadata) {
        metadata.put("generateName", "generated-");
        if (random.nextInt(3) == 0) {
            metadata.remove("name");
        }
    }

    private Map<String, Object> entry(Map<String, Object> object) {
        Map<String, Object> labels = Tree.of("f:labels", Tree.of("f:k" + random.nextInt(3), Tree.of()));
        return Tree.of(
                "manager",
                pick(List.of("one", "two", "own")),
                "operation",
                pick(List.of("Apply", "Update", "Update", "Other")),
                "apiVersion",
                random.nextInt(6) == 0 ? "v0" : object.get("apiVersion"),
                "fieldsType",
                "FieldsV1",
                "fieldsV1",
                Tree.of("f:metadata", labels));
    }

    private Map<String, Object> somewhere(RandomKind kind, Map<String, Object> object) {
        List<Map<String, Object>> maps = kind.isCustom() ? maps(object) : maps(Tree.child(object, "metadata"));
        Map<String, Object> spec = Tree.map(object.get("spec"));
        if (spec != null) {
            maps.add(spec);
        }
        return pick(maps);
    }

    private void setSomewhere(RandomKind kind, Map<String, Object> object) {
        Map<String, Object> map = somewhere(kind, object);
        String key = map.isEmpty() ? "" : pick(List.copyOf(map.keySet()));
        if (!key.isEmpty() && (map != object.get("spec") || kind.isOptional("spec", key))) {
            map.put(key, null);
        }
    }

    private void replaceLeaf(RandomKind kind, Map<String, Object> object, List<Object> values) {
        Map<String, Object> map = somewhere(kind, object);
        if (map != object && !map.isEmpty()) {
            String key = pick(List.copyOf(map.keySet()));
            boolean isLeaf = !(map.get(key) instanceof List) && !(map.get(key) instanceof Map);
            if (kind.isCustom() || isLeaf) {
                Object value = pick(values);
                boolean isTree = value instanceof Map || value instanceof List;
                map.put(key, isTree && !kind.isCustom() ? "text" : Tree.copyValue(value));
            }
        }
    }

    private static List<Map<String, Object>> maps(Object value) {
        var maps = new ArrayList<Map<String, Object>>();
        Map<String, Object> map = Tree.map(value);
        List<Object> list = Tree.list(value);
        if (map != null) {
            maps.add(map);
            new LinkedHashMap<>(map)
                    .forEach((key, item) -> maps.addAll(key.equals("template") ? List.of() : maps(item)));
        } else if (list != null) {
            list.forEach(item -> maps.addAll(maps(item)));
        }
        return maps;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
