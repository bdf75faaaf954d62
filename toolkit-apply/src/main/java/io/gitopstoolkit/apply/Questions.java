package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks the cluster questions that may stay without an answer: so many, within a time, and none fails. What was not answered
 * is noted, each reason once.
 */
final class Questions {
    private static final int MOST = 80;
    private static final int FORBIDDEN = 403;

    private final Cluster cluster;
    private final Deadline deadline;
    private final Set<String> notes = new LinkedHashSet<>();
    private int asked;

    Questions(Cluster cluster, Deadline deadline) {
        this.cluster = cluster;
        this.deadline = deadline;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    void note(String note) {
        notes.add(note);
    }

    /** The object, where it is there and may be seen. */
    Optional<Manifest> object(String apiVersion, ObjectRef ref) {
        return ask(
                        ref.kind() + " objects",
                        () -> cluster.kind(apiVersion, ref.kind(), deadline)
                                .flatMap(kind -> cluster.get(kind, ref, deadline)))
                .flatMap(found -> found);
    }

    /** The object in the version that the cluster prefers. */
    Optional<Manifest> object(ObjectRef ref) {
        return ask(
                        ref.kind() + " objects",
                        () -> cluster.kind(ref, deadline).flatMap(kind -> cluster.get(kind, ref, deadline)))
                .flatMap(found -> found);
    }

    /** Some objects of a kind in a namespace; {@code query} holds a selector and a limit. */
    List<Manifest> objects(String apiVersion, String kind, String namespace, String query) {
        return ask(kind + " objects", () -> {
                    Optional<Kind> known = cluster.kind(apiVersion, kind, deadline);
                    return known.map(found -> cluster.some(found, namespace, query, deadline))
                            .orElse(List.of());
                })
                .orElse(List.of());
    }

    /** Text, such as a log; nothing where it cannot be had. */
    Optional<String> text(String what, String path) {
        return ask(what, () -> cluster.text(path, deadline));
    }

    /** Whether the Secret may be read; tells it from one that is not there. */
    Optional<Optional<Manifest>> secret(ObjectRef ref) {
        return ask(
                "Secrets",
                () -> cluster.kind("v1", "Secret", deadline).flatMap(kind -> cluster.get(kind, ref, deadline)));
    }

    private <T> Optional<T> ask(String what, Supplier<T> question) {
        if (asked >= MOST) {
            notes.add("only the first " + MOST + " requests of this explanation were sent");
            return Optional.empty();
        }
        asked++;
        try {
            return Optional.of(question.get());
        } catch (ApiException e) {
            notes.add(what + " cannot be read: " + reason(e));
        } catch (Failure e) {
            notes.add(
                    e.getCause() instanceof ApiException cause
                            ? what + " cannot be read: " + reason(cause)
                            : what + " cannot be read: " + e.message());
        } catch (DeadlineException e) {
            notes.add("the time for this explanation is over");
        }
        return Optional.empty();
    }

    private static String reason(ApiException e) {
        return switch (e.status()) {
            case FORBIDDEN -> "the client's user may not; grant it get and list";
            case ApiException.NO_ANSWER -> "the API server does not answer";
            default -> "HTTP " + e.status();
        };
    }
}
