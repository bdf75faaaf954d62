package io.gitopstoolkit.testkit.internal.cel;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The path below a schema that a rule blames, such as {@code .spec.x} or {@code ['a-b']}. */
public final class FieldPath {
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\['((?:[^'\\\\]|\\\\.)+)'\\]");

    private FieldPath() {}

    /**
     * A path, and the schema at its end.
     *
     * @param path as messages write it
     */
    public record Target(String path, Map<String, Object> schema) {}

    /** Where the path leads; null where the schema has no such field. */
    public static @Nullable Target find(String path, Map<String, Object> schema) {
        Matcher matcher = STEP.matcher(path);
        String normalized = "";
        Map<String, Object> current = schema;
        int end = 0;
        while (end < path.length() && matcher.find(end) && matcher.start() == end) {
            String name = matcher.group(1) == null ? matcher.group(2).replaceAll("\\\\(.)", "$1") : matcher.group(1);
            Map<String, Object> property = Tree.map(Tree.at(current, "properties", name));
            Map<String, Object> additional = Tree.map(current.get("additionalProperties"));
            if (property != null) {
                normalized = Paths.field(normalized, name);
                current = property;
            } else if (additional != null) {
                normalized = Paths.key(normalized, name);
                current = additional;
            } else {
                return null;
            }
            end = matcher.end();
        }
        return end < path.length() || path.isEmpty() ? null : new Target(normalized, current);
    }

    static String normalized(String path, Map<String, Object> schema) {
        Target target = find(path, schema);
        return target == null ? path : target.path();
    }
}
