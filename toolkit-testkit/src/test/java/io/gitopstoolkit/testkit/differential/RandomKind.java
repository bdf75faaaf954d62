package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A kind of random objects.
 *
 * @param template what its objects may hold
 * @param status what their status may hold
 */
record RandomKind(
        String group,
        String kind,
        String plural,
        boolean isNamespaced,
        boolean isCustom,
        List<String> subresources,
        Map<String, Object> template,
        Map<String, Object> status) {
    /** All of {@code random-kinds.yaml}, each as often as it weighs. */
    static List<RandomKind> all() {
        var kinds = new ArrayList<RandomKind>();
        List<Object> entries = Tree.list(Yaml.parse(Scenarios.text("random-kinds.yaml")));
        for (Object entry : entries == null ? List.of() : entries) {
            var kind = new RandomKind(
                    Tree.text(entry, "path"),
                    Tree.text(entry, "kind"),
                    Tree.text(entry, "plural"),
                    !Tree.text(entry, "scope").equals("Cluster"),
                    Boolean.TRUE.equals(Tree.at(entry, "custom")),
                    Tree.textsAt(entry, "subresources"),
                    Tree.mapAt(entry, "object"),
                    Tree.mapAt(entry, "status"));
            for (int i = 0; i < Tree.number(entry, 1, "weight"); i++) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    String apiVersion() {
        return group.replaceFirst("^apis?/", "");
    }

    /** The collection's path. */
    String path() {
        return "/" + group + (isNamespaced ? "/namespaces/{ns}/" : "/") + plural;
    }

    /** Whether objects of the kind may lack the field, at the top or in the spec, that may then be null in a patch too. */
    boolean isOptional(String... path) {
        if (isCustom || (path[0].equals("metadata") && path.length > 1)) {
            return true;
        }
        Map<String, Object> level = path.length == 1 ? template : Tree.mapAt(template, path[0]);
        String last = path[path.length - 1];
        return level.containsKey(last + "?") || level.containsKey(last + "??");
    }

    /** The name of one of a few objects; those of cluster scope have the namespace in theirs. */
    String name(int number) {
        return (isNamespaced ? "o" : "{ns}-o") + number;
    }
}
