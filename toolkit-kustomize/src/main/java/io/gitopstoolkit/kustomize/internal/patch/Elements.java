package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds, replaces and removes the elements of a list by keys and values; the key "" means the element itself. */
final class Elements {
    private Elements() {}

    static boolean isMissingOrNull(@Nullable Node node) {
        return node == null || node.isNull();
    }

    /** Null, nothing, or a map without keys. */
    static boolean isVoid(@Nullable Node node) {
        return isMissingOrNull(node) || (node instanceof MapNode map && map.isEmpty());
    }

    /** The raw text of a scalar, null's too; empty for maps and lists. */
    static String textOf(Node node) {
        return node instanceof ScalarNode scalar ? scalar.text() : "";
    }

    /** The first element all of whose keys have these values, or null. */
    static @Nullable Node find(ListNode list, List<String> keys, List<String> values) {
        for (Node element : list) {
            if (keys.get(0).isEmpty() ? textOf(element).equals(values.get(0)) : matches(element, keys, values)) {
                return element;
            }
        }
        return null;
    }

    private static boolean matches(Node element, List<String> keys, List<String> values) {
        if (!(element instanceof MapNode map)) {
            return false;
        }
        for (int i = 0; i < keys.size(); i++) {
            Node value = map.get(keys.get(i));
            if (value == null || !textOf(value).equals(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Puts an element in the place of every one that matches, or at the end where none does; null removes those that
     * match. Elements without content go away.
     *
     * <p>There may be fewer values than keys: a key without one then matches as the key before it did, and without any
     * value no element is kept. That is what kustomize does with elements that lack a merge key.
     */
    static void set(ListNode list, @Nullable Node replacement, List<String> keys, List<String> values, String path) {
        var kept = new ListNode(list.size() + 1);
        boolean matched = false;
        boolean wantsMaps =
                !keys.get(0).isEmpty() && !values.isEmpty() && !values.get(0).isEmpty();
        for (Node element : list) {
            if (isVoid(element)) {
                continue;
            }
            if (wantsMaps && !(element instanceof MapNode)) {
                kept.add(element);
            } else if (!matchesLoosely(element, keys, values, path)) {
                if (!values.isEmpty()) {
                    kept.add(element);
                }
            } else {
                matched = true;
                if (replacement != null) {
                    kept.add(replacement);
                }
            }
        }
        list.clear();
        for (Node element : kept) {
            list.add(element);
        }
        if (!matched && replacement != null && !replacement.isNull()) {
            list.add(replacement);
        }
    }

    /** As {@link #matches}, but an empty value matches any. */
    private static boolean matchesLoosely(Node element, List<String> keys, List<String> values, String path) {
        boolean matching = false;
        for (int i = 0; i < keys.size(); i++) {
            if (i < values.size()) {
                matching = matchesLoosely(element, keys.get(i), values.get(i), path);
            }
            if (!matching) {
                return false;
            }
        }
        return matching;
    }

    private static boolean matchesLoosely(Node element, String key, String value, String path) {
        if (key.isEmpty()) {
            if (!(element instanceof ScalarNode)) {
                throw PatchProblem.at(
                        path, "expected single values in the list, found " + PatchProblem.kindOf(element));
            }
            return textOf(element).equals(value);
        }
        if (!(element instanceof MapNode map)) {
            throw PatchProblem.at(path, "expected maps in the list, found " + PatchProblem.kindOf(element));
        }
        Node field = map.get(key);
        return field != null && (value.isEmpty() || textOf(field).equals(value));
    }
}
