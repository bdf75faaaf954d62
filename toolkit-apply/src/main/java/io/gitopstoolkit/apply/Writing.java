package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.Batch.Result;
import java.util.ArrayList;
import java.util.List;

/** Writes what goes together, and where the delivery is to go on past failures, holds back what needs a failed object. */
final class Writing {
    private final Options options;
    private final Journal journal;
    private final Batch batch;

    Writing(Cluster cluster, Options options, Journal journal, Deadline deadline) {
        this.options = options;
        this.journal = journal;
        this.batch = new Batch(cluster, options, deadline);
    }

    /** Applies {@code targets}; returns those that are not ready yet. */
    List<ObjectRef> apply(List<Target> targets) {
        var unready = new ArrayList<ObjectRef>();
        if (!options.staging().goesOn()) {
            batch.apply(targets, result -> applied(result, unready));
            return unready;
        }
        List<Target> possible =
                targets.stream().filter(target -> !isHeldBack(target)).toList();
        batch.applyEach(possible, result -> told(result, unready));
        return unready;
    }

    private boolean isHeldBack(Target target) {
        ObjectRef definition = definition(target);
        boolean held = target.declared() && journal.hasFailed(definition);
        if (held) {
            journal.skip(target, "not applied, because its definition " + definition + " failed");
        }
        return held;
    }

    private void told(Result result, List<ObjectRef> unready) {
        if (result.failure() == null) {
            applied(result, unready);
            return;
        }
        Change change = result.change();
        String namespace = change.ref().namespace();
        boolean absent = result.failure().why() == Reason.NAMESPACE_NOT_FOUND && !namespace.isEmpty();
        if (absent && journal.hasFailed(new ObjectRef("", "Namespace", "", namespace))) {
            String why = "not applied, because its namespace " + namespace + " failed";
            journal.tell(new Change(change.ref(), change.apiVersion(), Action.SKIPPED, why));
        } else {
            journal.fail(change, result.failure());
        }
    }

    private void applied(Result result, List<ObjectRef> unready) {
        journal.tell(result.change());
        if (!result.ready()) {
            unready.add(result.change().ref());
        }
    }

    /** The definition of a custom resource: Kubernetes requires this form of its name. */
    private static ObjectRef definition(Target target) {
        String name = target.kind().plural() + '.' + target.kind().group();
        return new ObjectRef("apiextensions.k8s.io", "CustomResourceDefinition", "", name);
    }
}
