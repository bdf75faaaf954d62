package io.gitopstoolkit.testkit.internal.patch;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Strategic merge patch: lists are merged by the key that their type names; {@code $patch}, {@code $retainKeys},
 * {@code $deleteFromPrimitiveList} and {@code $setElementOrder} direct it.
 */
public final class StrategicMergePatch {
    private static final String PATCH = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";

    private StrategicMergePatch() {}

    /**
     * The object with the patch applied; the arguments stay as they are.
     *
     * @throws PatchException if a directive is malformed
     */
    public static Map<String, Object> apply(Type type, Map<String, Object> object, Map<String, Object> patch) {
        return mergeMap(type, Tree.copy(object), patch);
    }

    private static Map<String, Object> mergeMap(
            @Nullable Type type, Map<String, Object> target, Map<String, Object> patch) {
        Object directive = patch.get(PATCH);
        if ("replace".equals(directive)) {
            Map<String, Object> replaced = withoutDirectives(patch);
            return replaced;
        }
        if ("delete".equals(directive)) {
            return new LinkedHashMap<>();
        }
        if (directive != null && !"merge".equals(directive)) {
            throw PatchException.malformed("unknown patch type: " + Json.print(directive));
        }
        List<Object> retained = Tree.list(patch.get(RETAIN));
        if (retained != null) {
            target.keySet().removeIf(key -> !retained.contains(key));
        }
        patch.forEach((key, value) -> mergeEntry(type, target, key, value));
        patch.forEach((key, value) -> direct(type, target, key, value));
        return target;
    }

    private static void mergeEntry(
            @Nullable Type type, Map<String, Object> target, String key, @Nullable Object value) {
        if (key.startsWith("$")) {
            return;
        }
        if (value == null) {
            target.remove(key);
            return;
        }
        Type field = type == null ? null : type.field(key);
        Map<String, Object> map = Tree.map(value);
        List<Object> list = Tree.list(value);
        if (map != null) {
            Map<String, Object> old = Tree.map(target.get(key));
            boolean deleted = "delete".equals(map.get(PATCH));
            if (deleted) {
                target.remove(key);
            } else {
                target.put(key, mergeMap(field, old == null ? new LinkedHashMap<>() : old, map));
            }
        } else if (list != null && field != null && field.patchStrategy().contains("merge")) {
            List<Object> old = Tree.list(target.get(key));
            target.put(key, mergeList(field, old == null ? new ArrayList<>() : old, list));
        } else {
            target.put(key, target.containsKey(key) ? Tree.copyValue(value) : withoutDirectives(value));
        }
    }

    /** What a patch sets where nothing was holds no directives. */
    private static @Nullable Object withoutDirectives(@Nullable Object value) {
        List<Object> list = Tree.list(value);
        Map<String, Object> map = Tree.map(value);
        if (list != null) {
            return list.stream()
                    .filter(item -> Tree.at(item, PATCH) == null)
                    .map(StrategicMergePatch::withoutDirectives)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        if (map == null) {
            return value;
        }
        Map<String, Object> result = withoutDirectives(map);
        result.replaceAll((key, item) -> withoutDirectives(item));
        return result;
    }

    private static List<Object> mergeList(Type type, List<Object> target, List<Object> patch) {
        String mergeKey = type.patchMergeKey();
        List<Object> before = new ArrayList<>(target);
        if (mergeKey.isEmpty()) {
            patch.stream().filter(item -> !target.contains(item)).forEach(target::add);
            return ordered(target, patch, before, mergeKey);
        }
        boolean replaces = patch.stream().anyMatch(item -> "replace".equals(Tree.at(item, PATCH)));
        if (replaces) {
            return new ArrayList<>(
                    patch.stream().filter(item -> Tree.at(item, PATCH) == null).toList());
        }
        for (Object item : patch) {
            mergeItem(type, target, item, mergeKey);
        }
        List<Object> named =
                patch.stream().filter(item -> Tree.at(item, PATCH) == null).toList();
        return ordered(target, named, before, mergeKey);
    }

    private static void mergeItem(Type type, List<Object> target, @Nullable Object item, String mergeKey) {
        Map<String, Object> map = Tree.map(item);
        if (map == null || !map.containsKey(mergeKey)) {
            throw PatchException.malformed(
                    "map: " + Json.print(item) + " does not contain declared merge key: " + mergeKey);
        }
        Object key = map.get(mergeKey);
        if ("delete".equals(map.get(PATCH))) {
            target.removeIf(old -> Values.equal(Tree.at(old, mergeKey), key));
            return;
        }
        for (int i = 0; i < target.size(); i++) {
            Map<String, Object> old = Tree.map(target.get(i));
            if (old != null && Values.equal(old.get(mergeKey), key)) {
                target.set(i, mergeMap(type.element(), old, map));
                return;
            }
        }
        target.add(mergeMap(type.element(), new LinkedHashMap<>(), map));
    }

    private static void direct(@Nullable Type type, Map<String, Object> target, String key, @Nullable Object value) {
        List<Object> values = Tree.list(value);
        if (values != null && key.startsWith(DELETE_FROM)) {
            List<Object> list = Tree.list(target.get(key.substring(DELETE_FROM.length())));
            if (list != null) {
                list.removeIf(values::contains);
            }
        } else if (values != null && key.startsWith(ORDER)) {
            String field = key.substring(ORDER.length());
            List<Object> list = Tree.list(target.get(field));
            Type listType = type == null ? null : type.field(field);
            if (list != null && listType != null) {
                target.put(field, ordered(list, values, new ArrayList<>(list), listType.patchMergeKey()));
            }
        }
    }

    /**
     * The items in the order in which the patch names them; what it does not name keeps its old place before those that
     * it was before, and comes last otherwise.
     */
    private static List<Object> ordered(List<Object> items, List<Object> order, List<Object> before, String mergeKey) {
        var named = new ArrayList<Object>();
        for (Object wanted : order) {
            items.stream().filter(item -> isSame(item, wanted, mergeKey)).forEach(named::add);
        }
        var others = new ArrayList<Object>(items.stream()
                .filter(item -> order.stream().noneMatch(wanted -> isSame(item, wanted, mergeKey)))
                .toList());
        var result = new ArrayList<Object>();
        while (!others.isEmpty() && !named.isEmpty()) {
            int other = indexOf(others.get(0), before, mergeKey);
            int next = indexOf(named.get(0), before, mergeKey);
            result.add((other >= 0 && next >= 0 && other < next ? others : named).remove(0));
        }
        result.addAll(others);
        result.addAll(named);
        return result;
    }

    private static int indexOf(@Nullable Object item, List<Object> items, String mergeKey) {
        for (int i = 0; i < items.size(); i++) {
            if (isSame(items.get(i), item, mergeKey)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSame(@Nullable Object item, @Nullable Object wanted, String mergeKey) {
        return mergeKey.isEmpty()
                ? Values.equal(item, wanted)
                : Values.equal(Tree.at(item, mergeKey), Tree.at(wanted, mergeKey));
    }

    private static Map<String, Object> withoutDirectives(Map<String, Object> patch) {
        Map<String, Object> result = Tree.copy(patch);
        result.keySet().removeIf(key -> key.startsWith("$"));
        return result;
    }
}
