package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something that happened to an object, told to people and systems. The fields are those of Flux's events.
 *
 * @param about which object
 * @param apiVersion the version that the object is written in, such as {@code apps/v1}
 * @param severity how much it matters
 * @param reason why it happened, as one CamelCase word such as {@code ReconciliationSucceeded}
 * @param message what happened, for people; no secrets
 * @param time when it happened
 * @param reportingController who tells it
 * @param metadata more of it, such as {@code revision}; in the order given
 * @see <a href="https://fluxcd.io/flux/components/notification/events/">Flux: events</a>
 */
public record Event(
        ObjectRef about,
        String apiVersion,
        Severity severity,
        String reason,
        String message,
        Instant time,
        String reportingController,
        Map<String, String> metadata) {
    /** The metadata key that holds the revision, in the text of {@link Revision}. */
    public static final String REVISION = "revision";

    /**
     * Copies the metadata.
     *
     * @throws IllegalArgumentException if the reason is empty
     */
    public Event {
        requireNonNull(about, "about");
        requireNonNull(apiVersion, "apiVersion");
        requireNonNull(severity, "severity");
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("an event needs a reason");
        }
        requireNonNull(message, "message");
        requireNonNull(time, "time");
        requireNonNull(reportingController, "reportingController");
        metadata = Trees.freezeStrings(metadata);
    }

    /**
     * The event of a finished delivery: {@code ReconciliationSucceeded}, or {@code ReconciliationFailed} with severity
     * error where a change failed. The message lists what changed, a line each, as Flux's change log does; the
     * revision is in the metadata. The API version is taken to be {@code v1} of the object's group.
     *
     * @param about whose delivery it was
     * @param reportingController who delivered
     * @param changes what the delivery did
     * @param clock tells the time of the event
     */
    public static Event of(ObjectRef about, String reportingController, ChangeSet changes, Clock clock) {
        boolean failed = !changes.only(Action.FAILED).isEmpty();
        String log = changes.changes().stream()
                .filter(Change::isChanged)
                .map(Change::toString)
                .collect(Collectors.joining("\n"));
        return new Event(
                about,
                about.group().isEmpty() ? "v1" : about.group() + "/v1",
                failed ? Severity.ERROR : Severity.INFO,
                failed ? "ReconciliationFailed" : "ReconciliationSucceeded",
                log.isEmpty() ? "Applied revision: " + changes.revision() + ", nothing changed" : log,
                clock.instant(),
                reportingController,
                Map.of(REVISION, changes.revision().toString()));
    }
}
