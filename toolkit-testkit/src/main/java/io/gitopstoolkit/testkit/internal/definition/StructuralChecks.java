package io.gitopstoolkit.testkit.internal.definition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a schema is structural: every field has a type, and combined schemas only restrict what is there.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">
 *     Kubernetes: structural schemas</a>
 */
final class StructuralChecks {
    private static final List<Object> INT_OR_STRING = List.of(Map.of("type", "integer"), Map.of("type", "string"));
    private static final Set<String> NAMES = Set.of("name", "generateName");

    /** What combined schemas must not have, and what is said then. */
    private static final Map<String, String> FORBIDDEN = forbidden();

    private final List<Violation> errors = new ArrayList<>();
    /** The real server looks for the fields of combined schemas where these are at the root. */
    private boolean requiresSpine;

    private StructuralChecks() {}

    private enum Level {
        ROOT("must not be empty at the root"),
        ITEM("must not be empty for specified array items"),
        FIELD("must not be empty for specified object fields");

        private final String emptyType;

        Level(String emptyType) {
            this.emptyType = emptyType;
        }
    }

    private static Map<String, String> forbidden() {
        var all = new LinkedHashMap<String, String>();
        all.put("type", "must be empty to be structural");
        all.put("additionalProperties", "must be undefined to be structural");
        all.put("default", "must be undefined to be structural");
        all.put("title", "must be empty to be structural");
        all.put("description", "must be empty to be structural");
        all.put("nullable", "must be false to be structural");
        all.put("x-kubernetes-preserve-unknown-fields", "must be false to be structural");
        all.put("x-kubernetes-embedded-resource", "must be false to be structural");
        all.put("x-kubernetes-int-or-string", "must be false to be structural");
        all.put("x-kubernetes-list-map-keys", "must be empty to be structural");
        all.put("x-kubernetes-list-type", "must be undefined to be structural");
        all.put("x-kubernetes-map-type", "must be undefined to be structural");
        all.put("x-kubernetes-validations", "must be empty to be structural");
        return all;
    }

    static List<Violation> check(Map<String, Object> schema, String path) {
        var checks = new StructuralChecks();
        checks.checkSchema(schema, Level.ROOT, path);
        checks.errors.sort(Comparator.comparing(error -> error.field() + ": " + error.message()));
        return checks.errors;
    }

    private void checkSchema(Map<String, Object> schema, Level level, String path) {
        String type = Tree.text(schema, "type");
        Map<String, Object> items = Tree.map(schema.get("items"));
        if (items != null) {
            checkSchema(items, Level.ITEM, path + ".items");
        } else if (type.equals("array")) {
            errors.add(Violation.required(path + ".items", "must be specified"));
        }
        Tree.mapAt(schema, "properties")
                .forEach((name, property) ->
                        checkSchema(Tree.mapAt(property), Level.FIELD, Paths.key(path + ".properties", name)));
        checkAdditional(schema, level, path);
        checkType(schema, level, path, type);
        checkExtensions(schema, path);
        checkIdentity(schema, level, path);
        requiresSpine = level == Level.ROOT;
        checkCombined(schema, schema, path);
    }

    private void checkAdditional(Map<String, Object> schema, Level level, String path) {
        if (schema.get("additionalProperties") == null) {
            return;
        }
        if (level == Level.ROOT) {
            errors.add(Violation.forbidden(path + ".additionalProperties", "must not be used at the root"));
        }
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        if (additional != null) {
            checkSchema(additional, Level.FIELD, path + ".additionalProperties");
        }
        if (isTrue(schema, "x-kubernetes-embedded-resource")) {
            errors.add(Violation.forbidden(
                    path + ".additionalProperties", "must not be used if x-kubernetes-embedded-resource is set"));
        }
    }

    private void checkType(Map<String, Object> schema, Level level, String path, String type) {
        boolean isEmbedded = isTrue(schema, "x-kubernetes-embedded-resource");
        if (isEmbedded && !type.equals("object")) {
            String detail = "must be object if x-kubernetes-embedded-resource is true";
            errors.add(
                    type.isEmpty()
                            ? Violation.required(path + ".type", detail)
                            : Violation.invalid(path + ".type", type, detail));
        } else if (type.isEmpty()
                && !isTrue(schema, "x-kubernetes-int-or-string")
                && !isTrue(schema, "x-kubernetes-preserve-unknown-fields")) {
            errors.add(Violation.required(path + ".type", level.emptyType));
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            errors.add(Violation.invalid(path + ".type", type, "must be object at the root"));
        }
    }

