package io.gitopstoolkit.testkit.internal.schema;

import io.gitopstoolkit.testkit.internal.json.Json;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a schema, or of schemas, that is broken.
 *
 * @param reason such as {@code FieldValueInvalid}
 * @param field such as {@code spec.ports[0].name}; {@code <nil>} for the object itself
 * @param message such as {@code Invalid value: "x": must be ...}
 */
public record Violation(String reason, String field, String message) {
    /** How the object itself is named. */
    public static final String ROOT = "<nil>";

    /** A value that is not allowed. */
    public static Violation invalid(String field, @Nullable Object value, String detail) {
        return new Violation("FieldValueInvalid", named(field), "Invalid value: " + Json.print(value) + ": " + detail);
    }

    /** A value that is not allowed, and too large to show. */
    public static Violation invalid(String field, String detail) {
        return new Violation("FieldValueInvalid", named(field), "Invalid value: " + detail);
    }

    /** A value of the wrong type. */
    public static Violation wrongType(String field, @Nullable Object value, String detail) {
        return new Violation(
                "FieldValueTypeInvalid", named(field), "Invalid value: " + Json.print(value) + ": " + detail);
    }

    /** A field that must be there. */
    public static Violation required(String field, String detail) {
        return new Violation(
                "FieldValueRequired", named(field), "Required value" + (detail.isEmpty() ? "" : ": " + detail));
    }

    /** A field that must not be there. */
    public static Violation forbidden(String field, String detail) {
        return new Violation("FieldValueForbidden", named(field), "Forbidden: " + detail);
    }

    /** A value that is there twice. */
    public static Violation duplicate(String field, @Nullable Object value) {
        return new Violation("FieldValueDuplicate", named(field), "Duplicate value: " + Json.print(value));
    }

    /** A value that is none of those allowed. */
    public static Violation unsupported(String field, @Nullable Object value, Collection<String> supported) {
        List<String> quoted = supported.stream().map(Json::print).toList();
        return new Violation(
                "FieldValueNotSupported",
                named(field),
                "Unsupported value: " + Json.print(value) + ": supported values: " + String.join(", ", quoted));
    }

    /** More items than allowed. */
    public static Violation tooMany(String field, long actual, long most) {
        return new Violation(
                "FieldValueTooMany",
                named(field),
                "Too many: " + actual + ": must have at most " + most + (most == 1 ? " item" : " items"));
    }

    /** More characters than allowed. */
    public static Violation tooLong(String field, long most) {
        return new Violation(
                "FieldValueTooLong",
                named(field),
                "Too long: may not be more than " + most + (most == 1 ? " byte" : " bytes"));
    }

    /** What the server itself failed at. */
    public static Violation internal(String field, String detail) {
        return new Violation("InternalError", named(field), "Internal error: " + detail);
    }

    private static String named(String field) {
        return field.isEmpty() ? ROOT : field;
    }

    /** Whether rules in expressions are not looked at beside it. */
    public boolean isBlocking() {
        return switch (reason) {
            case "FieldValueNotSupported",
                    "FieldValueRequired",
                    "FieldValueTooLong",
                    "FieldValueTooMany",
                    "FieldValueTypeInvalid" -> true;
            default -> false;
        };
    }
}
