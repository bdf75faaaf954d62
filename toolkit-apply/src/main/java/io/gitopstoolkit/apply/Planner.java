package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what applying would do, by dry run alone. */
final class Planner {
    private final Assessor assessor;
    private final List<Target> targets;
    private final Set<String> namespaces;

    Planner(Cluster cluster, Options options, List<Target> targets) {
        this.assessor = new Assessor(cluster, options);
        this.targets = targets;
        this.namespaces = targets.stream()
                .map(Target::ref)
                .filter(ref -> ref.group().isEmpty() && ref.kind().equals("Namespace"))
                .map(ObjectRef::name)
                .collect(Collectors.toSet());
    }

    List<Plan.Step> steps(Deadline deadline) {
        List<Target> served =
                targets.stream().filter(target -> !target.declared()).toList();
        var steps = new HashMap<Target, Plan.Step>();
        var refused = new ArrayList<Failure>();
        for (Assessment found : assessor.assess(served, deadline)) {
            if (found.failure() == null) {
                var fields = Secrets.fields(found.target().ref(), found.differences());
                steps.put(found.target(), new Plan.Step(found.change(), fields));
            } else if (isForWantOfItsNamespace(found)) {
                steps.put(found.target(), created(found.target(), "with its namespace"));
            } else {
                refused.add(found.failure());
            }
        }
        if (!refused.isEmpty()) {
            throw Failure.all(refused);
        }
        return targets.stream()
                .map(target -> steps.getOrDefault(target, created(target, "with its definition")))
                .toList();
    }

    private boolean isForWantOfItsNamespace(Assessment refused) {
        return refused.failure() != null
                && refused.failure().why() == Reason.NAMESPACE_NOT_FOUND
                && namespaces.contains(refused.target().ref().namespace());
    }

    private static Plan.Step created(Target target, String message) {
        return new Plan.Step(new Change(target.ref(), target.kind().apiVersion(), Action.CREATED, message), List.of());
    }
}