    private void checkExtensions(Map<String, Object> schema, String path) {
        boolean isIntOrString = isTrue(schema, "x-kubernetes-int-or-string");
        boolean preserves = isTrue(schema, "x-kubernetes-preserve-unknown-fields");
        boolean isEmbedded = isTrue(schema, "x-kubernetes-embedded-resource");
        String detail = "must be false if x-kubernetes-int-or-string is true";
        if (isIntOrString && preserves) {
            errors.add(Violation.invalid(path + ".x-kubernetes-preserve-unknown-fields", true, detail));
        }
        if (isIntOrString && isEmbedded) {
            errors.add(Violation.invalid(path + ".x-kubernetes-embedded-resource", true, detail));
        }
        if (isEmbedded && !preserves && Tree.mapAt(schema, "properties").isEmpty()) {
            errors.add(Violation.required(
                    path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields"));
        }
    }

    private void checkIdentity(Map<String, Object> schema, Level level, String path) {
        boolean isObject = level == Level.ROOT || isTrue(schema, "x-kubernetes-embedded-resource");
        for (String name : List.of("kind", "apiVersion")) {
            Object property = Tree.at(schema, "properties", name);
            if (isObject && property != null && !Tree.text(property, "type").equals("string")) {
                errors.add(Violation.invalid(
                        Paths.key(path + ".properties", name) + ".type",
                        Tree.text(property, "type"),
                        "must be string"));
            }
        }
        Map<String, Object> metadata = Tree.map(Tree.at(schema, "properties", "metadata"));
        if (metadata == null) {
            return;
        }
        String below = path + ".properties[metadata]";
        if (isObject && !Tree.text(metadata, "type").equals("object")) {
            errors.add(Violation.invalid(below + ".type", Tree.text(metadata, "type"), "must be object"));
        }
        boolean restrictsNames =
                NAMES.containsAll(Tree.mapAt(metadata, "properties").keySet())
                        && Set.of("type", "properties", "default").containsAll(metadata.keySet());
        if (level == Level.ROOT && !restrictsNames) {
            errors.add(
                    Violation.forbidden(
                            below,
                            "must not specify anything other than name and generateName, but metadata is implicitly specified"));
        }
    }

    /** The combined schemas of a schema, or of one of those. */
    private void checkCombined(Map<String, Object> schema, @Nullable Map<String, Object> spine, String path) {
        boolean isOwn = schema == spine;
        if (!(isOwn && isIntOrString(schema.get("anyOf")))) {
            checkAll(schema, "anyOf", spine, path);
        }
        List<Map<String, Object>> all = Tree.mapsAt(schema, "allOf");
        for (int i = 0; i < all.size(); i++) {
            boolean isPattern = isOwn && i == 0 && isIntOrString(all.get(i).get("anyOf"));
            checkNested(isPattern ? without(all.get(i)) : all.get(i), spine, Paths.item(path + ".allOf", i));
        }
        checkAll(schema, "oneOf", spine, path);
        Map<String, Object> not = Tree.map(schema.get("not"));
        if (not != null) {
            checkNested(not, spine, path + ".not");
        }
        String pattern = Tree.text(schema, "pattern");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            errors.add(Violation.invalid(
                    path + ".pattern", pattern, "must be a valid regular expression, but isn't: " + e.getMessage()));
        }
    }

    private static Map<String, Object> without(Map<String, Object> schema) {
        var rest = new LinkedHashMap<>(schema);
        rest.remove("anyOf");
        return rest;
    }

    private void checkAll(Map<String, Object> schema, String name, @Nullable Map<String, Object> spine, String path) {
        List<Map<String, Object>> schemas = Tree.mapsAt(schema, name);
        for (int i = 0; i < schemas.size(); i++) {
            checkNested(schemas.get(i), spine, Paths.item(path + "." + name, i));
        }
    }

    private static boolean isIntOrString(@Nullable Object schemas) {
        return Values.equal(schemas, INT_OR_STRING);
    }

    private void checkNested(Map<String, Object> nested, @Nullable Map<String, Object> spine, String path) {
        FORBIDDEN.forEach((name, message) -> {
            Object value = nested.get(name);
            if (value != null && !Boolean.FALSE.equals(value)) {
                errors.add(Violation.forbidden(path + "." + name, message));
            }
        });
        if (Tree.at(nested, "properties", "metadata") != null) {
            errors.add(
                    Violation.forbidden(path + ".properties[metadata]", "must not be specified in a nested context"));
        }
        checkCombined(nested, spine == null ? null : spine, path);
        Map<String, Object> items = Tree.map(nested.get("items"));
        if (items != null) {
            Map<String, Object> below = Tree.map(Tree.at(spine, "items"));
            requireSpine(below, path, ".items");
            checkNested(items, below, path + ".items");
        }
        Tree.mapAt(nested, "properties").forEach((name, property) -> {
            Map<String, Object> below = Tree.map(Tree.at(spine, "properties", name));
            requireSpine(below, path, Paths.key(".properties", name));
            checkNested(Tree.mapAt(property), below, path + Paths.key(".properties", name));
        });
    }

    private void requireSpine(@Nullable Map<String, Object> spine, String path, String below) {
        if (spine == null && requiresSpine) {
            String combination = path.replaceAll("\\.(anyOf|oneOf|allOf)\\[\\d+]|\\.not(?=[.\\[]|$)", "");
            errors.add(Violation.required(combination + below, "because it is defined in " + path + below));
        }
    }

    private static boolean isTrue(Map<String, Object> schema, String name) {
        return Boolean.TRUE.equals(schema.get(name));
    }
}
