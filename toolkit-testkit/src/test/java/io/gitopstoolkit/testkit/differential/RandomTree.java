package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Yaml;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Trees that a template and chance decide; {@code random-kinds.yaml} tells how templates are written. */
final class RandomTree {
    private static final Map<String, Object> PARTS = Tree.mapAt(Yaml.parse(Scenarios.text("random-parts.yaml")));

    private final Random random;

    RandomTree(Random random) {
        this.random = random;
    }

    Map<String, Object> map(Map<String, Object> template) {
        return Tree.mapAt(value(template));
    }

    private @Nullable Object value(@Nullable Object template) {
        List<Object> list = Tree.list(template);
        if (list != null) {
            var items = new ArrayList<Object>();
            list.forEach(item -> items.add(value(item)));
            return items;
        }
        Map<String, Object> map = Tree.map(template);
        return map == null ? template : made(map);
    }

    private @Nullable Object made(Map<String, Object> template) {
        List<Object> choices = Tree.list(template.get("$pick"));
        if (choices != null) {
            return value(choices.get(random.nextInt(choices.size())));
        }
        List<Object> candidates = Tree.list(template.get("$some"));
        if (candidates != null) {
            return some(candidates);
        }
        if (template.containsKey("$ref")) {
            return value(PARTS.get(Tree.text(template, "$ref")));
        }
        var made = new LinkedHashMap<String, Object>();
        template.forEach((key, item) -> {
            String name = key.replace("?", "");
            int odds = key.endsWith("??") ? 8 : key.endsWith("?") ? 2 : 1;
            if (random.nextInt(odds) == 0) {
                made.put(name, value(item));
            }
        });
        return made;
    }

    /** Some of the candidates, at times none, at times in another order. */
    private List<Object> some(List<Object> candidates) {
        var chosen = new ArrayList<Object>();
        for (Object candidate : candidates) {
            if (random.nextInt(3) > 0) {
                chosen.add(value(candidate));
            }
        }
        if (chosen.isEmpty() && random.nextInt(8) > 0) {
            chosen.add(value(candidates.get(random.nextInt(candidates.size()))));
        }
        if (random.nextInt(4) == 0) {
            Collections.shuffle(chosen, random);
        }
        return chosen;
    }
}
