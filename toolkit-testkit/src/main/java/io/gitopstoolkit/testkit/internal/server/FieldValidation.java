package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import java.util.List;

/** What happens to fields that the kind does not have: refused, warned of, or dropped in silence. */
final class FieldValidation {
    private FieldValidation() {}

    /** The warnings; refuses where the request is strict. */
    static List<String> check(ApiRequest request, List<String> unknown) {
        List<String> messages = unknown.stream()
                .map(field -> "unknown field " + Json.print(field))
                .toList();
        if (messages.isEmpty()) {
            return messages;
        }
        return switch (request.fieldValidation()) {
            case "Strict" ->
                throw ApiException.badRequest(request.resource().kind() + " in version \""
                        + request.resource().version() + "\" cannot be handled as a "
                        + request.resource().kind() + ": strict decoding error: " + String.join(", ", messages));
            case "Ignore" -> List.of();
            default -> messages;
        };
    }
}
