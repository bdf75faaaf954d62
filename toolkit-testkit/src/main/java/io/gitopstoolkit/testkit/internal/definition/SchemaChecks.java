package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a schema of a definition must be like, beside being structural. */
final class SchemaChecks {
    private static final Set<String> IDENTITY = Set.of("metadata", "kind", "apiVersion");
    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "id", "id is not supported",
            "additionalItems", "additionalItems is not supported",
            "patternProperties", "patternProperties is not supported",
            "definitions", "definitions is not supported",
            "dependencies", "dependencies is not supported",
            "$ref", "$ref is not supported");

    private final List<Violation> errors = new ArrayList<>();
    private final List<Violation> expressionErrors = new ArrayList<>();
    private final boolean looksAtExpressions;

    private SchemaChecks(boolean looksAtExpressions) {
        this.looksAtExpressions = looksAtExpressions;
    }

    /**
     * Where a schema stands in another.
     *
     * @param noDefaults why there must be no default; empty where there may be
     * @param insideMetadata whether it is that of metadata
     * @param uncorrelated the first schema around it whose values cannot be told apart; empty where they can
     * @param isSpine whether it is not one of combined schemas
     */
    private record Place(String noDefaults, boolean insideMetadata, String uncorrelated, boolean isSpine) {
        Place withoutDefaults(String why) {
            return new Place(why, insideMetadata, uncorrelated, isSpine);
        }

        Place inMetadata() {
            return new Place(noDefaults, true, uncorrelated, isSpine);
        }

        Place uncorrelatedFrom(String path) {
            return uncorrelated.isEmpty() ? new Place(noDefaults, insideMetadata, path, isSpine) : this;
        }

        Place combined() {
            return new Place(noDefaults, insideMetadata, uncorrelated, false);
        }
    }

    static List<Violation> check(Map<String, Object> schema, String path) {
        List<Violation> structural = StructuralChecks.check(schema, path);
        List<Violation> all = new ArrayList<>(structural);
        if (all.isEmpty()) {
            DefaultChecks.check(schema, path, all);
        }
        var checks = new SchemaChecks(all.isEmpty());
        checks.check(schema, path, new Place("", false, "", true), true);
        all.addAll(checks.errors);
        all.addAll(checks.expressionErrors);
        return all;
    }

    private void check(Map<String, Object> schema, String path, Place place, boolean isRoot) {
        int before = errors.size();
        checkKeywords(schema, path, place);
        checkChildren(schema, path, place, isRoot);
        TypeChecks.check(schema, path, errors);
        boolean isResource = isRoot || isTrue(schema, "x-kubernetes-embedded-resource");
        ExpressionChecks.checkForm(schema, path, errors);
        boolean isSound = looksAtExpressions && place.isSpine() && errors.size() == before;
        if (isSound) {
            ExpressionChecks.compile(schema, path, place.uncorrelated(), isResource, expressionErrors);
        }
    }

    private void checkKeywords(Map<String, Object> schema, String path, Place place) {
        String type = Tree.text(schema, "type");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            errors.add(Violation.unsupported(path + ".type", type, TYPES));
        }
        if (schema.get("default") != null && !place.noDefaults().isEmpty()) {
            errors.add(Violation.forbidden(path + ".default", "must not be set " + place.noDefaults()));
        }
        UNSUPPORTED.forEach((name, message) -> {
            if (schema.get(name) != null) {
                errors.add(Violation.forbidden(path + "." + name, message));
            }
        });
        if (type.equals("null")) {
            errors.add(
                    Violation.forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative"));
        }
        if (schema.get("items") instanceof List<?>) {
            errors.add(Violation.forbidden(path + ".items", "items must be a schema object and not an array"));
        }
        if (place.insideMetadata() && isTrue(schema, "x-kubernetes-embedded-resource")) {
            errors.add(Violation.forbidden(
                    path + ".x-kubernetes-embedded-resource", "must not be used inside of resource meta"));
        }
        if (isTrue(schema, "uniqueItems")) {
            errors.add(Violation.forbidden(
                    path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }
        if (schema.get("additionalProperties") != null
                && !Boolean.TRUE.equals(schema.get("additionalProperties"))
                && !Tree.mapAt(schema, "properties").isEmpty()) {
            errors.add(Violation.forbidden(
                    path + ".additionalProperties", "additionalProperties and properties are mutual exclusive"));
        }
    }

    private void checkChildren(Map<String, Object> schema, String path, Place place, boolean isRoot) {
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        if (additional != null) {
            Place below = place.insideMetadata()
                    ? place.withoutDefaults("inside additionalProperties applying to object metadata")
                    : place;
            check(additional, path + ".additionalProperties", below, false);
        }
        boolean isObject = isRoot || isTrue(schema, "x-kubernetes-embedded-resource");
        Tree.mapAt(schema, "properties").forEach((name, property) -> {
            Place below = place;
            if (isObject && IDENTITY.contains(name)) {
                below = place.inMetadata();
                below = isRoot ? below.withoutDefaults("in top-level " + name) : below;
            }
            check(Tree.mapAt(property), Paths.key(path + ".properties", name), below, false);
        });
        checkOne(schema.get("not"), path + ".not", place.combined());
        for (String name : List.of("allOf", "oneOf", "anyOf")) {
            List<Map<String, Object>> schemas = Tree.mapsAt(schema, name);
            for (int i = 0; i < schemas.size(); i++) {
                check(schemas.get(i), Paths.item(path + "." + name, i), place.combined(), false);
            }
        }
        boolean isByKeys = Tree.text(schema, "x-kubernetes-list-type").equals("map");
        checkOne(schema.get("items"), path + ".items", isByKeys ? place : place.uncorrelatedFrom(path));
    }

    private void checkOne(@Nullable Object schema, String path, Place place) {
        Map<String, Object> map = Tree.map(schema);
        if (map != null) {
            check(map, path, place, false);
        }
    }

    private static boolean isTrue(Map<String, Object> schema, String name) {
        return Boolean.TRUE.equals(schema.get(name));
    }
}
