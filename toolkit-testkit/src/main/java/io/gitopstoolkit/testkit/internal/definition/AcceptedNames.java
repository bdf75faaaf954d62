package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of its names a definition has: those that no other of its group had before it.
 *
 * @param names as the status tells them
 * @param reason why it does not have all; empty where it has
 * @param message says the same in words
 */
public record AcceptedNames(Map<String, Object> names, String reason, String message) {
    /**
     * The names of a definition.
     *
     * @param others the other definitions, of whatever group
     */
    public static AcceptedNames of(Map<String, Object> definition, List<Map<String, Object>> others) {
        Set<String> resources = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        String group = Tree.text(definition, "spec", "group");
        for (Map<String, Object> other : others) {
            boolean isSame = Tree.text(other, "metadata", "name").equals(Tree.text(definition, "metadata", "name"));
            if (!isSame && Tree.text(other, "spec", "group").equals(group)) {
                Map<String, Object> names = Tree.mapAt(other, "status", "acceptedNames");
                resources.add(Tree.text(names, "plural"));
                resources.add(Tree.text(names, "singular"));
                resources.addAll(Tree.textsAt(names, "shortNames"));
                kinds.add(Tree.text(names, "kind"));
                kinds.add(Tree.text(names, "listKind"));
            }
        }
        return settle(definition, resources, kinds);
    }

    private static AcceptedNames settle(Map<String, Object> definition, Set<String> resources, Set<String> kinds) {
        Map<String, Object> wanted = Tree.mapAt(definition, "spec", "names");
        Map<String, Object> had = Tree.mapAt(definition, "status", "acceptedNames");
        Map<String, Object> names = new LinkedHashMap<>();
        var conflicts = new ArrayList<String[]>();
        accept("plural", wanted, had, resources, names, conflicts);
        accept("singular", wanted, had, resources, names, conflicts);
        List<String> before = Tree.textsAt(had, "shortNames");
        List<String> taken = Tree.textsAt(wanted, "shortNames").stream()
                .filter(name -> resources.contains(name) && !before.contains(name))
                .toList();
        if (taken.isEmpty()) {
            copy("shortNames", wanted, names);
        } else {
            copy("shortNames", had, names);
            List<String> inUse = taken.stream().map(AcceptedNames::inUse).toList();
            conflicts.add(new String[] {
                "ShortNamesConflict", inUse.size() == 1 ? inUse.get(0) : "[" + String.join(", ", inUse) + "]"
            });
        }
        accept("kind", wanted, had, kinds, names, conflicts);
        accept("listKind", wanted, had, kinds, names, conflicts);
        copy("categories", wanted, names);
        String[] last = conflicts.isEmpty() ? new String[] {"", ""} : conflicts.get(conflicts.size() - 1);
        return new AcceptedNames(names, last[0], last[1]);
    }

    private static void accept(
            String field,
            Map<String, Object> wanted,
            Map<String, Object> had,
            Set<String> used,
            Map<String, Object> names,
            List<String[]> conflicts) {
        String name = Tree.text(wanted, field);
        if (!Values.equal(wanted.get(field), had.get(field)) && used.contains(name)) {
            String reason = Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Conflict";
            conflicts.add(new String[] {reason, inUse(name)});
            copy(field, had, names);
        } else {
            copy(field, wanted, names);
        }
    }

    private static String inUse(String name) {
        return Json.print(name) + " is already in use";
    }

    private static void copy(String field, Map<String, Object> from, Map<String, Object> to) {
        if (from.get(field) != null) {
            to.put(field, Tree.copyValue(from.get(field)));
        }
    }

    /** Whether the definition has all the names that it wants. */
    public boolean areAll() {
        return reason.isEmpty();
    }
}
