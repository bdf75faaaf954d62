package io.gitopstoolkit.testkit.internal.definition;

import io.gitopstoolkit.testkit.internal.cel.CelSupport;
import io.gitopstoolkit.testkit.internal.cel.CompiledRule;
import io.gitopstoolkit.testkit.internal.cel.FieldPath;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.List;
import java.util.Map;

/** What the rules of {@code x-kubernetes-validations} must be like. */
final class ExpressionChecks {
    private static final String RULES = ".x-kubernetes-validations";
    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

    private ExpressionChecks() {}

    static void checkForm(Map<String, Object> schema, String path, List<Violation> errors) {
        List<Map<String, Object>> rules = Tree.mapsAt(schema, "x-kubernetes-validations");
        for (int i = 0; i < rules.size(); i++) {
            String at = Paths.item(path + RULES, i);
            checkTexts(rules.get(i), at, errors);
            checkFieldPath(rules.get(i), at, schema, errors);
            String reason = Tree.text(rules.get(i), "reason");
            if (!reason.isEmpty() && !REASONS.contains(reason)) {
                errors.add(Violation.unsupported(at + ".reason", reason, REASONS));
            }
        }
    }

    private static void checkTexts(Map<String, Object> rule, String at, List<Violation> errors) {
        String text = Tree.text(rule, "rule").trim();
        String message = Tree.text(rule, "message");
        if (text.isEmpty()) {
            errors.add(Violation.required(at + ".rule", "rule is not specified"));
        } else if (!message.isEmpty() && message.isBlank()) {
            errors.add(Violation.invalid(at + ".message", message, "must be non-empty if specified"));
        } else if (hasNewlines(message.trim())) {
            errors.add(Violation.invalid(at + ".message", message, "must not contain line breaks"));
        } else if (hasNewlines(text) && message.isBlank()) {
            errors.add(Violation.required(at + ".message", "message must be specified if rule contains line breaks"));
        }
        String expression = Tree.text(rule, "messageExpression");
        if (!expression.isEmpty() && expression.isBlank()) {
            errors.add(
                    Violation.required(at + ".messageExpression", "messageExpression must be non-empty if specified"));
        }
    }

    private static void checkFieldPath(
            Map<String, Object> rule, String at, Map<String, Object> schema, List<Violation> errors) {
        String fieldPath = Tree.text(rule, "fieldPath");
        if (fieldPath.isEmpty()) {
            return;
        }
        if (fieldPath.isBlank()) {
            errors.add(Violation.invalid(at + ".fieldPath", fieldPath, "must be non-empty if specified"));
        }
        if (hasNewlines(fieldPath)) {
            errors.add(Violation.invalid(at + ".fieldPath", fieldPath, "must not contain line breaks"));
        }
        if (FieldPath.find(fieldPath, schema) == null) {
            errors.add(Violation.invalid(at + ".fieldPath", fieldPath, "must be a valid path"));
        }
    }

    private static boolean hasNewlines(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    static void compile(
            Map<String, Object> schema, String path, String uncorrelated, boolean isResource, List<Violation> errors) {
        boolean hasRules = !Tree.mapsAt(schema, "x-kubernetes-validations").isEmpty();
        if (!hasRules || !CelSupport.isPresent()) {
            return;
        }
        List<CompiledRule> rules = CompiledRule.ofSchema(schema, isResource);
        for (int i = 0; i < rules.size(); i++) {
            CompiledRule rule = rules.get(i);
            String at = Paths.item(path + RULES, i);
            if (!rule.error().isEmpty()) {
                errors.add(broken(at + ".rule", rule, rule.error()));
            }
            if (!rule.messageError().isEmpty()) {
                errors.add(broken(at + ".messageExpression", rule, rule.messageError()));
            }
            Object optional = rule.definition().get("optionalOldSelf");
            if (rule.usesOldSelf() && !uncorrelated.isEmpty()) {
                errors.add(Violation.invalid(
                        at + ".rule",
                        Tree.text(rule.definition(), "rule"),
                        "oldSelf cannot be used on the uncorrelatable portion of the schema within " + uncorrelated));
            } else if (!rule.usesOldSelf() && optional != null) {
                errors.add(Violation.invalid(
                        at + ".optionalOldSelf", optional, "may not be set if oldSelf is not used in rule"));
            }
        }
    }

    /** The real server shows the rule as the struct that it is in its memory. */
    private static Violation broken(String path, CompiledRule rule, String detail) {
        Map<String, Object> definition = rule.definition();
        Map<String, Object> shown = Tree.of(
                "Rule",
                Tree.text(definition, "rule"),
                "Message",
                Tree.text(definition, "message"),
                "MessageExpression",
                Tree.text(definition, "messageExpression"),
                "Reason",
                definition.get("reason"),
                "FieldPath",
                Tree.text(definition, "fieldPath"),
                "OptionalOldSelf",
                definition.get("optionalOldSelf"));
        String json = Json.print(shown)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
        return Violation.invalid(path, json + ": " + detail);
    }
}
