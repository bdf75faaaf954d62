package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something could not be done. Each block has one subclass, with an enum of its reasons.
 *
 * <p>The message is one sentence that says what failed, where, and what to do about it. It holds no secret.
 */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public abstract class ToolkitException extends RuntimeException {
    private final String reason;
    private final Retry retry;
    private final @Nullable Duration retryAfter;

    /**
     * For a failure that names no time after which to try again.
     *
     * @param reason one CamelCase word, fit for a condition's reason and a metric's tag
     * @param retry whether doing the same again can help
     * @param message one sentence, without secrets
     * @param cause what failed underneath, or null
     */
    protected ToolkitException(String reason, Retry retry, String message, @Nullable Throwable cause) {
        this(reason, retry, message, cause, null);
    }

    /**
     * For a failure that names the time after which to try again, such as an answer with {@code Retry-After}.
     *
     * @param reason one CamelCase word, fit for a condition's reason and a metric's tag
     * @param retry whether doing the same again can help
     * @param message one sentence, without secrets
     * @param cause what failed underneath, or null
     * @param retryAfter the time that the other side asked to wait, or null
     */
    protected ToolkitException(
            String reason, Retry retry, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(requireNonNull(message, "message"), cause);
        this.reason = requireNonNull(reason, "reason");
        this.retry = requireNonNull(retry, "retry");
        this.retryAfter = retryAfter;
    }

    /** Why, as one CamelCase word that does not change between releases, such as {@code AuthenticationFailed}. */
    public final String reason() {
        return reason;
    }

    /** Whether doing the same again can help. */
    public final Retry retry() {
        return retry;
    }

    /** The time that the other side asked to wait, where it did. */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
