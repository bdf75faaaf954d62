package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.PruneRules.Purpose;
import io.gitopstoolkit.apply.internal.FieldChanges;
import io.gitopstoolkit.apply.internal.FieldChanges.FieldChange;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Refuses a plan that the cluster, the manifests or the options do not fit any more. Reads only. */
final class PlanCheck {
    private final Cluster cluster;
    private final Options options;
    private final Pruner pruner;
    private final Steps steps;
    private final Plan plan;
    private final Deadline deadline;
    private final Map<ObjectRef, String> moved = new LinkedHashMap<>();

    PlanCheck(Cluster cluster, Options options, Plan plan, Deadline deadline) {
        this.cluster = cluster;
        this.options = options;
        this.steps = new Steps(cluster, options);
        this.pruner =
                new Pruner(cluster, PruneRules.of(cluster, options.inventory(), options.prunePolicy(), Purpose.PRUNE));
        this.plan = plan;
        this.deadline = deadline;
    }

    /** Checks what takes no request. */
    void requireSame(ManifestSet desired) {
        ObjectRef owner = cluster.owner().ref();
        if (!plan.owner().equals(owner)) {
            throw outdated("the plan is that of " + plan.owner() + ", not of " + owner);
        }
        if (!plan.manifests().equals(desired.digest())) {
            throw outdated("the plan was made for " + plan.revision() + " with the digest " + plan.manifests()
                    + ", and these manifests, of " + desired.revision() + ", are others");
        }
    }

    /**
     * Checks that each object is as the plan saw it.
     *
     * @return what to prune of {@code stored}
     */
    Inventory requireUnmoved(List<Target> targets, Inventory stored) {
        List<ObjectRef> wanted = targets.stream().map(Target::ref).toList();
        List<Plan.Step> applied =
                plan.steps().subList(0, Math.min(targets.size(), plan.steps().size()));
        if (!applied.stream().map(Plan.Step::ref).toList().equals(wanted)) {
            throw outdated("the applier makes other objects of these manifests than the plan has: it was made with"
                    + " another default namespace, or by another release");
        }
        List<Plan.Step> pruned =
                plan.steps().subList(applied.size(), plan.steps().size());
        Inventory stale = pruned.isEmpty() ? Inventory.empty() : stored.without(wanted);
        if (!plan.inventory().equals(Steps.digest(stored))) {
            moved.put(cluster.owner().inventoryRef(), "other objects belong to the owner since");
        } else {
            checkPruned(pruned, stale);
        }
        checkApplied(applied, targets);
        requireNoneMoved();
        return stale;
    }

    /** Checks once more what is about to be written: the check of all of it may be a while ago. */
    void requirePlanned(List<Assessment> assessed) {
        var planned = planned();
        for (Assessment assessment : assessed) {
            Plan.Step step = planned.get(assessment.target().ref());
            if (step == null || assessment.target().isApart()) {
                continue;
            }
            boolean comesWithAnother =
                    step.seen().isAbsent() && !step.change().message().isEmpty();
            if (assessment.isTried() && !comesWithAnother && assessment.action() != step.action()) {
                moved.put(step.ref(), "to be " + assessment.action() + " since");
            } else if (assessment.live() != null && assessment.result() != null && step.before() != null) {
                compare(step, steps.visible(assessment.target(), assessment.live()));
            }
        }
        requireNoneMoved();
    }

    private Map<ObjectRef, Plan.Step> planned() {
        var planned = new HashMap<ObjectRef, Plan.Step>();
        plan.steps().forEach(step -> planned.put(step.ref(), step));
        return planned;
    }

    private void requireNoneMoved() {
        if (!moved.isEmpty()) {
            List<String> each = moved.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                    .toList();
            throw Failure.outdated(
                    "the cluster has changed since the plan was made: " + Cluster.names(each) + "; plan again", moved);
        }
    }

