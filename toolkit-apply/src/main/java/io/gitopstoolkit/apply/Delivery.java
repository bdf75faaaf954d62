package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.Preparation.Prepared;
import io.gitopstoolkit.apply.PruneRules.Purpose;
import java.util.List;

/** One run: applies the targets and prunes, and knows at every moment what it has done. */
final class Delivery {
    private final Cluster cluster;
    private final Options options;
    private final Deadline deadline;
    private final Journal journal;

    Delivery(Cluster cluster, Options options, Revision revision, Deadline deadline) {
        this.cluster = cluster;
        this.options = options;
        this.deadline = deadline;
        this.journal = new Journal(revision, options.listener());
    }

    /** The time of the whole run. */
    Deadline deadline() {
        return deadline;
    }

    /** What was done so far. */
    ChangeSet changes() {
        return journal.changes();
    }

    /** The targets that are to be applied; fails if some manifests are no good, unless it is to go on without them. */
    List<Target> accept(Prepared prepared) {
        if (!options.staging().goesOn()) {
            return prepared.all();
        }
        prepared.refused().forEach((manifest, failure) -> {
            journal.fail(new Change(manifest.ref(), manifest.apiVersion(), Action.FAILED, failure.message()), failure);
        });
        return prepared.targets();
    }

    /** Puts what was accepted in order. */
    Schedule schedule(List<Target> targets, boolean runsHooks) {
        return new Schedule(targets, journal.failed(), options.staging(), runsHooks);
    }

    /** Applies all of a set; returns the hooks that ran and are left in the cluster. */
    List<Target> apply(Schedule schedule) {
        return new Sequence(cluster, options, journal, schedule, deadline).run();
    }

    /** Whether objects failed; then nothing is pruned. */
    boolean hasFailed() {
        return journal.failure().isPresent();
    }

    /** Fails if something was not applied. */
    void requireApplied() {
        journal.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    /** Prunes {@code stale}; returns what is gone, or was given up. */
    List<ObjectRef> prune(Inventory stale) {
        return prune(stale, PruneRules.of(cluster, options.inventory(), options.prunePolicy(), Purpose.PRUNE));
    }

    /** Deletes {@code all} because the owner goes; returns what is gone, or was given up. */
    List<ObjectRef> uninstall(Inventory all, PrunePolicy policy) {
        return prune(all, PruneRules.of(cluster, options.inventory(), policy, Purpose.UNINSTALL));
    }

    private List<ObjectRef> prune(Inventory stale, PruneRules rules) {
        return new Pruner(cluster, rules).prune(stale, journal::tell, deadline);
    }

    /** Fails if something was not pruned. */
    void requirePruned() {
        List<Failure> failed = changes().only(Action.FAILED).stream()
                .map(change -> new Failure(Reason.PRUNE_FAILED, change.message()).about(change.ref()))
                .toList();
        if (!failed.isEmpty()) {
            throw Failure.all(Reason.PRUNE_FAILED, "could not delete " + failed.size() + " objects", failed);
        }
    }

    /** Runs {@code work}, and adds to its failure what was done before it. */
    void run(Runnable work) {
        LiveObjects held = cluster.memory().held();
        try {
            held.deliveryBegins(deadline);
            work.run();
        } catch (Failure e) {
            throw e.after(changes());
        } catch (DeadlineException e) {
            throw Failure.of(e).after(changes());
        } finally {
            held.deliveryEnds();
        }
    }
}
