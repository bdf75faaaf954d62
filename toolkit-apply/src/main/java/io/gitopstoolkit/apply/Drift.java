package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An object that another has brought away from what was delivered, in what our field manager owns. Values of Secrets are
 * masked.
 *
 * @param ref which object
 * @param apiVersion in which it is delivered
 * @param kind what happened to it
 * @param fields what differs, where it was {@linkplain Kind#CHANGED changed}: before is what the other has made of it, after
 *     what was delivered; empty where only the ownership of fields has changed
 * @param author who did it; null where the object does not tell, as when it was deleted
 * @param mode in which it was handled
 * @param outcome what was done about it
 * @param count how many times in a row it has happened to this object; from 2 on, somebody else is at work
 * @param pause until it is looked at again, where the outcome is postponed or failed; zero otherwise
 * @param message why it could not be corrected; empty where nothing failed
 */
public record Drift(
        ObjectRef ref,
        String apiVersion,
        Kind kind,
        List<Plan.Field> fields,
        @Nullable Author author,
        DriftMode mode,
        Outcome outcome,
        int count,
        Duration pause,
        String message) {
    /** Copies the list. */
    public Drift {
        requireNonNull(ref, "ref");
        requireNonNull(apiVersion, "apiVersion");
        requireNonNull(kind, "kind");
        requireNonNull(mode, "mode");
        requireNonNull(outcome, "outcome");
        requireNonNull(pause, "pause");
        requireNonNull(message, "message");
        fields = List.copyOf(fields);
    }

    /** What happened to an object. */
    public enum Kind {
        /** Fields that we own have another value, are gone, or are no longer ours. */
        CHANGED,
        /** The object is gone. */
        DELETED
    }

    /** What was done about drift. */
    public enum Outcome {
        /** It was reported, and the object left as it is. */
        REPORTED,
        /** The object is again as it was delivered. */
        CORRECTED,
        /** Somebody changes the object again and again; it is corrected later, and ever later. */
        POSTPONED,
        /** The API server refused the correction; it is tried again later, and ever later. */
        FAILED
    }

    /**
     * Who changed an object, as its managed fields tell.
     *
     * @param manager such as {@code kubectl-edit}
     * @param operation {@code Update} or {@code Apply}
     * @param time when it was, in whole seconds
     */
    public record Author(String manager, String operation, Instant time) {
        /** Checks that nothing is null. */
        public Author {
            requireNonNull(manager, "manager");
            requireNonNull(operation, "operation");
            requireNonNull(time, "time");
        }

        /** Such as {@code kubectl-edit (Update)}. */
        @Override
        public String toString() {
            return manager + " (" + operation + ')';
        }
    }

    /** Whether another takes back what was corrected: drift that has come back soon after. */
    public boolean isFight() {
        return count > 1;
    }

    /**
     * The drift as an event about the object: {@code DriftDetected} or {@code DriftCorrected}, as Flux's helm-controller
     * names them, or {@code DriftCorrectionFailed}. A postponed correction is an error.
     *
     * @param time when it was seen
     * @param reporter who tells it
     */
    public Event event(Instant time, String reporter) {
        boolean bad = outcome == Outcome.FAILED || outcome == Outcome.POSTPONED;
        Severity severity = bad ? Severity.ERROR : mode.severity();
        String reason = switch (outcome) {
            case CORRECTED -> "DriftCorrected";
            case FAILED -> "DriftCorrectionFailed";
            default -> "DriftDetected";
        };
        return new Event(ref, apiVersion, severity, reason, toString(), time, reporter, Map.of());
    }

    /** One sentence, and a line for each field. */
    @Override
    public String toString() {
        String by = author == null ? "" : " by " + author;
        String what = ref + (kind == Kind.DELETED ? " was deleted" : " was changed") + by;
        String then = switch (outcome) {
            case REPORTED -> "";
            case CORRECTED -> kind == Kind.DELETED ? ", and was created again" : ", and was corrected";
            case POSTPONED -> " " + count + " times in a row, and is corrected in " + pause.toSeconds() + "s";
            case FAILED -> ", and could not be corrected: " + message;
        };
        return what + then + fields.stream().map(field -> "\n    " + field).collect(Collectors.joining());
    }
}