    private void checkPruned(List<Plan.Step> steps, Inventory stale) {
        List<Pruner.Verdict> verdicts = pruner.plan(stale, deadline);
        var planned = new HashMap<ObjectRef, Plan.Step>();
        steps.forEach(step -> planned.put(step.ref(), step));
        for (Pruner.Verdict verdict : verdicts) {
            Plan.Step step = planned.get(verdict.change().ref());
            boolean deletes = step != null && step.action() == Action.DELETED;
            if (step == null) {
                moved.put(verdict.change().ref(), "to be pruned since");
            } else if (deletes && !step.seen().isAbsent()) {
                compare(step, verdict.live());
            } else if (!step.change().equals(verdict.change())) {
                moved.put(step.ref(), "to be " + verdict.change().action() + " since");
            }
        }
    }

    private void checkApplied(List<Plan.Step> planned, List<Target> targets) {
        var kinds = new LinkedHashMap<ObjectRef, Kind>();
        targets.stream().filter(target -> !target.declared()).forEach(target -> kinds.put(target.ref(), target.kind()));
        Map<ObjectRef, Manifest> live =
                new LiveReader(cluster, new Workers(options.concurrency())).read(kinds, deadline);
        var suspects = new ArrayList<Target>();
        for (int i = 0; i < planned.size(); i++) {
            Plan.Step step = planned.get(i);
            Target target = targets.get(i);
            if (target.isApart()) {
                continue;
            }
            Manifest object = live.get(step.ref());
            Manifest visible = object == null ? null : steps.visible(target, object);
            if (step.change().isChanged()) {
                compare(step, visible);
            } else if (!isSame(step, visible)) {
                suspects.add(target);
            }
        }
        checkUnchanged(suspects);
    }

    /** What is to stay as it is may have moved in fields that are not ours. */
    private void checkUnchanged(List<Target> suspects) {
        var planned = planned();
        for (Assessment assessment : new Assessor(cluster, options).assess(suspects, deadline)) {
            ObjectRef ref = assessment.target().ref();
            if (assessment.failure() != null) {
                moved.put(ref, "refused since");
            } else if (assessment.action()
                    != Objects.requireNonNull(planned.get(ref)).action()) {
                List<String> paths = steps.of(assessment, null).fields().stream()
                        .map(Plan.Field::path)
                        .toList();
                moved.put(ref, "to be " + assessment.action() + " since" + paths(paths));
            }
        }
    }

    private static boolean isSame(Plan.Step step, @Nullable Manifest live) {
        Plan.Seen before = step.seen();
        Plan.Seen now = Steps.seen(live);
        return before.uid().equals(now.uid())
                && (before.resourceVersion().equals(now.resourceVersion())
                        || (!before.digest().isEmpty() && before.digest().equals(now.digest())));
    }

    private void compare(Plan.Step step, @Nullable Manifest live) {
        if (isSame(step, live)) {
            return;
        }
        if (step.seen().isAbsent()) {
            moved.put(step.ref(), "created since");
        } else if (live == null) {
            moved.put(step.ref(), "deleted since");
        } else if (!step.seen().uid().equals(Steps.seen(live).uid())) {
            moved.put(step.ref(), "deleted and created anew since");
        } else {
            moved.put(step.ref(), "changed since" + paths(changed(step.before(), live)));
        }
    }

    /** The fields that differ from those of the plan; values of Secrets, which it does not know, are none of them. */
    private static List<String> changed(@Nullable Manifest before, Manifest live) {
        Manifest now = Steps.shown(Mask.of(live.content(), live.content()).after());
        if (before == null || now == null) {
            return List.of();
        }
        return FieldChanges.of(before.content(), now.content()).stream()
                .filter(change -> !String.valueOf(change.before()).startsWith("***"))
                .map(FieldChange::path)
                .toList();
    }

    private static String paths(List<String> paths) {
        return paths.isEmpty() ? "" : ": " + Cluster.names(paths);
    }

    private static Failure outdated(String message) {
        return new Failure(Reason.PLAN_OUTDATED, message + "; plan again");
    }
}
