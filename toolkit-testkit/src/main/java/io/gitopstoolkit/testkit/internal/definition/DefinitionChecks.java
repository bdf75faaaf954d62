package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a custom resource definition must be like.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/">
 *     Kubernetes: CustomResourceDefinition</a>
 */
public final class DefinitionChecks {
    private static final String SCHEMA = "schema.openAPIV3Schema";

    private final List<Violation> errors = new ArrayList<>();

    private DefinitionChecks() {}

    /** What a definition breaks, whether it is new or changed; its name and what was before aside. */
    public static List<Violation> check(Map<String, Object> definition) {
        var checks = new DefinitionChecks();
        Map<String, Object> spec = Tree.mapAt(definition, "spec");
        checks.checkSpec(spec);
        checks.checkApproval(definition, spec);
        if (Boolean.TRUE.equals(spec.get("preserveUnknownFields"))) {
            checks.errors.add(Violation.invalid(
                    "spec.preserveUnknownFields",
                    true,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                            + " spec.versions[*].schema instead"));
        }
        return checks.errors;
    }

    private void checkSpec(Map<String, Object> spec) {
        String group = Tree.text(spec, "group");
        if (group.isEmpty()) {
            errors.add(Violation.required("spec.group", ""));
        } else if (!DnsNames.isSubdomain(group)) {
            errors.add(Violation.invalid("spec.group", group, DnsNames.SUBDOMAIN_MESSAGE));
        } else if (group.indexOf('.') < 0) {
            errors.add(Violation.invalid("spec.group", group, "should be a domain with at least one dot"));
        }
        String scope = Tree.text(spec, "scope");
        List<String> scopes = List.of("Cluster", "Namespaced");
        if (scope.isEmpty()) {
            errors.add(Violation.required("spec.scope", ""));
        } else if (!scopes.contains(scope)) {
            errors.add(Violation.unsupported("spec.scope", scope, scopes));
        }
        checkVersions(spec);
        checkNames(Tree.mapAt(spec, "names"));
        checkConversion(Tree.mapAt(spec, "conversion"));
    }

    private void checkVersions(Map<String, Object> spec) {
        List<Map<String, Object>> versions = Tree.mapsAt(spec, "versions");
        for (int i = 0; i < versions.size(); i++) {
            if (Tree.map(Tree.at(versions.get(i), "schema", "openAPIV3Schema")) == null) {
                errors.add(Violation.required(Paths.item("spec.versions", i) + "." + SCHEMA, "schemas are required"));
            }
        }
        boolean oneSchema = areSame(versions, "schema");
        boolean oneSet = areSame(versions, "subresources");
        boolean oneColumns = areSame(versions, "additionalPrinterColumns");
        boolean oneSelection = areSame(versions, "selectableFields");
        for (int i = 0; i < versions.size(); i++) {
            String path = Paths.item("spec.versions", i);
            String name = Tree.text(versions.get(i), "name");
            if (!DnsNames.isLabel1035(name)) {
                errors.add(Violation.invalid(path + ".name", name, DnsNames.LABEL_1035_MESSAGE));
            }
            checkVersion(versions.get(i), path, oneSchema, oneSet);
            if (!oneColumns) {
                VersionChecks.checkColumns(versions.get(i), path, errors);
            }
            if (!oneSelection) {
                VersionChecks.checkSelectableFields(versions.get(i), path, errors);
            }
        }
        Set<String> names = new HashSet<>();
        if (!versions.stream().allMatch(version -> names.add(Tree.text(version, "name")))) {
            errors.add(Violation.invalid("spec.versions", spec.get("versions"), "must contain unique version names"));
        }
        long stored = versions.stream()
                .filter(version -> Boolean.TRUE.equals(version.get("storage")))
                .count();
        if (stored != 1) {
            errors.add(Violation.invalid(
                    "spec.versions", spec.get("versions"), "must have exactly one version marked as storage version"));
        }
        checkShared(versions, oneSchema, oneSet);
    }

    /** The real server takes together what all versions have in common, and blames that. */
    private void checkShared(List<Map<String, Object>> versions, boolean oneSchema, boolean oneSet) {
        if (versions.isEmpty()) {
            return;
        }
        Map<String, Object> first = versions.get(0);
        if (oneSchema) {
            checkSchema(first, "spec.validation.openAPIV3Schema");
        }
        if (oneSet) {
            VersionChecks.checkSubresources(first, "spec.subresources", errors);
        }
        if (areSame(versions, "additionalPrinterColumns")) {
            VersionChecks.checkColumns(first, "spec", errors);
        }
        if (areSame(versions, "selectableFields")) {
            VersionChecks.checkSelectableFields(first, "spec", errors);
        }
    }

    private static boolean areSame(List<Map<String, Object>> versions, String field) {
        return versions.stream()
                .allMatch(version -> version.get(field) != null
                        && Values.equal(version.get(field), versions.get(0).get(field)));
    }

    private void checkVersion(Map<String, Object> version, String path, boolean oneSchema, boolean oneSet) {
        VersionChecks.checkDeprecation(version, path, errors);
        if (!oneSchema) {
            checkSchema(version, path + "." + SCHEMA);
        }
        if (!oneSet) {
            VersionChecks.checkSubresources(version, path + ".subresources", errors);
        }
    }

    private void checkSchema(Map<String, Object> version, String path) {
        Map<String, Object> schema = Tree.map(Tree.at(version, "schema", "openAPIV3Schema"));
        if (schema != null) {
            if (Boolean.TRUE.equals(schema.get("nullable"))) {
                errors.add(Violation.forbidden(path + ".nullable", "nullable cannot be true at the root"));
            }
            errors.addAll(SchemaChecks.check(schema, path));
        }
    }

