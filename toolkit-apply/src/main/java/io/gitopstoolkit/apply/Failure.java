package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNullElse;

import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.ObjectFailure;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A failure on its way to the one who knows what was done before it, and throws {@link ApplyException}. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
final class Failure extends RuntimeException {
    private final Reason why;
    private final @Nullable Duration retryAfter;
    private final Map<ObjectRef, Health> unhealthy;
    private List<ObjectFailure> parts = List.of();
    private Explanation explanation = Explanation.NONE;

    Failure(Reason why, String message) {
        this(why, message, null, null);
    }

    Failure(Reason why, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.why = why;
        this.retryAfter = retryAfter;
        this.unhealthy = Map.of();
    }

    private Failure(Reason why, Map<ObjectRef, Health> unhealthy, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.why = why;
        this.retryAfter = null;
        this.unhealthy = unhealthy;
    }

    static Failure notHealthy(String message, Map<ObjectRef, Health> unhealthy) {
        var failure = new Failure(Reason.NOT_HEALTHY, unhealthy, message, null);
        failure.parts = unhealthy.entrySet().stream()
                .map(entry -> new ObjectFailure(
                        entry.getKey(), Reason.NOT_HEALTHY, entry.getValue().toString()))
                .toList();
        return failure;
    }

    /** A plan that does not fit any more, with what has happened to each object since. */
    static Failure outdated(String message, Map<ObjectRef, String> moved) {
        var failure = new Failure(Reason.PLAN_OUTDATED, message);
        failure.parts = moved.entrySet().stream()
                .map(entry -> new ObjectFailure(entry.getKey(), Reason.PLAN_OUTDATED, entry.getValue()))
                .toList();
        return failure;
    }

    /** This failure with what explains it. */
    Failure because(Explanation found) {
        explanation = found;
        return this;
    }

    Explanation explanation() {
        return explanation;
    }

    /** This failure as that of one object, unless it is known whose it is. */
    Failure about(ObjectRef ref) {
        if (parts.isEmpty() && isAboutOneObject()) {
            parts = List.of(new ObjectFailure(ref, why, message()));
        }
        return this;
    }

    /** The objects that failed, each once; empty where the failure is of none in particular. */
    List<ObjectFailure> parts() {
        return parts;
    }

    /** The objects that the user may not write, and that {@code before} does not hold: they are not there by the owner. */
    List<ObjectRef> neverWritten(Inventory before) {
        var known = Set.copyOf(before.refs());
        return parts.stream()
                .filter(part -> part.why() == Reason.FORBIDDEN && !known.contains(part.ref()))
                .map(ObjectFailure::ref)
                .toList();
    }

    /** One failure for several objects that failed, one or more; its reason is that of the first. */
    static Failure all(List<Failure> failed) {
        return failed.size() == 1
                ? failed.get(0)
                : all(failed.get(0).why(), failed.size() + " objects were refused", failed);
    }

    /** One failure for several objects, which names the first ten. */
    static Failure all(Reason why, String summary, List<Failure> failed) {
        List<String> each = failed.stream().map(Failure::message).toList();
        String some = String.join("; ", each.subList(0, Math.min(10, each.size())));
        var unhealthy = new LinkedHashMap<ObjectRef, Health>();
        failed.forEach(failure -> unhealthy.putAll(failure.unhealthy));
        var all = new Failure(why, unhealthy, summary + ": " + some, failed.get(0));
        failed.subList(1, failed.size()).forEach(all::addSuppressed);
        all.explanation =
                failed.stream().map(failure -> failure.explanation).reduce(Explanation.NONE, Explanation::and);
        all.parts = failed.stream()
                .flatMap(failure -> failure.parts.stream())
                .distinct()
                .toList();
        return all;
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

    /** What is wrong, without the object's name and the way out. */
    String problem(ObjectRef ref) {
        String text = message().startsWith(ref + ": ")
                ? message().substring(ref.toString().length() + 2)
                : message();
        int wayOut = text.lastIndexOf("; ");
        return wayOut < 0 ? text : text.substring(0, wayOut);
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
