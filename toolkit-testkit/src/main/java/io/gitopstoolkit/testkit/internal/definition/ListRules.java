package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists that are sets, or maps by keys, hold nothing twice. */
public final class ListRules {
    private ListRules() {}

    /** What an object breaks. */
    public static List<Violation> check(Map<String, Object> schema, Object object) {
        var errors = new ArrayList<Violation>();
        check(schema, object, "", errors);
        return errors;
    }

    private static void check(Map<String, Object> schema, @Nullable Object value, String path, List<Violation> errors) {
        List<Object> list = Tree.list(value);
        if (list != null) {
            switch (Tree.text(schema, "x-kubernetes-list-type")) {
                case "set" -> checkDuplicates(list, path, errors);
                case "map" -> checkKeys(schema, list, path, errors);
                default -> {}
            }
            Map<String, Object> items = Tree.mapAt(schema, "items");
            for (int i = 0; i < list.size(); i++) {
                check(items, list.get(i), Paths.item(path, i), errors);
            }
        }
        Map<String, Object> map = Tree.map(value);
        if (map != null) {
            Map<String, Object> properties = Tree.mapAt(schema, "properties");
            Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
            map.forEach((name, item) -> {
                if (properties.containsKey(name)) {
                    check(Tree.mapAt(properties, name), item, Paths.field(path, name), errors);
                } else if (additional != null) {
                    check(additional, item, Paths.key(path, name), errors);
                }
            });
        }
    }

    private static void checkKeys(Map<String, Object> schema, List<Object> list, String path, List<Violation> errors) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) != null && !(list.get(i) instanceof Map)) {
                errors.add(Violation.invalid(
                        Paths.item(path, i), list.get(i), "must be an object for an array of list-type map"));
                return;
            }
        }
        var keys = new ArrayList<Object>();
        for (Object item : list) {
            var key = new LinkedHashMap<String, Object>();
            for (String name : Tree.textsAt(schema, "x-kubernetes-list-map-keys")) {
                Object part = Tree.at(item, name);
                if (part != null) {
                    key.put(name, part);
                }
            }
            keys.add(key);
        }
        checkDuplicates(keys, path, errors);
    }

    /** Tells of each value that is there more than once, at its second place. */
    private static void checkDuplicates(List<Object> list, String path, List<Violation> errors) {
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < list.size(); i++) {
            if (seen.merge(Json.print(list.get(i)), 1, Integer::sum) == 2) {
                errors.add(Violation.duplicate(Paths.item(path, i), list.get(i)));
            }
        }
    }
}
