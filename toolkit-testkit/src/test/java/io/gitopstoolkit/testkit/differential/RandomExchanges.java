package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A sequence of requests that a seed decides: few kinds, few objects, few managers, few values, so that they meet. */
final class RandomExchanges {
    private static final List<RandomKind> KINDS = RandomKind.all();
    private static final List<String> MANAGERS = List.of("one", "two", "kubectl");
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final int KINDS_OF_A_SEQUENCE = 3;

    private final Random random;
    private final RandomTree trees;
    private final RandomPatches patches;
    private final Spoiler spoiler;
    private final RandomReads reads;
    private final List<RandomKind> kinds = new ArrayList<>();

    RandomExchanges(long seed) {
        this.random = new Random(seed);
        this.trees = new RandomTree(random);
        this.patches = new RandomPatches(random);
        this.spoiler = new Spoiler(random);
        this.reads = new RandomReads(random);
        for (int i = 0; i < KINDS_OF_A_SEQUENCE; i++) {
            kinds.add(pick(KINDS));
        }
    }

    /** Requests and, at last, watches from versions on the way. */
    List<Exchange> take(int count) {
        var exchanges = new ArrayList<Exchange>();
        kinds.stream().distinct().forEach(kind -> exchanges.add(reads.mark(kind)));
        for (int i = 0; i < count; i++) {
            exchanges.add(next());
        }
        kinds.stream().distinct().forEach(kind -> exchanges.addAll(reads.watches(kind)));
        return exchanges;
    }

