package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.List;
import java.util.Map;

/** The rules of custom resource definitions. */
final class DefinitionRules {
    private DefinitionRules() {}

    static void check(Map<String, Object> definition, List<FieldError> errors) {
        Map<String, Object> spec = Tree.mapAt(definition, "spec");
        String group = Tree.text(spec, "group");
        String plural = Tree.text(spec, "names", "plural");
        String name = Tree.text(definition, "metadata", "name");
        if (!plural.isEmpty() && !group.isEmpty() && !name.equals(plural + "." + group)) {
            errors.add(FieldError.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
        }
        require(spec, "spec", errors, "group", "scope");
        checkVersions(spec, errors);
        require(Tree.mapAt(spec, "names"), "spec.names", errors, "plural", "singular", "kind", "listKind");
    }

    static void checkStoredVersions(Map<String, Object> definition, List<FieldError> errors) {
        List<String> versions = Tree.mapsAt(definition, "spec", "versions").stream()
                .map(version -> Tree.text(version, "name"))
                .toList();
        List<String> stored = Tree.textsAt(definition, "status", "storedVersions");
        for (int i = 0; i < stored.size(); i++) {
            String version = stored.get(i);
            if (!versions.contains(version)) {
                errors.add(FieldError.invalid(
                        "status.storedVersions[" + i + "]",
                        version,
                        "missing from spec.versions; " + version + " was previously a storage version, and must remain"
                                + " in spec.versions until a storage migration ensures no data remains persisted in "
                                + version + " and removes " + version + " from status.storedVersions"));
            }
        }
    }

    private static void require(Map<String, Object> map, String path, List<FieldError> errors, String... fields) {
        for (String field : fields) {
            if (Tree.text(map, field).isEmpty()) {
                errors.add(FieldError.required(path + "." + field, ""));
            }
        }
    }

    private static void checkVersions(Map<String, Object> spec, List<FieldError> errors) {
        List<Map<String, Object>> versions = Tree.mapsAt(spec, "versions");
        long stored = versions.stream()
                .filter(version -> Boolean.TRUE.equals(version.get("storage")))
                .count();
        if (stored != 1) {
            errors.add(FieldError.invalid(
                    "spec.versions", spec.get("versions"), "must have exactly one version marked as storage version"));
        }
        for (int i = 0; i < versions.size(); i++) {
            Map<String, Object> schema = Tree.mapAt(versions.get(i), "schema", "openAPIV3Schema");
            if (schema.isEmpty()) {
                errors.add(
                        FieldError.required("spec.versions[" + i + "].schema.openAPIV3Schema", "schemas are required"));
            }
        }
    }
}
