package io.gitopstoolkit.apply;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.PruneRules.Purpose;
import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run: applies the targets stage by stage and prunes, and knows at every moment what it has done. */
final class Delivery {
    private static final Duration STAGE_LIMIT = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Options options;
    private final Revision revision;
    private final Deadline deadline;
    private final List<Change> done = new ArrayList<>();

    Delivery(Cluster cluster, Options options, Revision revision, Deadline deadline) {
        this.cluster = cluster;
        this.options = options;
        this.revision = revision;
        this.deadline = deadline;
    }

    /** What was done so far. */
    ChangeSet changes() {
        return new ChangeSet(revision, done);
    }

    void apply(List<Target> targets) {
        Map<Stage, List<Target>> stages = targets.stream().collect(groupingBy(Target::stage, TreeMap::new, toList()));
        stages.forEach((stage, members) -> options.observer()
                .observe("apply.stage", Map.of("stage", stage.word()), () -> {
                    List<ObjectRef> unready = applyStage(members);
                    if (stage != Stage.REST && !unready.isEmpty()) {
                        new Waiter(cluster, options.failingFast()).await(unready, deadline.atMost(STAGE_LIMIT));
                    }
                    return unready;
                }));
    }

    /** Prunes {@code stale}; returns what is gone, or was given up. */
    List<ObjectRef> prune(Inventory stale) {
        return prune(stale, new PruneRules(cluster, options.prunePolicy(), Purpose.PRUNE));
    }

    /** Deletes {@code all} because the owner goes; returns what is gone, or was given up. */
    List<ObjectRef> uninstall(Inventory all, PrunePolicy policy) {
        return prune(all, new PruneRules(cluster, policy, Purpose.UNINSTALL));
    }

    private List<ObjectRef> prune(Inventory stale, PruneRules rules) {
        return new Pruner(cluster, rules).prune(stale, this::tell, deadline);
    }

    /** Fails if something was not pruned. */
    void requirePruned() {
        List<Change> failed = changes().only(Action.FAILED);
        if (!failed.isEmpty()) {
            List<String> each = failed.stream().map(Change::message).toList();
            throw new Failure(
                    Reason.PRUNE_FAILED, "could not delete " + failed.size() + " objects: " + Cluster.names(each));
        }
    }

    /** The whole stage is tried by dry run before the first of it is written; returns what is not ready yet. */
    private List<ObjectRef> applyStage(List<Target> targets) {
        var unready = new ArrayList<ObjectRef>();
        new Batch(cluster, options, deadline).apply(targets, result -> {
            tell(result.change());
            if (!result.ready()) {
                unready.add(result.change().ref());
            }
        });
        return unready;
    }

    private void tell(Change change) {
        done.add(change);
        options.listener().onChange(change);
    }

    /** Runs {@code work}, and adds to its failure what was done before it. */
    void run(Runnable work) {
        try {
            work.run();
        } catch (Failure e) {
            throw e.after(changes());
        } catch (DeadlineException e) {
            throw Failure.of(e).after(changes());
        }
    }
}
