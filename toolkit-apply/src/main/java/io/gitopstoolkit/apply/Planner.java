package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.Assessor.Assessment;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what applying would do, by dry run alone. */
final class Planner {
    private final Assessor assessor;
    private final List<Target> targets;
    private final Set<String> namespaces;

    Planner(Cluster cluster, List<Target> targets) {
        this.assessor = new Assessor(cluster, targets);
        this.targets = targets;
        this.namespaces = targets.stream()
                .map(Target::ref)
                .filter(ref -> ref.group().isEmpty() && ref.kind().equals("Namespace"))
                .map(ObjectRef::name)
                .collect(Collectors.toSet());
    }

    List<Plan.Step> steps(Deadline deadline) {
        return targets.stream().map(target -> step(target, deadline)).toList();
    }

    private Plan.Step step(Target target, Deadline deadline) {
        if (target.declared()) {
            return created(target, "with its definition");
        }
        try {
            Assessment found = assessor.assess(target, deadline);
            return new Plan.Step(found.change(), Secrets.fields(target.ref(), found.differences()));
        } catch (Failure e) {
            if (e.why() == Reason.NAMESPACE_NOT_FOUND
                    && namespaces.contains(target.ref().namespace())) {
                return created(target, "with its namespace");
            }
            throw e;
        }
    }

    private static Plan.Step created(Target target, String message) {
        return new Plan.Step(new Change(target.ref(), target.kind().apiVersion(), Action.CREATED, message), List.of());
    }
}
