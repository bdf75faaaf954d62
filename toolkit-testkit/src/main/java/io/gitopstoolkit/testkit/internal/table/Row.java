package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object that is to be printed, and ways to read it.
 *
 * @param now what ages are counted to
 */
record Row(Map<String, Object> object, Instant now) {
    static final String NONE = "<none>";
    static final String UNSET = "<unset>";

    String name() {
        return text("metadata", "name");
    }

    String age() {
        return since("metadata", "creationTimestamp");
    }

    @Nullable
    Object at(String... path) {
        return Tree.at(object, path);
    }

    String text(String... path) {
        return Tree.text(object, path);
    }

    /** The text at the path, or {@code otherwise} where it is missing or empty. */
    String textOr(String otherwise, String... path) {
        String text = text(path);
        return text.isEmpty() ? otherwise : text;
    }

    /** The number at the path, or 0. */
    long number(String... path) {
        return Tree.number(object, 0, path);
    }

    boolean isTrue(String... path) {
        return Boolean.TRUE.equals(at(path));
    }

    boolean isDeleted() {
        return at("metadata", "deletionTimestamp") != null;
    }

    List<Map<String, Object>> maps(String... path) {
        return Tree.mapsAt(object, path);
    }

    /** The size of the list or map at the path. */
    long size(String... path) {
        Object value = at(path);
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value instanceof List<?> list ? list.size() : 0;
    }

    /** How long ago the time at the path was. */
    String since(String... path) {
        return ago(text(path));
    }

    String ago(String time) {
        Instant instant = instant(time);
        return instant == null ? "<unknown>" : HumanDuration.of(Duration.between(instant, now));
    }

    static @Nullable Instant instant(String time) {
        try {
            return time.isEmpty() ? null : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The names of the containers of a pod's spec, and their images. */
    List<String> containers(String... spec) {
        var names = new ArrayList<String>();
        var images = new ArrayList<String>();
        for (Map<String, Object> container : Tree.mapsAt(at(spec), "containers")) {
            names.add(Tree.text(container, "name"));
            images.add(Tree.text(container, "image"));
        }
        return List.of(String.join(",", names), String.join(",", images));
    }

    /** Labels as {@code a=b,c=d}. */
    String labels(String... path) {
        var pairs = new ArrayList<String>();
        new TreeMap<>(Tree.mapAt(object, path)).forEach((key, value) -> pairs.add(key + "=" + value));
        return pairs.isEmpty() ? NONE : String.join(",", pairs);
    }

    /** A label selector in words, or {@code <none>}. */
    String selector(String... path) {
        String text = selectorText(at(path));
        return text.isEmpty() ? NONE : text;
    }

    /** A label selector in words; empty for one that selects everything. */
    static String selectorText(@Nullable Object selector) {
        var requirements = new TreeMap<String, String>();
        Tree.mapAt(selector, "matchLabels").forEach((key, value) -> requirements.put(key, key + "=" + value));
        for (Map<String, Object> expression : Tree.mapsAt(selector, "matchExpressions")) {
            String key = Tree.text(expression, "key");
            String values = String.join(
                    ",", Tree.textsAt(expression, "values").stream().sorted().toList());
            requirements.merge(
                    key,
                    switch (Tree.text(expression, "operator")) {
                        case "In" -> key + " in (" + values + ")";
                        case "NotIn" -> key + " notin (" + values + ")";
                        case "DoesNotExist" -> "!" + key;
                        default -> key;
                    },
                    (one, other) -> one + "," + other);
        }
        return String.join(",", requirements.values());
    }

    /** Whether the condition of that type is true. */
    boolean hasCondition(String type) {
        return maps("status", "conditions").stream()
                .filter(condition -> Tree.text(condition, "type").equals(type))
                .findFirst()
                .filter(condition -> Tree.text(condition, "status").equals("True"))
                .isPresent();
    }

    /** At most {@code most} of the texts, and how many more there are. */
    static String some(List<String> texts, int most, String separator) {
        return texts.size() <= most
                ? String.join(separator, texts)
                : String.join(separator, texts.subList(0, most)) + " + " + (texts.size() - most) + " more...";
    }
}
