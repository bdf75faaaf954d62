package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.Directions.Removal;
import io.gitopstoolkit.apply.PrunePolicy.Propagation;
import io.gitopstoolkit.apply.internal.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hooks that ran in a delivery: makes room for them, and deletes them as their policies say. */
final class Hooks {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Journal journal;
    private final Deadline deadline;
    private final Map<ObjectRef, Target> begun = new LinkedHashMap<>();
    private final Map<ObjectRef, Removal> ended = new LinkedHashMap<>();

    Hooks(Cluster cluster, Journal journal, Deadline deadline) {
        this.cluster = cluster;
        this.journal = journal;
        this.deadline = deadline;
    }

    /** Deletes what earlier runs left of {@code hooks}, if they are to be made anew, and waits until it is gone. */
    void makeRoom(List<Target> hooks) {
        var going = new ArrayList<Target>();
        for (Target hook : hooks) {
            ended.remove(hook.ref());
            begun.put(hook.ref(), hook);
            if (hook.directions().removal().contains(Removal.BEFORE_CREATION) && !hook.declared()) {
                Optional<Manifest> left = cluster.get(hook.kind(), hook.ref(), deadline);
                if (left.isPresent()) {
                    delete(hook, left.get());
                    going.add(hook);
                }
            }
        }
        for (Target hook : going) {
            while (cluster.get(hook.kind(), hook.ref(), deadline).isPresent()) {
                deadline.pause(PAUSE, "wait until the last run of the hook " + hook.ref() + " is gone");
            }
        }
    }

    /** A hook has done its work. */
    void succeeded(Target hook) {
        ended.putIfAbsent(hook.ref(), Removal.SUCCEEDED);
    }

    /** A hook has failed. */
    void failed(Target hook) {
        ended.put(hook.ref(), Removal.FAILED);
    }

    /** Deletes the hooks that have ended, as their policies say; returns those that are left. */
    List<Target> sweep() {
        var left = new ArrayList<Target>();
        for (Target hook : begun.values()) {
            Removal end = ended.get(hook.ref());
            if (end == null || !hook.directions().removal().contains(end)) {
                left.add(hook);
                continue;
            }
            cluster.get(hook.kind(), hook.ref(), deadline).ifPresent(live -> delete(hook, live));
            journal.tell(
                    new Change(hook.ref(), hook.kind().apiVersion(), Action.DELETED, "a hook, by its policy " + end));
        }
        begun.clear();
        return left;
    }

    private void delete(Target hook, Manifest live) {
        if (!live.labels().entrySet().containsAll(cluster.owner().labels().entrySet())) {
            throw new Failure(
                            Reason.CONFLICT,
                            hook.ref() + ": the hook would replace an object that does not carry the labels of "
                                    + cluster.owner().ref() + "; give the hook another name")
                    .about(hook.ref());
        }
        cluster.memory().forget(hook.ref());
        if (Tree.text(live.content(), "", "metadata", "deletionTimestamp").isEmpty()) {
            cluster.delete(hook.kind(), live, Propagation.BACKGROUND, deadline);
        }
    }
}
