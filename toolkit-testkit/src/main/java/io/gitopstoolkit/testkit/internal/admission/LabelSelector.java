package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Label selectors as objects have them. */
final class LabelSelector {
    private LabelSelector() {}

    /** Whether an object has the labels that a selector asks for; one that is empty or missing asks for none. */
    static boolean matches(Map<String, Object> selector, @Nullable Map<String, Object> object) {
        Map<String, Object> labels = Tree.mapAt(object, "metadata", "labels");
        boolean named = Tree.mapAt(selector, "matchLabels").entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())));
        return named
                && Tree.mapsAt(selector, "matchExpressions").stream()
                        .allMatch(requirement -> meets(requirement, labels));
    }

    private static boolean meets(Map<String, Object> requirement, Map<String, Object> labels) {
        String key = Tree.text(requirement, "key");
        List<String> values = Tree.textsAt(requirement, "values");
        boolean isThere = labels.containsKey(key);
        return switch (Tree.text(requirement, "operator")) {
            case "In" -> isThere && values.contains(Tree.text(labels, key));
            case "NotIn" -> !isThere || !values.contains(Tree.text(labels, key));
            case "Exists" -> isThere;
            case "DoesNotExist" -> !isThere;
            default -> false;
        };
    }
}
