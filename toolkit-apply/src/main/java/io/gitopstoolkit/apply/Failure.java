package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNullElse;

import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failure on its way to the one who knows what was done before it, and throws {@link ApplyException}. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
final class Failure extends RuntimeException {
    private final Reason why;
    private final @Nullable Duration retryAfter;
    private final Map<ObjectRef, Health> unhealthy;

    Failure(Reason why, String message) {
        this(why, message, null, null);
    }

    Failure(Reason why, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.why = why;
        this.retryAfter = retryAfter;
        this.unhealthy = Map.of();
    }

    private Failure(String message, Map<ObjectRef, Health> unhealthy) {
        super(message);
        this.why = Reason.NOT_HEALTHY;
        this.retryAfter = null;
        this.unhealthy = unhealthy;
    }

    static Failure notHealthy(String message, Map<ObjectRef, Health> unhealthy) {
        return new Failure(message, unhealthy);
    }

    /** One failure for several objects that were refused, one or more. */
    static Failure all(List<Failure> refused) {
        Failure first = refused.get(0);
        if (refused.size() == 1) {
            return first;
        }
        List<String> each = refused.stream().map(Failure::message).toList();
        var failure = new Failure(
                first.why(),
                refused.size() + " objects were refused: "
                        + String.join("; ", each.subList(0, Math.min(10, each.size()))),
                first,
                null);
        refused.subList(1, refused.size()).forEach(failure::addSuppressed);
        return failure;
    }

    static Failure of(DeadlineException e) {
        Reason why = e.why() == DeadlineException.Reason.TIMEOUT ? Reason.TIMEOUT : Reason.CANCELED;
        return new Failure(why, requireNonNullElse(e.getMessage(), why.name()), e, null);
    }

    Reason why() {
        return why;
    }

    String message() {
        return requireNonNullElse(getMessage(), why.name());
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    Map<ObjectRef, Health> unhealthy() {
        return unhealthy;
    }

    /** Whether the request for another object may fare better. */
    boolean isAboutOneObject() {
        return switch (why) {
            case UNREACHABLE, UNAUTHENTICATED, OVERLOADED, SERVER_ERROR, TIMEOUT, CANCELED -> false;
            default -> true;
        };
    }

    ApplyException after(ChangeSet done) {
        var exception = new ApplyException(this, done);
        for (Throwable other : getSuppressed()) {
            exception.addSuppressed(other);
        }
        return exception;
    }
}