    private void checkNames(Map<String, Object> names) {
        for (String field : List.of("plural", "singular", "kind", "listKind")) {
            if (Tree.text(names, field).isEmpty()) {
                errors.add(Violation.required("spec.names." + field, ""));
            }
        }
        for (String field : List.of("plural", "singular")) {
            checkLabel("spec.names." + field, Tree.text(names, field), "");
        }
        String kind = Tree.text(names, "kind");
        String listKind = Tree.text(names, "listKind");
        checkLabel("spec.names.kind", kind, "may have mixed case, but should otherwise match: ");
        checkLabel("spec.names.listKind", listKind, "may have mixed case, but should otherwise match: ");
        checkLabels("spec.names.shortNames", Tree.textsAt(names, "shortNames"));
        if (!kind.isEmpty() && kind.equals(listKind)) {
            errors.add(Violation.invalid("spec.names.listKind", listKind, "kind and listKind may not be the same"));
        }
        checkLabels("spec.names.categories", Tree.textsAt(names, "categories"));
    }

    private void checkLabels(String path, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            checkLabel(Paths.item(path, i), names.get(i), "");
        }
    }

    private void checkLabel(String path, String name, String prefix) {
        String compared = prefix.isEmpty() ? name : name.toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && !DnsNames.isLabel1035(compared)) {
            errors.add(Violation.invalid(path, name, prefix + DnsNames.LABEL_1035_MESSAGE));
        }
    }

    private void checkConversion(Map<String, Object> conversion) {
        String strategy = Tree.text(conversion, "strategy");
        List<String> strategies = List.of("None", "Webhook");
        if (!strategy.isEmpty() && !strategies.contains(strategy)) {
            errors.add(Violation.unsupported("spec.conversion.strategy", strategy, strategies));
        }
        if (strategy.equals("None") && conversion.get("webhook") != null) {
            errors.add(Violation.forbidden(
                    "spec.conversion.webhookClientConfig", "should not be set when strategy is not set to Webhook"));
        }
    }

    /** Groups of the Kubernetes project need its approval. */
    private void checkApproval(Map<String, Object> definition, Map<String, Object> spec) {
        String group = Tree.text(spec, "group");
        boolean isProtected = group.equals("k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".k8s.io")
                || group.endsWith(".kubernetes.io");
        String annotation = "api-approved.kubernetes.io";
        @Nullable Object approval = Tree.at(definition, "metadata", "annotations", annotation);
        String path = Paths.key("metadata.annotations", annotation);
        if (isProtected && approval == null) {
            errors.add(Violation.required(
                    path,
                    "protected groups must have approval annotation \"" + annotation
                            + "\", see https://github.com/kubernetes/enhancements/pull/1111"));
        } else if (isProtected
                && approval instanceof String text
                && !text.startsWith("unapproved")
                && !text.matches("https?://.+")) {
            errors.add(Violation.invalid(
                    path,
                    text,
                    "protected groups must have approval annotation \"" + annotation
                            + "\" with either a URL or a reason starting with \"unapproved\", see"
                            + " https://github.com/kubernetes/enhancements/pull/1111"));
        }
    }

    /** What a change of a definition breaks beside. */
    public static List<Violation> checkUpdate(Map<String, Object> live, Map<String, Object> definition) {
        var errors = new ArrayList<Violation>();
        boolean isEstablished = Tree.mapsAt(live, "status", "conditions").stream()
                .anyMatch(condition -> Tree.text(condition, "type").equals("Established")
                        && Tree.text(condition, "status").equals("True"));
        if (isEstablished) {
            requireSame(live, definition, errors, "spec", "scope");
            requireSame(live, definition, errors, "spec", "names", "kind");
        }
        requireSame(live, definition, errors, "spec", "group");
        requireSame(live, definition, errors, "spec", "names", "plural");
        errors.addAll(checkStoredVersions(definition));
        return errors;
    }

    /** Whether a new definition is named after its resource. */
    public static List<Violation> checkName(Map<String, Object> definition) {
        String name = Tree.text(definition, "metadata", "name");
        String wanted = Tree.text(definition, "spec", "names", "plural") + "." + Tree.text(definition, "spec", "group");
        return name.equals(wanted)
                ? List.of()
                : List.of(Violation.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
    }

    private static void requireSame(
            Map<String, Object> live, Map<String, Object> definition, List<Violation> errors, String... path) {
        if (!Values.equal(Tree.at(live, path), Tree.at(definition, path))) {
            errors.add(Violation.invalid(String.join(".", path), Tree.text(definition, path), "field is immutable"));
        }
    }

    /** What the versions of a definition break of what its status says of stored objects. */
    private static List<Violation> checkStoredVersions(Map<String, Object> definition) {
        var errors = new ArrayList<Violation>();
        List<String> versions = Tree.mapsAt(definition, "spec", "versions").stream()
                .map(version -> Tree.text(version, "name"))
                .toList();
        List<String> stored = Tree.textsAt(definition, "status", "storedVersions");
        for (int i = 0; i < stored.size(); i++) {
            String version = stored.get(i);
            if (!versions.contains(version)) {
                errors.add(Violation.invalid(
                        Paths.item("status.storedVersions", i),
                        version,
                        "missing from spec.versions; " + version + " was previously a storage version, and must remain"
                                + " in spec.versions until a storage migration ensures no data remains persisted in "
                                + version + " and removes " + version + " from status.storedVersions"));
            }
        }
        return errors;
    }
}
