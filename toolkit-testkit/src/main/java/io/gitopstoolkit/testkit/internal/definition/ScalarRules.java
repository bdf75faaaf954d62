package io.gitopstoolkit.testkit.internal.definition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Rules for texts and numbers. */
final class ScalarRules {
    private ScalarRules() {}

    static void checkText(Map<String, Object> schema, String text, String path, List<Violation> errors) {
        long length = text.codePointCount(0, text.length());
        long most = Tree.number(schema, Long.MAX_VALUE, "maxLength");
        if (length > most) {
            errors.add(Violation.tooLong(path, most));
        }
        if (length < Tree.number(schema, 0, "minLength")) {
            errors.add(Violation.invalid(
                    path, text, path + " in body should be at least " + schema.get("minLength") + " chars long"));
        }
        String pattern = Tree.text(schema, "pattern");
        if (!pattern.isEmpty() && !matches(pattern, text)) {
            errors.add(Violation.invalid(path, text, path + " in body should match '" + pattern + "'"));
        }
        String format = Tree.text(schema, "format");
        boolean isText = Tree.text(schema, "type").equals("string")
                || Tree.text(schema, "type").isEmpty();
        if (isText && !Formats.fits(format, text)) {
            errors.add(Violation.wrongType(
                    path, text, path + " in body must be of type " + format + ": " + Json.print(text)));
        }
    }

    private static boolean matches(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    static void checkNumber(Map<String, Object> schema, Number number, String path, List<Violation> errors) {
        BigDecimal value = decimal(number);
        if (schema.get("multipleOf") instanceof Number factor
                && decimal(factor).signum() != 0
                && value.remainder(decimal(factor)).signum() != 0) {
            errors.add(
                    Violation.invalid(path, number, path + " in body should be a multiple of " + Json.print(factor)));
        }
        if (schema.get("maximum") instanceof Number most) {
            boolean exclusive = Boolean.TRUE.equals(schema.get("exclusiveMaximum"));
            int order = value.compareTo(decimal(most));
            if (order > 0 || (exclusive && order == 0)) {
                String bound = exclusive ? "less than " : "less than or equal to ";
                errors.add(Violation.invalid(path, number, path + " in body should be " + bound + Json.print(most)));
            }
        }
        if (schema.get("minimum") instanceof Number least) {
            boolean exclusive = Boolean.TRUE.equals(schema.get("exclusiveMinimum"));
            int order = value.compareTo(decimal(least));
            if (order < 0 || (exclusive && order == 0)) {
                String bound = exclusive ? "greater than " : "greater than or equal to ";
                errors.add(Violation.invalid(path, number, path + " in body should be " + bound + Json.print(least)));
            }
        }
        checkWidth(schema, value, path, errors);
    }

    private static void checkWidth(Map<String, Object> schema, BigDecimal value, String path, List<Violation> errors) {
        boolean isNarrow = Tree.text(schema, "type").equals("integer")
                && Tree.text(schema, "format").equals("int32");
        boolean fits = value.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) >= 0
                && value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
        if (isNarrow && !fits) {
            errors.add(Violation.invalid(
                    path, value, "Checked value must be of type integer with format int32 in " + path));
        }
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }
}
