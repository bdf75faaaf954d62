package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.cel.FieldPath;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one version of a definition must be like, beside its schema. */
final class VersionChecks {
    private static final List<String> COLUMN_TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> COLUMN_FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
    private static final int MOST_SELECTABLE = 8;

    private VersionChecks() {}

    static void checkDeprecation(Map<String, Object> version, String path, List<Violation> errors) {
        Object warning = version.get("deprecationWarning");
        if (!(warning instanceof String text)) {
            return;
        }
        String field = path + ".deprecationWarning";
        if (!Boolean.TRUE.equals(version.get("deprecated"))) {
            errors.add(Violation.invalid(field, text, "can only be set for deprecated versions"));
            return;
        }
        if (text.length() > 256) {
            errors.add(Violation.invalid(field, text, "must be <= 256 characters long"));
        }
        if (text.isEmpty()) {
            errors.add(Violation.invalid(field, text, "must not be an empty string"));
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                errors.add(Violation.invalid(
                        field,
                        text,
                        "must only contain printable UTF-8 characters; non-printable character found at index " + i));
                return;
            }
        }
    }

    static void checkSubresources(Map<String, Object> version, String path, List<Violation> errors) {
        Map<String, Object> scale = Tree.map(Tree.at(version, "subresources", "scale"));
        if (scale == null) {
            return;
        }
        for (String part : List.of("spec", "status")) {
            String field = part + "ReplicasPath";
            String value = Tree.text(scale, field);
            String at = path + ".scale." + field;
            if (value.isEmpty()) {
                errors.add(Violation.required(at, ""));
            } else if (value.charAt(0) != '.') {
                errors.add(Violation.invalid(at, value, "must be a simple json path starting with ."));
            } else if (!value.startsWith("." + part + ".")) {
                errors.add(Violation.invalid(at, value, "should be a json path under ." + part));
            }
        }
        String selector = Tree.text(scale, "labelSelectorPath");
        if (!selector.isEmpty() && !selector.startsWith(".spec.") && !selector.startsWith(".status.")) {
            errors.add(Violation.invalid(
                    path + ".scale.labelSelectorPath",
                    selector,
                    "should be a json path under either .spec or .status"));
        }
    }

    static void checkColumns(Map<String, Object> version, String path, List<Violation> errors) {
        List<Map<String, Object>> columns = Tree.mapsAt(version, "additionalPrinterColumns");
        for (int i = 0; i < columns.size(); i++) {
            String at = Paths.item(path + ".additionalPrinterColumns", i);
            String type = Tree.text(columns.get(i), "type");
            String format = Tree.text(columns.get(i), "format");
            String jsonPath = Tree.text(columns.get(i), "jsonPath");
            if (Tree.text(columns.get(i), "name").isEmpty()) {
                errors.add(Violation.required(at + ".name", ""));
            }
            String types = "must be one of " + String.join(",", COLUMN_TYPES);
            if (type.isEmpty()) {
                errors.add(Violation.required(at + ".type", types));
            } else if (!COLUMN_TYPES.contains(type)) {
                errors.add(Violation.invalid(at + ".type", type, types));
            }
            if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
                errors.add(Violation.invalid(
                        at + ".format", format, "must be one of " + String.join(",", COLUMN_FORMATS)));
            }
            if (jsonPath.isEmpty()) {
                errors.add(Violation.required(at + ".JSONPath", ""));
            } else if (jsonPath.charAt(0) != '.') {
                errors.add(Violation.invalid(at + ".JSONPath", jsonPath, "must be a simple json path starting with ."));
            }
        }
    }

    static void checkSelectableFields(Map<String, Object> version, String path, List<Violation> errors) {
        List<Map<String, Object>> fields = Tree.mapsAt(version, "selectableFields");
        Map<String, Object> schema = Tree.mapAt(version, "schema", "openAPIV3Schema");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            String at = Paths.item(path + ".selectableFields", i) + ".jsonPath";
            String jsonPath = Tree.text(fields.get(i), "jsonPath");
            if (jsonPath.isEmpty()) {
                errors.add(Violation.required(at, ""));
                continue;
            }
            FieldPath.Target target = jsonPath.indexOf('[') < 0 ? FieldPath.find(jsonPath, schema) : null;
            if (target == null) {
                errors.add(Violation.invalid(at, jsonPath, "is an invalid path: " + whyInvalid(jsonPath)));
                continue;
            }
            if (target.path().equals("metadata") || target.path().startsWith("metadata.")) {
                errors.add(Violation.invalid(at, jsonPath, "must not point to fields in metadata"));
            }
            if (!Set.of("string", "boolean", "integer").contains(Tree.text(target.schema(), "type"))) {
                errors.add(Violation.invalid(
                        at,
                        jsonPath,
                        "must point to a field of type string, boolean or integer. Enum string fields and strings with"
                                + " formats are allowed."));
            }
            if (!seen.add(target.path())) {
                errors.add(Violation.duplicate(at, jsonPath));
            }
        }
        if (seen.size() > MOST_SELECTABLE) {
            errors.add(Violation.tooMany(path + ".selectableFields", seen.size(), MOST_SELECTABLE));
        }
    }

    private static String whyInvalid(String jsonPath) {
        if (jsonPath.indexOf('[') >= 0) {
            return "array notation is not allowed";
        }
        return jsonPath.startsWith(".")
                ? "does not refer to a valid field"
                : "expected [ or . but got: "
                        + jsonPath.substring(0, jsonPath.indexOf('.') < 0 ? jsonPath.length() : jsonPath.indexOf('.'));
    }
}
