package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A sequence of requests that a seed decides: few objects, few managers, few values, so that they meet. */
final class RandomExchanges {
    private static final List<RandomKind> KINDS = List.of(RandomKind.values());
    private static final List<String> MANAGERS = List.of("one", "two", "three");
    private static final List<String> VALUES = List.of("a", "b", "c");

    private final Random random;

    RandomExchanges(long seed) {
        this.random = new Random(seed);
    }

    List<Exchange> take(int count) {
        var exchanges = new ArrayList<Exchange>();
        for (int i = 0; i < count; i++) {
            exchanges.add(next());
        }
        return exchanges;
    }

    private Exchange next() {
        RandomKind kind = KINDS.get(random.nextInt(KINDS.size()));
        String name = "o" + random.nextInt(2);
        String path = kind.path() + "/" + name + "?fieldManager=" + pick(MANAGERS);
        Map<String, Object> object = kind.object(name, random);
        String text = Json.print(object);
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 ->
                new Exchange("PATCH", path + force() + dryRun(), "application/apply-patch+yaml", text);
            case 8, 9 ->
                new Exchange("POST", kind.path() + "?fieldManager=" + pick(MANAGERS), "application/json", text);
            case 10, 11 -> new Exchange("PUT", path + dryRun(), "application/json", text);
            case 12, 13, 14 -> new Exchange("PATCH", path, "application/merge-patch+json", partial(object));
            case 15, 16 -> new Exchange("PATCH", path, "application/strategic-merge-patch+json", partial(object));
            case 17 -> new Exchange("PATCH", path, "application/json-patch+json", labelPatch());
            case 18 -> new Exchange("DELETE", kind.path() + "/" + name, "application/json", "");
            default -> new Exchange("GET", kind.path() + "/" + name, "application/json", "");
        };
    }

    private String labelPatch() {
        return Json.print(
                Tree.listOf(Tree.of("op", "add", "path", "/metadata/labels", "value", Tree.of("j", pick(VALUES)))));
    }

    /** Some of the object's parts, without its identity; now and then one of them is taken out. */
    private String partial(Map<String, Object> object) {
        Map<String, Object> part = Tree.copy(object);
        part.remove("apiVersion");
        part.remove("kind");
        part.keySet().removeIf(key -> random.nextInt(4) == 0);
        Map<String, Object> metadata = Tree.child(part, "metadata");
        metadata.remove("name");
        if (random.nextInt(4) == 0) {
            metadata.put("labels", null);
        }
        return Json.print(part);
    }

    private String force() {
        return random.nextInt(3) == 0 ? "&force=true" : "";
    }

    private String dryRun() {
        return random.nextInt(6) == 0 ? "&dryRun=All" : "";
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
