package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.Preparation.Prepared;
import io.gitopstoolkit.apply.Pruner.Verdict;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Says what applying would do, by dry run alone. */
final class Planner {
    private static final Set<Action> STAY = Set.of(Action.UNCHANGED, Action.SKIPPED);

    private final Cluster cluster;
    private final Options options;
    private final List<Target> targets;
    private final boolean runsHooks;
    private final List<Failure> refused;
    private final Set<String> namespaces;
    private final Steps steps;

    Planner(Cluster cluster, Options options, Prepared prepared, String hooksRanFor) {
        this.cluster = cluster;
        this.options = options;
        this.targets = prepared.targets();
        this.runsHooks = new HookRuns(targets, hooksRanFor).areDue();
        this.refused = List.copyOf(prepared.refused().values());
        this.namespaces = targets.stream()
                .map(Target::ref)
                .filter(ref -> ref.group().isEmpty() && ref.kind().equals("Namespace"))
                .map(ObjectRef::name)
                .collect(Collectors.toSet());
        this.steps = new Steps(cluster, options);
    }

    List<Target> targets() {
        return targets;
    }

    /**
     * The plan for all targets, and for what is to be pruned.
     *
     * @param stored the whole inventory
     * @param pruned says what is to be pruned of it
     */
    Plan plan(ManifestSet desired, Inventory stored, Supplier<List<Verdict>> pruned, Deadline deadline) {
        var all = new ArrayList<>(steps(deadline));
        pruned.get().forEach(verdict -> all.add(steps.pruned(verdict)));
        return new Plan(cluster.owner().ref(), desired.revision(), desired.digest(), Steps.digest(stored), all);
    }

    /** A step for each target; of objects that are refused, all are told. */
    private List<Plan.Step> steps(Deadline deadline) {
        List<Target> served = targets.stream()
                .filter(target -> !target.declared() && !target.isApart())
                .toList();
        List<Assessment> assessed = new Assessor(cluster, options).assess(served, deadline);
        Map<ObjectRef, Manifest> unseen = unseen(assessed, deadline);
        var found = new HashMap<ObjectRef, Plan.Step>();
        var refusals = new ArrayList<>(refused);
        for (Assessment assessment : assessed) {
            ObjectRef ref = assessment.target().ref();
            if (assessment.failure() == null) {
                found.put(ref, steps.of(assessment, unseen.get(ref)));
            } else if (isForWantOfItsNamespace(assessment.failure(), ref)) {
                found.put(ref, steps.created(assessment.target(), "with its namespace"));
            } else {
                refusals.add(assessment.failure());
            }
        }
        if (!refusals.isEmpty()) {
            throw Failure.all(refusals);
        }
        return targets.stream()
                .map(target -> found.computeIfAbsent(target.ref(), ref -> unassessed(target)))
                .toList();
    }

    private Plan.Step unassessed(Target target) {
        if (!target.isApart()) {
            return steps.created(target, "with its definition");
        }
        boolean runs = runsHooks && !target.directions().phases().isEmpty();
        return runs ? steps.created(target, "a hook") : steps.skipped(target, HookRuns.whyNot(target));
    }

    /** What is known to stay as it is without a look: a plan remembers the state of these too. */
    private Map<ObjectRef, Manifest> unseen(List<Assessment> assessed, Deadline deadline) {
        var kinds = new LinkedHashMap<ObjectRef, Kind>();
        assessed.stream()
                .filter(assessment -> assessment.live() == null && STAY.contains(assessment.action()))
                .forEach(assessment ->
                        kinds.put(assessment.target().ref(), assessment.target().kind()));
        return new LiveReader(cluster, new Workers(options.concurrency())).read(kinds, deadline);
    }

    private boolean isForWantOfItsNamespace(Failure failure, ObjectRef ref) {
        return failure.why() == Reason.NAMESPACE_NOT_FOUND && namespaces.contains(ref.namespace());
    }
}
