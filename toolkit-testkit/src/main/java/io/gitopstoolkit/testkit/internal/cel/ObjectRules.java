package io.gitopstoolkit.testkit.internal.cel;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Correlation;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules in expressions of a schema and of the schemas in it. Immutable; safe between threads.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules">
 *     Kubernetes: validation rules</a>
 */
public final class ObjectRules {
    private final Map<String, Object> schema;
    private final boolean isResource;
    private final List<CompiledRule> rules;
    private final Map<String, ObjectRules> properties = new LinkedHashMap<>();
    private final @Nullable ObjectRules items;
    private final @Nullable ObjectRules additional;

    private ObjectRules(Map<String, Object> schema, boolean isResource) {
        this.schema = schema;
        this.isResource = isResource;
        this.rules = CompiledRule.ofSchema(schema, isResource);
        Tree.mapAt(schema, "properties").forEach((name, property) -> {
            ObjectRules below = of(Tree.map(property));
            if (below != null) {
                properties.put(name, below);
            }
        });
        this.items = of(Tree.map(schema.get("items")));
        this.additional = of(Tree.map(schema.get("additionalProperties")));
    }

    /** The rules of a schema within that of a resource; null where it has none. */
    public static @Nullable ObjectRules of(@Nullable Map<String, Object> schema) {
        return schema == null || !CelSupport.hasRules(schema)
                ? null
                : new ObjectRules(schema, SchemaValues.isResource(schema));
    }

    /** The rules of the schema of a resource; null where it has none. */
    public static @Nullable ObjectRules ofResource(Map<String, Object> schema) {
        return CelSupport.hasRules(schema) ? new ObjectRules(schema, true) : null;
    }

    /**
     * What an object breaks.
     *
     * @param old the object before; null for a new one
     * @param tolerated collects what it breaks as it did before, which is no reason to refuse it
     */
    public List<Violation> check(Object object, @Nullable Object old, List<Violation> tolerated) {
        var check = new Check(new ArrayList<>(), tolerated);
        check(new Place("", object, old, Correlation.of(object, old, schema)), check);
        return check.errors();
    }

    private record Check(List<Violation> errors, List<Violation> tolerated) {}

    private record Place(
            String path, @Nullable Object value, @Nullable Object old, Correlation correlation) {}

    private void check(Place place, Check check) {
        Object value = place.value();
        if (value == null) {
            return;
        }
        if (!rules.isEmpty()) {
            checkRules(place, value, check);
        }
        List<Object> list = Tree.list(value);
        if (list != null && items != null) {
            for (int i = 0; i < list.size(); i++) {
                Object old = Correlation.matching(schema, place.old(), list.get(i));
                items.check(
                        new Place(
                                Paths.item(place.path(), i),
                                list.get(i),
                                old,
                                place.correlation().item(i)),
                        check);
            }
        }
        Map<String, Object> map = Tree.map(value);
        if (map != null) {
            map.forEach((name, item) -> checkEntry(place, name, item, check));
        }
    }

    private void checkEntry(Place place, String name, @Nullable Object item, Check check) {
        ObjectRules property = properties.get(name);
        Object old = Tree.at(place.old(), name);
        if (property != null) {
            String path = Paths.field(place.path(), name);
            property.check(new Place(path, item, old, place.correlation().field(name)), check);
        } else if (additional != null) {
            String path = Paths.key(place.path(), name);
            additional.check(new Place(path, item, old, place.correlation().field(name)), check);
        }
    }

    private void checkRules(Place place, Object value, Check check) {
        Object self = SchemaValues.toCel(value, schema, isResource);
        boolean compares = rules.stream().anyMatch(CompiledRule::usesOldSelf);
        Object old = compares && place.old() != null ? SchemaValues.toCel(place.old(), schema, isResource) : null;
        for (CompiledRule rule : rules) {
            boolean hasNothingBefore = rule.usesOldSelf() && old == null && !rule.takesNoOldSelf();
            if (!hasNothingBefore) {
                checkRule(rule, place, CompiledRule.variables(self, old, rule.takesNoOldSelf()), check);
            }
        }
    }

    private void checkRule(CompiledRule rule, Place place, Map<String, Object> variables, Check check) {
        String type = Tree.text(schema, "type");
        CelProgram program = rule.program();
        if (program == null) {
            check.errors().add(Violation.invalid(place.path(), type, "rule compile error: " + rule.error()));
            return;
        }
        try {
            if (Boolean.TRUE.equals(program.evaluate(variables))) {
                return;
            }
        } catch (CelException e) {
            String detail = e.message().startsWith("no such overload")
                    ? "'" + e.message() + "': call arguments did not match a supported operator, function or macro"
                            + " signature for rule: " + rule.shown()
                    : e.message() + " evaluating rule: " + rule.shown();
            check.errors().add(Violation.invalid(place.path(), type, detail));
            return;
        }
        boolean isTolerated = !rule.usesOldSelf() && place.correlation().isUnchanged();
        (isTolerated ? check.tolerated() : check.errors()).add(broken(rule, place, message(rule, variables)));
    }

    private static String message(CompiledRule rule, Map<String, Object> variables) {
        CelProgram expression = rule.message();
        if (expression == null) {
            return rule.defaultMessage();
        }
        try {
            String made = String.valueOf(expression.evaluate(variables)).trim();
            boolean isUsable = !made.isEmpty() && made.indexOf('\n') < 0 && made.length() <= 5 * 1024;
            return isUsable ? made : rule.defaultMessage();
        } catch (CelException e) {
            return rule.defaultMessage();
        }
    }

    private Violation broken(CompiledRule rule, Place place, String message) {
        String below = Tree.text(rule.definition(), "fieldPath");
        String path = below.isEmpty() ? place.path() : Paths.field(place.path(), FieldPath.normalized(below, schema));
        boolean isShown = !(place.value() instanceof Map) && !(place.value() instanceof List);
        return switch (Tree.text(rule.definition(), "reason")) {
            case "FieldValueForbidden" -> Violation.forbidden(path, message);
            case "FieldValueRequired" -> Violation.required(path, message);
            case "FieldValueDuplicate" ->
                isShown
                        ? Violation.duplicate(path, place.value())
                        : new Violation("FieldValueDuplicate", path, "Duplicate value");
            default -> isShown ? Violation.invalid(path, place.value(), message) : Violation.invalid(path, message);
        };
    }
}
