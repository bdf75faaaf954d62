package io.gitopstoolkit.apply.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API server refused a request, or could not be asked. The message is the server's own, and may hold what the
 * request held.
 */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class ApiException extends RuntimeException {
    /** The status of a request that got no answer. */
    public static final int NO_ANSWER = 0;

    private final int status;
    private final Map<String, @Nullable Object> body;
    private final @Nullable Duration retryAfter;

    private ApiException(
            int status,
            String message,
            Map<String, @Nullable Object> body,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    /** No answer came. */
    static ApiException unreachable(String message, @Nullable Throwable cause) {
        return new ApiException(NO_ANSWER, message, Map.of(), null, cause);
    }

    /** The server answered with an error. */
    static ApiException refused(Answer answer, @Nullable Duration retryAfter) {
        String message = Tree.text(answer.body(), "", "message");
        return new ApiException(
                answer.status(),
                message.isEmpty() ? "HTTP status " + answer.status() : message,
                answer.body(),
                retryAfter,
                null);
    }

    /** One field that the server refuses. */
    public record FieldCause(String field, String reason, String message) {}

    /** The HTTP status, or {@link #NO_ANSWER}. */
    public int status() {
        return status;
    }

    /** The word of Kubernetes for the error, such as {@code Invalid}; empty where the answer has none. */
    public String word() {
        return Tree.text(body, "", "reason");
    }

    /** The plural name of the kind that the error is about, such as {@code namespaces}; empty where it has none. */
    public String aboutKind() {
        return Tree.text(body, "", "details", "kind");
    }

    /** The name of the object that the error is about; empty where it has none. */
    public String aboutName() {
        return Tree.text(body, "", "details", "name");
    }

    /** The fields that the server refuses, in its order. */
    public List<FieldCause> fields() {
        return Tree.maps(body, "details", "causes").stream()
                .map(cause -> new FieldCause(
                        Tree.text(cause, "", "field"), Tree.text(cause, "", "reason"), Tree.text(cause, "", "message")))
                .toList();
    }

    /** The time that the server asked to wait, where it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
