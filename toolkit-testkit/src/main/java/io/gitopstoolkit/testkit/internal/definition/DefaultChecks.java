package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.cel.CelSupport;
import io.gitopstoolkit.testkit.internal.cel.ObjectRules;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the defaults of a schema fit it. */
final class DefaultChecks {
    private DefaultChecks() {}

    static void check(Map<String, Object> schema, String path, List<Violation> errors) {
        Object preset = schema.get("default");
        if (preset != null) {
            checkDefault(schema, preset, path + ".default", errors);
        }
        Map<String, Object> items = Tree.map(schema.get("items"));
        if (items != null) {
            check(items, path + ".items", errors);
        }
        Tree.mapAt(schema, "properties")
                .forEach(
                        (name, property) -> check(Tree.mapAt(property), Paths.key(path + ".properties", name), errors));
    }

    private static void checkDefault(Map<String, Object> schema, Object preset, String path, List<Violation> errors) {
        Map<String, Object> holder = Tree.of("default", Tree.copyValue(preset));
        var holding = new LinkedHashMap<String, Object>();
        holding.put("type", "object");
        holding.put("properties", Tree.of("default", schema));
        new StructuralSchema(holding).prune(holder);
        if (!Values.equal(holder.get("default"), preset)) {
            errors.add(Violation.invalid(path, preset, "must not have unknown fields"));
        }
        List<Violation> broken = ValueRules.check(schema, preset, null);
        broken.forEach(error -> errors.add(below(path, error)));
        if (broken.isEmpty() && CelSupport.isPresent()) {
            checkRules(schema, preset, path, errors);
        }
    }

    private static void checkRules(Map<String, Object> schema, Object preset, String path, List<Violation> errors) {
        ObjectRules rules = ObjectRules.of(schema);
        if (rules == null) {
            return;
        }
        var found = new ArrayList<Violation>(rules.check(preset, preset, new ArrayList<>()));
        if (found.isEmpty()) {
            found.addAll(rules.check(preset, null, new ArrayList<>()));
        }
        found.forEach(error -> errors.add(below(path, error)));
    }

    private static Violation below(String path, Violation error) {
        String field = error.field().equals(Violation.ROOT) ? "" : error.field();
        String full = field.isEmpty() || field.startsWith("[") ? path + field : path + "." + field;
        return new Violation(error.reason(), full, error.message());
    }
}
