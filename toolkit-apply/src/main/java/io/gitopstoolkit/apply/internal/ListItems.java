package io.gitopstoolkit.apply.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells which items of two lists are the same: by the keys that the API server merges them by, where a manager of one of
 * them shows these; by their value in a set; else by their names; else by their places.
 */
final class ListItems {
    private static final int LONGEST_SET = 2_000;

    private ListItems() {}

    /**
     * One item of a list.
     *
     * @param text as part of a path, such as {@code [name=web]} or {@code [0]}
     * @param step of {@code fieldsV1}; empty where nobody holds single items of the list
     * @param index its place in the list after, or in the one before if only that has it
     */
    record Item(String text, String step, int index) {}

    /** An item, before and after; null where it is not there. */
    record Pair(
            Item item, @Nullable Object before, @Nullable Object after) {}

    /**
     * The items of both lists: those of the list before, and then what only the one after has.
     *
     * @param keys steps of {@code fieldsV1} that name items by their keys
     * @param values steps that name items by their value
     */
    static List<Pair> pair(List<?> before, List<?> after, List<String> keys, List<String> values) {
        Identity byPlace = (item, index) -> Optional.of(new Item("[" + index + ']', "", index));
        var identities = new ArrayList<Identity>();
        keys.stream().limit(1).forEach(step -> identities.add(byKeys(names(step))));
        if (!values.isEmpty() && before.size() + after.size() <= LONGEST_SET) {
            identities.add(ListItems::byValue);
        }
        identities.add(ListItems::byName);
        for (Identity identity : identities) {
            var left = identify(before, identity);
            var right = identify(after, identity);
            if (left.isPresent() && right.isPresent()) {
                return merged(left.get(), right.get());
            }
        }
        return merged(
                identify(before, byPlace).orElseThrow(),
                identify(after, byPlace).orElseThrow());
    }

    /** Tells an item from the others of its list; empty where it cannot. */
    private interface Identity {
        Optional<Item> of(@Nullable Object item, int index);
    }

    private record Found(Item item, @Nullable Object value) {}

    /** The items by the texts of their identities; empty where one has none, or two have the same. */
    private static Optional<Map<String, Found>> identify(List<?> list, Identity identity) {
        var found = new LinkedHashMap<String, Found>();
        for (int i = 0; i < list.size(); i++) {
            Object value = list.get(i);
            Optional<Item> item = identity.of(value, i);
            if (item.isEmpty() || found.put(item.get().text(), new Found(item.get(), value)) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private static List<Pair> merged(Map<String, Found> before, Map<String, Found> after) {
        var texts = new LinkedHashMap<String, Found>(before);
        texts.putAll(after);
        return texts.entrySet().stream()
                .map(entry -> new Pair(
                        entry.getValue().item(), value(before.get(entry.getKey())), value(after.get(entry.getKey()))))
                .toList();
    }

    private static @Nullable Object value(@Nullable Found found) {
        return found == null ? null : found.value();
    }

    private static Identity byKeys(List<String> names) {
        return (item, index) -> {
            if (names.isEmpty() || !(item instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            var keys = new TreeMap<String, @Nullable Object>();
            names.stream().filter(map::containsKey).forEach(name -> keys.put(name, map.get(name)));
            return keys.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Item(text(keys), "k:" + Json.compact(keys), index));
        };
    }

    private static Optional<Item> byValue(@Nullable Object item, int index) {
        return item instanceof Map || item instanceof List || item == null
                ? Optional.empty()
                : Optional.of(new Item("[=" + plain(item) + ']', "v:" + Json.compact(item), index));
    }

    private static Optional<Item> byName(@Nullable Object item, int index) {
        return item instanceof Map<?, ?> map && map.get("name") instanceof String name
                ? Optional.of(new Item("[name=" + plain(name) + ']', "", index))
                : Optional.empty();
    }

    private static String text(Map<?, ?> keys) {
        return keys.entrySet().stream()
                .map(key -> plain(key.getKey()) + '=' + plain(key.getValue()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** A step of the managed fields as part of a path. */
    static String text(String step) {
        String rest = step.substring(Math.min(2, step.length()));
        if (step.startsWith("f:")) {
            return step(rest);
        }
        try {
            Object value = Json.read(rest, 100_000);
            return step.startsWith("k:") && value instanceof Map<?, ?> keys ? text(keys) : "[=" + plain(value) + ']';
        } catch (IllegalArgumentException e) {
            return '[' + plain(rest) + ']';
        }
    }

    /** The keys in a step such as {@code k:{"containerPort":80,"protocol":"TCP"}}. */
    private static List<String> names(String step) {
        try {
            return Json.read(step.substring(2), 10_000) instanceof Map<?, ?> keys
                    ? keys.keySet().stream().map(String::valueOf).toList()
                    : List.of();
        } catch (IllegalArgumentException e) {
            return List.of(); // of a server whose form we do not know
        }
    }

    /** The name of a field as part of a path: {@code .replicas}, or {@code [example.org/name]}. */
    static String step(String name) {
        return name.matches("[A-Za-z0-9_-]+") ? '.' + name : "[" + plain(name) + ']';
    }

    /** A key or value without quotes, unless it holds what a path or a terminal would take for something else. */
    private static String plain(@Nullable Object value) {
        String text = String.valueOf(value);
        String quoted = Json.quote(text);
        boolean same = quoted.length() == text.length() + 2 && !text.isEmpty() && text.length() <= 253;
        return same && text.indexOf(']') < 0 ? text : shortened(quoted);
    }

    private static String shortened(String quoted) {
        return quoted.length() <= 260 ? quoted : quoted.substring(0, 256) + "...\"";
    }
}
