package io.gitopstoolkit.testkit.internal.patch;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON merge patch, RFC 7386. */
public final class MergePatch {
    private MergePatch() {}

    /** The object with the patch applied; the arguments stay as they are. */
    public static Map<String, Object> apply(Map<String, Object> object, Map<String, Object> patch) {
        Map<String, Object> result = Tree.copy(object);
        merge(result, patch);
        return result;
    }

    private static void merge(Map<String, Object> target, Map<String, Object> patch) {
        patch.forEach((key, value) -> {
            if (value == null) {
                target.remove(key);
            } else {
                target.put(key, merged(target.get(key), value));
            }
        });
    }

    private static Object merged(@Nullable Object old, Object value) {
        Map<String, Object> patch = Tree.map(value);
        if (patch == null) {
            return value;
        }
        Map<String, Object> target = Tree.map(old);
        Map<String, Object> result = target == null ? new LinkedHashMap<>() : target;
        merge(result, patch);
        return result;
    }
}
