package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.health.Health;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why objects are not healthy: of each its conditions, what it made that is not healthy either, its containers and their
 * last lines, and its events. {@link #toString} is all of it as indented text.
 *
 * @param objects those that were asked about and are not healthy, the first ten
 * @param notes what could not be looked at and why, such as events that the client's user may not read
 */
public record Explanation(List<Finding> objects, List<String> notes) {
    static final Explanation NONE = new Explanation(List.of(), List.of());

    /** Copies the lists. */
    public Explanation {
        objects = List.copyOf(objects);
        notes = List.copyOf(notes);
    }

    /**
     * One object.
     *
     * @param ref which
     * @param health its health
     * @param hints sentences that say what is wrong and where to look, where that is known; may be empty
     * @param conditions of its status, in their order
     * @param containers of a Pod, those for the start first; else empty
     * @param events newest first, at most five
     * @param parts what it made or needs and is not healthy: the newest ReplicaSet of a Deployment, Pods, claims of volumes
     */
    public record Finding(
            ObjectRef ref,
            Health health,
            List<String> hints,
            List<Condition> conditions,
            List<Container> containers,
            List<Occurrence> events,
            List<Finding> parts) {
        /** Copies the lists. */
        public Finding {
            requireNonNull(ref, "ref");
            requireNonNull(health, "health");
            hints = List.copyOf(hints);
            conditions = List.copyOf(conditions);
            containers = List.copyOf(containers);
            events = List.copyOf(events);
            parts = List.copyOf(parts);
        }

        private void write(StringBuilder text, String indent) {
            text.append(indent).append(ref).append(": ").append(health).append('\n');
            String inner = indent + "  ";
            hints.forEach(hint -> text.append(inner).append("=> ").append(hint).append('\n'));
            conditions.forEach(condition -> text.append(inner).append(condition).append('\n'));
            containers.forEach(container -> container.write(text, inner));
            events.forEach(event -> text.append(inner).append(event).append('\n'));
            parts.forEach(part -> part.write(text, inner));
        }
    }

    /** A condition of an object's status; what it does not say is empty. */
    public record Condition(String type, String status, String reason, String message) {
        /** Such as {@code condition Available is False, MinimumReplicasUnavailable: ...}. */
        @Override
        public String toString() {
            return "condition " + type + " is " + status + because(reason, message);
        }
    }

    /**
     * The state of a container of a Pod.
     *
     * @param name its name
     * @param state {@code waiting}, {@code running} or {@code terminated}
     * @param reason such as {@code CrashLoopBackOff}; may be empty
     * @param message what the kubelet says; may be empty
     * @param exitCode of its last end, or null where it has not ended yet
     * @param restarts how often it was started again
     * @param log its last lines, those of its last run where it waits for the next; at most ten, without the values of the
     *     Secrets that the Pod reads; may be empty
     */
    public record Container(
            String name,
            String state,
            String reason,
            String message,
            @Nullable Integer exitCode,
            long restarts,
            List<String> log) {
        /** Copies the lines. */
        public Container {
            log = List.copyOf(log);
        }

        private void write(StringBuilder text, String indent) {
            text.append(indent).append(this).append('\n');
            log.forEach(line -> text.append(indent).append("  | ").append(line).append('\n'));
        }

        /** Without the log. */
        @Override
        public String toString() {
            String exit = exitCode == null ? "" : ", last exit code " + exitCode;
            return "container " + name + " is " + state + because(reason, message) + exit
                    + (restarts == 0 ? "" : ", " + restarts + " restarts");
        }
    }

    /**
     * An event that the cluster recorded.
     *
     * @param type {@code Normal} or {@code Warning}
     * @param count how often it happened
     * @param lastSeen the time in RFC 3339; empty where it is not known
     */
    public record Occurrence(String type, String reason, String message, long count, String lastSeen) {
        /** Such as {@code event Warning FailedScheduling at 2026-01-01T00:00:00Z (3 times): no nodes}. */
        @Override
        public String toString() {
            return "event " + type + ' ' + reason + (lastSeen.isEmpty() ? "" : " at " + lastSeen)
                    + (count > 1 ? " (" + count + " times)" : "") + ": " + message;
        }
    }

    private static String because(String reason, String message) {
        return (reason.isEmpty() ? "" : ", " + reason) + (message.isEmpty() ? "" : ": " + message);
    }

    /** Both of them. */
    Explanation and(Explanation other) {
        return new Explanation(
                Stream.concat(objects.stream(), other.objects.stream()).toList(),
                Stream.concat(notes.stream(), other.notes.stream()).distinct().toList());
    }

    /** Each hint with its object, those of the parts as well, in order: the short answer. */
    public List<String> hints() {
        return objects.stream().flatMap(Explanation::hints).distinct().toList();
    }

    private static Stream<String> hints(Finding finding) {
        return Stream.concat(
                finding.hints().stream().map(hint -> finding.ref() + ": " + hint),
                finding.parts().stream().flatMap(Explanation::hints));
    }

    /** The whole as indented text, with a line for each fact; empty where nothing was found. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        objects.forEach(finding -> finding.write(text, ""));
        return text.append(notes.stream().map(note -> "(" + note + ")\n").collect(Collectors.joining()))
                .toString();
    }
}
