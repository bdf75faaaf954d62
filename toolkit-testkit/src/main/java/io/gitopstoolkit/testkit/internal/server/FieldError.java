package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rule that an object breaks.
 *
 * @param reason such as {@code FieldValueInvalid}
 * @param field such as {@code spec.ports[0].name}
 * @param message such as {@code Invalid value: "x": must be ...}
 */
record FieldError(String reason, String field, String message) {
    static FieldError required(String field, String detail) {
        return new FieldError("FieldValueRequired", field, "Required value" + (detail.isEmpty() ? "" : ": " + detail));
    }

    static FieldError invalid(String field, @Nullable Object value, String detail) {
        return new FieldError("FieldValueInvalid", field, "Invalid value: " + display(value) + ": " + detail);
    }

    static FieldError immutable(String field, @Nullable Object value) {
        return invalid(field, value, "field is immutable");
    }

    static FieldError forbidden(String field, String detail) {
        return new FieldError("FieldValueForbidden", field, "Forbidden: " + detail);
    }

    static FieldError duplicate(String field, @Nullable Object value) {
        return new FieldError("FieldValueDuplicate", field, "Duplicate value: " + display(value));
    }

    static FieldError notFound(String field, @Nullable Object value) {
        return new FieldError("FieldValueNotFound", field, "Not found: " + display(value));
    }

    static FieldError unsupported(String field, @Nullable Object value, Collection<String> supported) {
        List<String> quoted = supported.stream().map(Json::print).toList();
        return new FieldError(
                "FieldValueNotSupported",
                field,
                "Unsupported value: " + display(value) + ": supported values: " + String.join(", ", quoted));
    }

    private static String display(@Nullable Object value) {
        return value == null ? "null" : Json.print(value);
    }

    Map<String, Object> toTree() {
        return Tree.of("reason", reason, "message", message, "field", field);
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
