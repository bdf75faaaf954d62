package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lists whose elements are told apart by keys, or by their value. Elements that lack a key are treated step by
 * step as kustomize treats them, surprises included.
 */
final class KeyedListMerge {
    private static final List<String> BY_VALUE = List.of("");

    private final StrategicMerge elementMerge;
    private final Shape shape;
    private final String path;

    KeyedListMerge(StrategicMerge elementMerge, Shape shape, String path) {
        this.elementMerge = elementMerge;
        this.shape = shape;
        this.path = path;
    }

    ListNode merge(ListNode target, @Nullable ListNode patch) {
        List<String> keys = shape.mergeKeys().isEmpty() ? BY_VALUE : shape.mergeKeys();
        List<List<String>> identities = identities(target, patch, keys);
        if (keys.size() > 1) {
            unify(identities);
        }
        var merged = new ListNode(identities.size());
        List<String> usedKeys = List.of();
        for (List<String> identity : identities) {
            usedKeys = usedKeys(identities, keys);
            List<String> usedValues = usedValues(identity, keys, usedKeys);
            mergeElement(target, patch, merged, usedKeys, usedValues);
        }
        if (!identities.isEmpty()) {
            appendRest(merged, target, usedKeys);
            return merged;
        }
        return target;
    }

    private void mergeElement(
            ListNode target, @Nullable ListNode patch, ListNode merged, List<String> keys, List<String> values) {
        List<String> presentKeys = usedKeys(List.of(values), keys);
        List<String> presentValues = usedValues(values, keys, presentKeys);
        Node element = elementMerge.merge(
                Elements.find(target, presentKeys, presentValues),
                patch == null ? null : Elements.find(patch, presentKeys, presentValues),
                shape.elements(),
                path);
        if (Elements.isVoid(element)) {
            Elements.set(target, null, keys, values, path);
            return;
        }
        if (element instanceof MapNode map) {
            for (int i = 0; i < keys.size(); i++) {
                if (!map.has(keys.get(i)) && !values.get(i).isEmpty()) {
                    map.append(keys.get(i), ScalarNode.plain(values.get(i)));
                }
            }
        }
        Elements.set(merged, element, keys, values, path);
    }

    /** The keys' values of all elements, those of the patch first. */
    private static List<List<String>> identities(ListNode target, @Nullable ListNode patch, List<String> keys) {
        Set<List<String>> identities = new LinkedHashSet<>();
        if (patch != null) {
            patch.forEach(element -> identities.add(identityOf(element, keys)));
        }
        target.forEach(element -> identities.add(identityOf(element, keys)));
        return new ArrayList<>(identities);
    }

    private static List<String> identityOf(Node element, List<String> keys) {
        if (keys == BY_VALUE) {
            return List.of(Elements.textOf(element));
        }
        var identity = new ArrayList<String>(keys.size());
        for (String key : keys) {
            Node value = element instanceof MapNode map ? map.get(key) : null;
            identity.add(value == null || value.isNull() ? "" : Elements.textOf(value));
        }
        return identity;
    }

    /** Makes one of identities that differ only where one of them lacks a value. */
    private static void unify(List<List<String>> identities) {
        for (int i = 0; i < identities.size(); i++) {
            List<String> one = identities.get(i);
            for (int j = 0; j < identities.size(); j++) {
                List<String> unified = unify(one, identities.get(j));
                if (unified != null) {
                    identities.set(i, unified);
                    identities.set(j, unified);
                }
            }
        }
    }

    private static @Nullable List<String> unify(List<String> one, List<String> other) {
        boolean common = false;
        var unified = new ArrayList<String>(one.size());
        for (int i = 0; i < one.size(); i++) {
            String left = one.get(i);
            String right = other.get(i);
            if (!left.equals(right) && !left.isEmpty() && !right.isEmpty()) {
                return null;
            }
            common = common || left.equals(right);
            unified.add(left.isEmpty() ? right : left);
        }
        return common ? unified : null;
    }

    /** The keys that any of the elements has a value for; all where none has. */
    private static List<String> usedKeys(List<List<String>> identities, List<String> keys) {
        var used = new ArrayList<String>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            int position = i;
            if (identities.stream().anyMatch(identity -> !identity.get(position).isEmpty())) {
                used.add(keys.get(i));
            }
        }
        return used.isEmpty() ? keys : used;
    }

    private static List<String> usedValues(List<String> values, List<String> keys, List<String> used) {
        if (used.size() == keys.size()) {
            return values;
        }
        var usedValues = new ArrayList<String>(used.size());
        for (int i = 0; i < keys.size(); i++) {
            if (used.contains(keys.get(i))) {
                usedValues.add(values.get(i));
            }
        }
        return usedValues;
    }

    /** Adds the target's elements to the merged ones, in the place of those that they are. */
    private void appendRest(ListNode merged, ListNode target, List<String> keys) {
        for (Node element : elementsOf(target)) {
            if (keys.get(0).isEmpty()) {
                Elements.set(merged, element, BY_VALUE, List.of(Elements.textOf(element)), path);
                continue;
            }
            var values = new ArrayList<String>(keys.size());
            for (String key : keys) {
                Node value = element instanceof MapNode map ? map.get(key) : null;
                if (value == null) {
                    merged.add(element);
                } else {
                    values.add(Elements.textOf(value));
                }
            }
            if (keys.size() > 1) {
                Elements.set(merged, null, keys, values, path);
            }
            Elements.set(merged, element, keys, values, path);
        }
    }

    private static List<Node> elementsOf(ListNode list) {
        var elements = new ArrayList<Node>(list.size());
        list.forEach(elements::add);
        return elements;
    }
}
