package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.ApplyOrder;
import io.gitopstoolkit.apply.internal.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deletes what left the inventory, in reverse order, if it still is the owner's and may go. */
final class Pruner {
    /** An object that others keep changing is judged anew so many times. */
    private static final int ATTEMPTS = 8;

    /** How long what goes first may take to be gone, where nobody says. */
    private static final Duration GROUP_LIMIT = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final PrunePolicy policy;
    private final PruneRules rules;

    Pruner(Cluster cluster, PruneRules rules) {
        this.cluster = cluster;
        this.policy = rules.policy();
        this.rules = rules;
    }

    /**
     * What is to be done with one entry; the kind and the object are there where it is to be deleted.
     *
     * @param stays whether the entry stays in the inventory, for the object is neither gone nor given up
     */
    record Verdict(
            Change change, @Nullable Kind kind, @Nullable Manifest live, boolean stays) {
        boolean deletes() {
            return live != null;
        }
    }

    /** What pruning would do; reads only. */
    List<Verdict> plan(Inventory stale, Deadline deadline) {
        rules.survey(stale, deadline);
        return backwards(stale).stream()
                .map(entry -> rules.verdict(entry, deadline))
                .toList();
    }

    /**
     * Refuses to delete a larger share of the inventory than the policy allows.
     *
     * @param nothingStays whether the set that is wanted is empty
     */
    void requireConsent(Inventory all, Inventory stale, boolean nothingStays, Deadline deadline) {
        int most = stale.entries().size();
        if (!policy.forbids(most, all.entries().size(), nothingStays)) {
            return; // without a look at any of them
        }
        List<ObjectRef> deleted = plan(stale, deadline).stream()
                .filter(verdict -> verdict.live() != null && !Termination.isGoing(verdict.live()))
                .map(verdict -> verdict.change().ref())
                .toList();
        if (policy.forbids(deleted.size(), all.entries().size(), nothingStays)) {
            throw new Failure(
                    Reason.PRUNE_NOT_ALLOWED,
                    "the delivery would delete " + deleted.size() + " of the owner's "
                            + all.entries().size() + " objects (" + Cluster.names(deleted)
                            + "), so nothing was applied or deleted; "
                            + (nothingStays
                                    ? "correct the set, which is empty, or call uninstall to delete all"
                                    : "correct the set, or allow it by PrunePolicy.withMaxShare"));
        }
    }

    /**
     * Prunes all of {@code stale}, and tells each change; an object that cannot be deleted is told as failed.
     *
     * @return what is gone, or was given up, and leaves the inventory
     */
    List<ObjectRef> prune(Inventory stale, Consumer<Change> done, Deadline deadline) {
        rules.survey(stale, deadline);
        var gone = new ArrayList<ObjectRef>();
        var going = new ArrayList<Verdict>();
        Consumer<Verdict> end = verdict -> {
            if (!verdict.stays()) {
                gone.add(verdict.change().ref());
            }
            done.accept(verdict.change());
        };
        List<Verdict> planned =
                backwards(stale).stream().map(entry -> judge(entry, deadline)).toList();
        List<List<Verdict>> groups = new PruneOrder(cluster.owner().group()).groups(planned);
        for (List<Verdict> group : groups) {
            boolean last = group == groups.get(groups.size() - 1);
            List<Verdict> stuck = last ? List.of() : pruneBeforeOthers(group, end, deadline);
            if (!stuck.isEmpty()) {
                List<List<Verdict>> later = groups.subList(groups.indexOf(group) + 1, groups.size());
                later.forEach(others -> others.forEach(other -> end.accept(waitsFor(stuck.get(0), other))));
                break;
            }
            if (last) {
                pruneLast(group, going, end, deadline);
            }
        }
        new Termination(cluster).await(going, policy.termination(), deadline, end);
        return gone;
    }

    private void pruneLast(List<Verdict> group, List<Verdict> going, Consumer<Verdict> end, Deadline deadline) {
        for (Verdict planned : group) {
            Verdict verdict = prune(planned, deadline);
            if (verdict.deletes() && !policy.termination().isZero()) {
                going.add(verdict);
            } else {
                end.accept(verdict);
            }
        }
    }

    /** Deletes what goes before others, and waits until it is gone; returns what is not. */
    private List<Verdict> pruneBeforeOthers(List<Verdict> group, Consumer<Verdict> end, Deadline deadline) {
        var going = new ArrayList<Verdict>();
        var stuck = new ArrayList<Verdict>();
        for (Verdict planned : group) {
            Verdict verdict = prune(planned, deadline);
            if (verdict.deletes()) {
                going.add(verdict);
            } else {
                end.accept(verdict);
            }
        }
        Duration limit = policy.termination().isZero() ? GROUP_LIMIT : policy.termination();
        new Termination(cluster).await(going, limit, deadline, verdict -> {
            end.accept(verdict);
            if (verdict.stays()) {
                stuck.add(verdict);
            }
        });
        return stuck;
    }

    private static Verdict waitsFor(Verdict stuck, Verdict other) {
        return other.live() == null
                ? other
                : PruneRules.left(
                        Inventory.entry(other.change().ref(), other.change().apiVersion()),
                        Action.SKIPPED,
                        "not deleted yet, because " + stuck.change().ref() + " goes first, and is not gone",
                        true);
    }

    private Verdict judge(Inventory.Entry entry, Deadline deadline) {
        try {
            return rules.verdict(entry, deadline);
        } catch (Failure e) {
            if (!e.isAboutOneObject()) {
                throw e;
            }
            return PruneRules.left(entry, Action.FAILED, e.message(), true);
        }
    }

    private Verdict prune(Verdict planned, Deadline deadline) {
        Inventory.Entry entry =
                Inventory.entry(planned.change().ref(), planned.change().apiVersion());
        try {
            for (int attempt = 1; ; attempt++) {
                Verdict verdict = attempt == 1 ? planned : rules.verdict(entry, deadline);
                if (verdict.kind() == null || verdict.live() == null) {
                    return verdict;
                }
                try {
                    return delete(verdict, deadline);
                } catch (Failure e) {
                    // Somebody changed the object since: it may belong to another owner by now.
                    if (e.why() != Reason.CONFLICT || attempt == ATTEMPTS) {
                        throw e;
                    }
                    rules.forget(entry.ref());
                }
            }
        } catch (Failure e) {
            if (!e.isAboutOneObject()) {
                throw e;
            }
            return PruneRules.left(entry, Action.FAILED, e.message(), true);
        }
    }

    private Verdict delete(Verdict verdict, Deadline deadline) {
        Kind kind = requireNonNull(verdict.kind());
        Manifest live = requireNonNull(verdict.live());
        var left = cluster.delete(kind, live, policy.propagation(), deadline);
        if (left.isEmpty()) {
            return verdict;
        }
        String held = Termination.heldBy(left.get());
        Change change = verdict.change();
        String message = Stream.of(change.message(), held.isEmpty() ? "" : "is being deleted, and held by " + held)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        var told = new Change(change.ref(), change.apiVersion(), change.action(), message);
        return new Verdict(told, kind, left.get(), true);
    }

    private static List<Inventory.Entry> backwards(Inventory stale) {
        return stale.entries().stream()
                .sorted(Comparator.comparing(Inventory.Entry::ref, ApplyOrder.COMPARATOR)
                        .reversed())
                .toList();
    }
}
