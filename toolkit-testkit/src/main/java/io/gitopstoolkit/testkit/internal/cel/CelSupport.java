package io.gitopstoolkit.testkit.internal.cel;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.Map;

/** Whether expressions can be evaluated: somebody may have excluded the library for them. */
public final class CelSupport {
    /** What has to be on the class path. */
    public static final String LIBRARY = "dev.cel:cel";

    private static final boolean PRESENT = isPresent("dev.cel.runtime.CelRuntime");

    private CelSupport() {}

    /** Whether the library is there. */
    public static boolean isPresent() {
        return PRESENT;
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, CelSupport.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether the schema, or one in it, has rules. */
    public static boolean hasRules(Map<String, Object> schema) {
        return !Tree.mapsAt(schema, "x-kubernetes-validations").isEmpty()
                || hasRulesAt(schema, "items")
                || hasRulesAt(schema, "additionalProperties")
                || Tree.mapAt(schema, "properties").values().stream()
                        .anyMatch(property -> hasRules(Tree.mapAt(property)));
    }

    private static boolean hasRulesAt(Map<String, Object> schema, String name) {
        Map<String, Object> below = Tree.map(schema.get(name));
        return below != null && hasRules(below);
    }
}
