package io.gitopstoolkit.notify;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.ToolkitException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event did not arrive. The message names the sink by the scheme, host and port of its address, never by its path
 * or a token.
 */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class NotifyException extends ToolkitException {
    /** Why an event did not arrive. */
    public enum Reason {
        /** There is no connection to the receiver, or it broke. */
        UNREACHABLE("Unreachable", Retry.BACK_OFF),
        /** The receiver took longer to answer than one request may take. */
        NO_ANSWER("NoAnswer", Retry.BACK_OFF),
        /** The receiver's certificate is not trusted. */
        UNTRUSTED("CertificateNotTrusted", Retry.NEVER),
        /** The receiver does not accept the token, signature or password. */
        UNAUTHORIZED("AuthenticationFailed", Retry.NEVER),
        /** The receiver does not know the address or the channel. */
        NOT_FOUND("ReceiverNotFound", Retry.NEVER),
        /** The receiver does not take this event, as it is. */
        REJECTED("Rejected", Retry.NEVER),
        /** The receiver takes no more events for now; {@link #retryAfter} says how long, where it does. */
        RATE_LIMITED("RateLimited", Retry.BACK_OFF),
        /** The receiver failed. */
        RECEIVER_FAILED("ReceiverFailed", Retry.BACK_OFF),
        /** At least one sink of a {@link Dispatcher} failed; the failures are the suppressed exceptions. */
        DISPATCH_FAILED("NotificationDispatchFailed", Retry.BACK_OFF);

        private final String text;
        private final Retry retry;

        Reason(String text, Retry retry) {
            this.text = text;
            this.retry = retry;
        }

        Retry retry() {
            return retry;
        }
    }

    private final Reason why;

    NotifyException(Reason why, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        this(why, why.retry, message, cause, retryAfter);
    }

    NotifyException(Reason why, Retry retry, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(requireNonNull(why, "why").text, retry, message, cause, retryAfter);
        this.why = why;
    }

    /** Why it did not arrive. */
    public Reason why() {
        return why;
    }
}
