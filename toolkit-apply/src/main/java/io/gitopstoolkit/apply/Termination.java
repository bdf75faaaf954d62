package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.Pruner.Verdict;
import io.gitopstoolkit.apply.internal.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waits until objects that were deleted are gone, and names what holds those that are not. */
final class Termination {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Of each namespace, which holds it until it is empty. */
    private static final String ORDINARY = "kubernetes";

    private final Cluster cluster;

    Termination(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Tells of each object once it is gone, and at the end of {@code limit} of those that are not, as failed. */
    void await(Collection<Verdict> going, Duration limit, Deadline deadline, Consumer<Verdict> end) {
        Deadline patience = deadline.atMost(limit);
        List<Verdict> pending = new ArrayList<>(going);
        Duration pause = FIRST_PAUSE;
        while (!pending.isEmpty()) {
            pending = stillThere(pending, deadline, end);
            if (pending.isEmpty()) {
                return;
            }
            try {
                patience.pause(
                        pause,
                        "wait until it is gone: " + pending.get(0).change().ref());
            } catch (DeadlineException e) {
                if (e.why() != DeadlineException.Reason.TIMEOUT
                        || deadline.remaining().isZero()) {
                    throw e;
                }
                pending.forEach(verdict -> end.accept(survivor(verdict)));
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private List<Verdict> stillThere(List<Verdict> pending, Deadline deadline, Consumer<Verdict> end) {
        var left = new ArrayList<Verdict>();
        for (Verdict verdict : pending) {
            Optional<Verdict> now = look(verdict, deadline);
            now.ifPresentOrElse(left::add, () -> end.accept(new Verdict(verdict.change(), null, null, false)));
        }
        return left;
    }

    /** The same with the object as it is now; nothing where it is gone, or another of its name. */
    private Optional<Verdict> look(Verdict verdict, Deadline deadline) {
        if (verdict.kind() == null || verdict.live() == null) {
            return Optional.of(verdict);
        }
        String uid = uid(verdict.live());
        return cluster.get(verdict.kind(), verdict.change().ref(), deadline)
                .filter(found -> uid(found).equals(uid))
                .map(found -> new Verdict(verdict.change(), verdict.kind(), found, true));
    }

    private static Verdict survivor(Verdict verdict) {
        Change change = verdict.change();
        String held = verdict.live() == null ? "" : heldBy(verdict.live());
        String message = change.ref() + ": is being deleted, and not gone in time"
                + (held.isEmpty() ? "" : ", for it is held by " + held)
                + "; it stays in the inventory, try again later";
        return new Verdict(
                new Change(change.ref(), change.apiVersion(), Action.FAILED, message),
                verdict.kind(),
                verdict.live(),
                true);
    }

    /** What keeps an object that is being deleted, such as {@code the finalizer example.org/lock}; empty if nothing is told. */
    static String heldBy(Manifest object) {
        String finalizers = Stream.of(texts(object, "metadata", "finalizers"), texts(object, "spec", "finalizers"))
                .flatMap(List::stream)
                .filter(finalizer -> !finalizer.equals(ORDINARY))
                .collect(Collectors.joining(", "));
        String remains = Tree.maps(object.content(), "status", "conditions").stream()
                .filter(condition -> Tree.text(condition, "", "type").endsWith("Remaining")
                        && Tree.text(condition, "", "status").equals("True"))
                .map(condition -> Tree.text(condition, "", "message"))
                .collect(Collectors.joining("; "));
        return (finalizers.isEmpty() ? "" : "the finalizer " + finalizers)
                + (remains.isEmpty() ? "" : " (" + remains + ")");
    }

    static boolean isGoing(Manifest object) {
        return !Tree.text(object.content(), "", "metadata", "deletionTimestamp").isEmpty();
    }

    private static List<String> texts(Manifest object, String... path) {
        return Tree.at(object.content(), path) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String uid(Manifest object) {
        return Tree.text(object.content(), "", "metadata", "uid");
    }
}
