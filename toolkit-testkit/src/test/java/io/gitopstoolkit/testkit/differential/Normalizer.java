package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what differs between any two servers: times by one word; uids, versions, addresses and generated names by the
 * order of their first appearance in their object, so that it still shows whether they changed.
 */
final class Normalizer {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern ADDRESS = Pattern.compile("\\b10\\.\\d+\\.\\d+\\.\\d+\\b");

    private static final Pattern GENERATED = Pattern.compile("generated-[a-z0-9]{5}");
    private static final Pattern VERSION_IN_TEXT = Pattern.compile("(the ResourceVersion in [a-z ]+)\\(\\d+\\)");

    /** An object that a patch made, within a message: the order of its fields is not the same. */
    private static final Pattern PATCHED = Pattern.compile("patch: Invalid value: \"(\\{|map\\[).*[]}]\":");

    private final Map<String, String> seen = new HashMap<>();
    private final String namespace;
    private String about = "";

    Normalizer(String namespace) {
        this.namespace = namespace;
    }

    @Nullable
    Object normalize(@Nullable Object value) {
        return normalize("", value);
    }

    private @Nullable Object normalize(String key, @Nullable Object value) {
        Map<String, Object> map = Tree.map(value);
        if (map != null) {
            if (Tree.text(map, "kind").endsWith("List")) {
                Tree.mapAt(map, "metadata").put("resourceVersion", "");
            }
            if (Tree.text(map, "type").equals("BOOKMARK")) {
                // What else the object of a bookmark holds says nothing.
                Tree.mapAt(map, "object").keySet().retainAll(List.of("apiVersion", "kind", "metadata"));
                Tree.mapAt(map, "object", "metadata").put("resourceVersion", "");
            }
            map.remove("storageVersionHash");
            if (map.containsKey("kind") && !Tree.text(map, "metadata", "name").isEmpty()) {
                String name =
                        GENERATED.matcher(Tree.text(map, "metadata", "name")).replaceAll("generated-NAME");
                about = (Tree.text(map, "kind") + "/" + name).replace(namespace, "{ns}");
            }
            var sorted = new TreeMap<String, Object>();
            new TreeMap<>(map).forEach((name, item) -> sorted.put(name, normalize(name, item)));
            return sorted;
        }
        List<Object> list = Tree.list(value);
        if (list != null) {
            var items = new ArrayList<Object>();
            list.forEach(item -> items.add(normalize(key, item)));
            if (key.equals("managedFields")) {
                items.sort(Comparator.comparing(Normalizer::owner));
            }
            if (key.equals("causes") && items.stream().allMatch(Normalizer::isApplyConflict)) {
                items.sort(Comparator.comparing(Json::print));
            }
            // The real server checks metadata for all kinds and again for the kind, and then names each fault twice.
            return key.equals("causes")
                    ? items.stream().distinct().collect(Collectors.toCollection(ArrayList::new))
                    : items;
        }
        if (key.equals("resourceVersion") && value instanceof String version && !version.isEmpty()) {
            return number("version", version);
        }
        if (key.equals("continue") && value instanceof String token && !token.isEmpty()) {
            return "CONTINUE";
        }
        if (key.equals("nodePort") && value instanceof Long port && port >= 30_000) {
            return "PORT";
        }
        return value instanceof String text ? text(text) : value;
    }

    /** The real server lists conflicts in the random order of a Go map. */
    private static boolean isApplyConflict(@Nullable Object cause) {
        return Tree.text(cause, "reason").equals("FieldManagerConflict");
    }

    private static String owner(Object entry) {
        return Tree.text(entry, "operation")
                + Tree.text(entry, "manager")
                + Tree.text(entry, "apiVersion")
                + Tree.text(entry, "subresource");
    }

    private String text(String text) {
        String known = GENERATED.matcher(text).replaceAll("generated-NAME");
        String timeless = TIME.matcher(known.replace(namespace, "{ns}")).replaceAll("TIME");
        String anonymous = UID.matcher(timeless).replaceAll(match -> number("uid", match.group()));
        if (anonymous.contains("errors:\n")) {
            // The order of a Go map, again.
            anonymous = anonymous.lines().sorted().collect(Collectors.joining("\n"));
        }
        anonymous = VERSION_IN_TEXT.matcher(anonymous).replaceAll("$1(VERSION)");
        anonymous = PATCHED.matcher(anonymous)
                .replaceAll("patch: OBJECT:")
                .replaceAll("^Invalid value: \"(\\{|map\\[).*[]}]\": ", "OBJECT: ");
        return ADDRESS.matcher(anonymous).replaceAll(match -> number("address", match.group()));
    }

    private String number(String kind, String value) {
        String prefix = kind + " of " + about + " #";
        return seen.computeIfAbsent(
                kind + value,
                key -> prefix
                        + (1
                                + seen.values().stream()
                                        .filter(known -> known.startsWith(prefix))
                                        .count()));
    }
}