    private Exchange next() {
        RandomKind kind = pick(kinds);
        String name = kind.name(random.nextInt(2));
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4, 5, 6 -> apply(kind, name);
            case 7, 8, 9 -> create(kind, name);
            case 10, 11 -> update(kind, name);
            case 12, 13, 14, 15, 16 -> patch(kind, name);
            case 17, 18 -> subresource(kind, name);
            case 19, 20 -> delete(kind, name);
            case 21 -> json("GET", path(kind, name), "");
            default -> reads.list(kind);
        };
    }

    private Exchange apply(RandomKind kind, String name) {
        Map<String, Object> object = object(kind, name);
        if (random.nextInt(8) == 0) {
            spoiler.spoil(kind, object, kind.kind() + "/" + name);
        }
        String manager = random.nextInt(60) == 0 ? spoiler.manager() : "fieldManager=" + pick(MANAGERS);
        return new Exchange("PATCH", path(kind, name) + "?" + manager + force() + options(), APPLY, Json.print(object));
    }

    private Exchange create(RandomKind kind, String name) {
        Map<String, Object> object = object(kind, name);
        if (random.nextInt(6) == 0) {
            spoiler.spoil(kind, object, kind.kind() + "/" + name);
        }
        return json("POST", kind.path() + "?fieldManager=" + pick(MANAGERS) + options(), Json.print(object));
    }

    private Exchange update(RandomKind kind, String name) {
        if (kind.plural().equals("jobs")) {
            return apply(kind, name);
        }
        Map<String, Object> object = object(kind, name);
        if (kind.isCustom() || random.nextInt(4) == 0) {
            String version = random.nextInt(5) == 0 ? "{first-rv " : "{rv ";
            Tree.child(object, "metadata").put("resourceVersion", version + kind.kind() + "/" + name + "}");
        }
        if (random.nextInt(6) == 0) {
            spoiler.spoil(kind, object, kind.kind() + "/" + name);
        }
        return json("PUT", path(kind, name) + "?fieldManager=" + pick(MANAGERS) + options(), Json.print(object));
    }

    private Exchange patch(RandomKind kind, String name) {
        Map<String, Object> object = object(kind, name);
        if (random.nextInt(6) == 0) {
            spoiler.spoil(kind, object, kind.kind() + "/" + name);
        }
        String path = path(kind, name) + "?fieldManager=" + pick(MANAGERS) + options();
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Exchange("PATCH", path, MERGE, Json.print(patches.partial(kind, object)));
            case 2, 3 -> new Exchange("PATCH", path, STRATEGIC, Json.print(patches.strategic(kind, object)));
            default -> new Exchange("PATCH", path, JSON_PATCH, Json.print(patches.operations(kind, object)));
        };
    }

    private Exchange subresource(RandomKind kind, String name) {
        if (kind.subresources().isEmpty() || (kind.plural().equals("services") && random.nextBoolean())) {
            return patch(kind, name);
        }
        String subresource = pick(kind.subresources());
        Map<String, Object> object = subresource.equals("scale") ? scale(name) : withStatus(kind, name);
        String path = path(kind, name) + "/" + subresource + "?fieldManager=" + pick(MANAGERS);
        return switch (kind.plural().equals("services") ? 4 + random.nextInt(4) : random.nextInt(8)) {
            case 0, 1, 2 -> {
                boolean fails = kind.isCustom() && subresource.equals("scale");
                yield fails
                        ? json("GET", path, "")
                        : new Exchange("PATCH", path + force() + options(), APPLY, Json.print(object));
            }
            case 3 -> {
                Tree.child(object, "metadata").put("resourceVersion", "{rv " + kind.kind() + "/" + name + "}");
                yield json("PUT", path + options(), Json.print(object));
            }
            case 4 -> new Exchange("PATCH", path + options(), MERGE, Json.print(patches.partial(kind, object)));
            case 5 -> new Exchange("PATCH", path + options(), STRATEGIC, Json.print(patches.strategic(kind, object)));
            case 6 ->
                new Exchange("PATCH", path + options(), JSON_PATCH, Json.print(operations(kind, subresource, object)));
            default -> json("GET", path, "");
        };
    }

    private List<Object> operations(RandomKind kind, String subresource, Map<String, Object> object) {
        return subresource.equals("scale")
                ? Tree.listOf(Tree.of("op", "add", "path", "/spec/replicas", "value", (long) random.nextInt(4)))
                : patches.operations(kind, object);
    }

    private Map<String, Object> withStatus(RandomKind kind, String name) {
        Map<String, Object> object =
                random.nextInt(3) == 0 ? object(kind, name) : Tree.of("metadata", Tree.of("name", name));
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.kind());
        object.put("status", trees.map(kind.status()));
        return object;
    }

    private Map<String, Object> scale(String name) {
        Map<String, Object> spec = random.nextInt(8) == 0 ? Tree.of() : Tree.of("replicas", (long) random.nextInt(4));
        return Tree.of(
                "apiVersion", "autoscaling/v1", "kind", "Scale", "metadata", Tree.of("name", name), "spec", spec);
    }

    private Exchange delete(RandomKind kind, String name) {
        Map<String, Object> options = Tree.of("apiVersion", "v1", "kind", "DeleteOptions");
        switch (random.nextInt(12)) {
            case 0 -> options.put("propagationPolicy", pick(List.of("Background", "Foreground", "Orphan", "Other")));
            case 1 -> options.put("preconditions", Tree.of("uid", "{uid " + kind.kind() + "/" + name + "}"));
            case 2 ->
                options.put("preconditions", Tree.of("resourceVersion", "{first-rv " + kind.kind() + "/" + name + "}"));
            case 3 -> options.put("gracePeriodSeconds", (long) random.nextInt(2));
            case 4 -> options.put("dryRun", List.of("All"));
            case 5 -> options.put("orphanDependents", random.nextBoolean());
            default -> {
                String query = random.nextInt(6) == 0 ? "?propagationPolicy=Background&gracePeriodSeconds=0" : "";
                return json("DELETE", path(kind, name) + query, "");
            }
        }
        boolean all = random.nextInt(6) == 0 && kind.isNamespaced() && !options.containsKey("preconditions");
        return json("DELETE", all ? kind.path() + reads.selection(kind) : path(kind, name), Json.print(options));
    }

    private Map<String, Object> object(RandomKind kind, String name) {
        Map<String, Object> metadata = Tree.of("name", name);
        if (random.nextBoolean()) {
            metadata.put("labels", strings(kind));
        }
        if (random.nextInt(4) == 0) {
            metadata.put("annotations", strings(kind));
        }
        if (random.nextInt(16) == 0) {
            metadata.put(
                    "finalizers",
                    random.nextInt(3) == 0 && !kind.isCustom() ? Tree.listOf() : Tree.listOf("example.org/f"));
        }
        Map<String, Object> object =
                Tree.of("apiVersion", kind.apiVersion(), "kind", kind.kind(), "metadata", metadata);
        object.putAll(trees.map(kind.template()));
        return object;
    }

    /** Labels or annotations; known-differences.txt says why those of custom resources are never empty. */
    private Map<String, Object> strings(RandomKind kind) {
        Map<String, Object> strings = kind.isCustom() ? Tree.of("k3", "v0") : Tree.of();
        for (int i = 0; i < 3; i++) {
            if (random.nextBoolean()) {
                strings.put("k" + i, "v" + random.nextInt(2));
            }
        }
        return strings;
    }

    private static Exchange json(String method, String path, String body) {
        return new Exchange(method, path, "application/json", body);
    }

    private static String path(RandomKind kind, String name) {
        return kind.path() + "/" + name;
    }

    private String force() {
        return random.nextInt(3) == 0 ? "&force=true" : "";
    }

    private String options() {
        String dryRun = random.nextInt(8) == 0 ? "&dryRun=All" : "";
        return switch (random.nextInt(6)) {
            case 0 -> dryRun + "&fieldValidation=Strict";
            case 1 -> dryRun + "&fieldValidation=Ignore";
            default -> dryRun;
        };
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
