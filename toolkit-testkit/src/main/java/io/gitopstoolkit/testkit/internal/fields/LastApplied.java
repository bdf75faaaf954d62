package io.gitopstoolkit.testkit.internal.fields;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The annotation in which kubectl's client-side apply keeps what it applied. Its server-side apply takes those fields
 * over.
 */
final class LastApplied {
    static final String MANAGER = "kubectl";
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /** The fields that the annotation holds and the object still has with the same values; empty where there is none. */
    static FieldSet fieldsOf(Type type, Map<String, Object> live, String apiVersion) {
        Map<String, Object> last = parse(Tree.text(live, "metadata", "annotations", ANNOTATION));
        if (last == null || !Tree.text(last, "apiVersion").equals(apiVersion)) {
            return new FieldSet();
        }
        try {
            Validation.check(type, last);
            Comparison comparison = Comparison.of(type, last, live);
            return TypedValue.fieldsOf(type, last)
                    .difference(comparison.changed())
                    .difference(comparison.removed());
        } catch (InvalidValueException e) {
            return new FieldSet();
        }
    }

    private static @Nullable Map<String, Object> parse(String text) {
        try {
            return text.isEmpty() ? null : Tree.map(Json.parse(text));
        } catch (JsonException e) {
            return null;
        }
    }

    /** Writes what was applied now into the annotation, if the object has it. */
    static void renew(Map<String, Object> object, Map<String, Object> configuration) {
        Map<String, Object> annotations = Tree.mapAt(object, "metadata", "annotations");
        if (Tree.text(annotations, ANNOTATION).isEmpty()) {
            return;
        }
        Map<String, Object> applied = Tree.copy(configuration);
        Tree.mapAt(applied, "metadata", "annotations").remove(ANNOTATION);
        annotations.put(ANNOTATION, Json.print(sorted(applied)) + "\n");
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        Map<String, Object> map = Tree.map(value);
        if (map != null) {
            var sorted = new TreeMap<String, @Nullable Object>();
            map.forEach((key, item) -> sorted.put(key, sorted(item)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(LastApplied::sorted).collect(Collectors.toCollection(ArrayList::new))
                : value;
    }
}
