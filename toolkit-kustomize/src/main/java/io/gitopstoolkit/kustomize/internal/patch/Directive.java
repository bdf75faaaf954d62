package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code $patch} asks for. */
enum Directive {
    /** Merge, as without a directive. */
    MERGE,
    /** Take the patch instead. */
    REPLACE,
    /** Remove the target. */
    DELETE,
    /** Something that kustomize does not know. */
    UNKNOWN;

    private static final String KEY = "$patch";

    /** The directive of a map, which is taken out of it unless it is unknown. */
    static Directive takeFrom(@Nullable Node patch) {
        if (patch instanceof MapNode map) {
            Node value = map.get(KEY);
            Directive directive = value == null ? MERGE : of(Elements.textOf(value));
            if (value != null && directive != UNKNOWN) {
                map.remove(KEY);
            }
            return directive;
        }
        return patch instanceof ListNode list ? takeFromList(list) : MERGE;
    }

    /** Of a list: in an element that holds nothing else, the first of those that have one. */
    private static Directive takeFromList(ListNode list) {
        for (Node element : list) {
            if (element instanceof MapNode map && !Elements.isMissingOrNull(map.get(KEY))) {
                if (map.size() > 1) {
                    return MERGE;
                }
                String text = Elements.textOf(map.valueAt(0));
                Directive directive = of(text);
                if (directive != UNKNOWN) {
                    Elements.set(list, null, List.of(KEY), List.of(text), "");
                }
                return directive;
            }
        }
        return MERGE;
    }

    private static Directive of(String text) {
        return switch (text) {
            case "merge" -> MERGE;
            case "replace" -> REPLACE;
            case "delete" -> DELETE;
            default -> UNKNOWN;
        };
    }
}
