package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.Schedule.Step;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Goes through a schedule: wave by wave, in each stage by stage, and after a failure through the hooks for that. */
final class Sequence {
    private final Cluster cluster;
    private final Options options;
    private final Journal journal;
    private final Schedule schedule;
    private final Deadline deadline;
    private final Writing writing;
    private final Hooks hooks;

    Sequence(Cluster cluster, Options options, Journal journal, Schedule schedule, Deadline deadline) {
        this.cluster = cluster;
        this.options = options;
        this.journal = journal;
        this.schedule = schedule;
        this.deadline = deadline;
        this.writing = new Writing(cluster, options, journal, schedule.dependencies(), deadline);
        this.hooks = new Hooks(cluster, journal, deadline);
    }

    /**
     * Applies all; returns the hooks that ran and are left in the cluster.
     *
     * @throws Failure if something failed, unless the delivery is to go on; then the journal knows
     */
    List<Target> run() {
        for (Target target : schedule.leftOut()) {
            journal.skip(target, HookRuns.whyNot(target));
        }
        try {
            forward(schedule.steps());
        } catch (Failure e) {
            afterFailure(e);
            throw e;
        }
        journal.failure().ifPresent(this::afterFailure);
        return hooks.sweep();
    }

    private void forward(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            run(steps.get(i), i == steps.size() - 1);
            boolean failed = journal.failure().isPresent();
            if (failed && !options.staging().goesOn()) {
                throw journal.failure().orElseThrow();
            }
            if (failed) {
                String why = "not applied, because objects of " + steps.get(i) + " failed";
                steps.subList(i + 1, steps.size()).forEach(later -> writing.holdBack(later.targets(), why));
                return;
            }
        }
    }

    private void afterFailure(Failure failure) {
        if (failure.why() == Reason.CANCELED) {
            return;
        }
        try {
            for (Step step : schedule.stepsAfterFailure()) {
                run(step, true);
            }
            hooks.sweep();
        } catch (Failure e) {
            failure.addSuppressed(e);
        } catch (DeadlineException e) {
            failure.addSuppressed(Failure.of(e));
        }
    }

    private void run(Step step, boolean last) {
        hooks.makeRoom(step.hooks());
        var unready = new LinkedHashSet<ObjectRef>();
        Map<Stage, List<Target>> stages = step.targets().stream()
                .collect(Collectors.groupingBy(schedule::stage, TreeMap::new, Collectors.toList()));
        stages.forEach((stage, members) -> options.observer()
                .observe("apply.stage", Map.of("stage", stage.word()), () -> {
                    List<ObjectRef> left = writing.apply(members);
                    if (stage.isAwaited()) {
                        await(left, options, deadline.atMost(options.staging().limit()));
                    } else if (!last) {
                        unready.addAll(left);
                    }
                    return left;
                }));
        awaitStep(step, unready);
    }

    /** Waits for what the next step needs, and for the hooks of this one in any case. */
    private void awaitStep(Step step, Set<ObjectRef> unready) {
        Set<ObjectRef> running = step.hooks().stream()
                .map(Target::ref)
                .filter(ref -> !journal.hasFailed(ref) && !writing.isHeld(ref))
                .collect(Collectors.toSet());
        unready.addAll(running);
        var check = new HookHealth(options.healthCheck(), running);
        try {
            settle(step, running, await(List.copyOf(unready), options.judging(check), deadline));
        } catch (Failure e) {
            if (e.why() == Reason.NOT_HEALTHY) {
                settle(step, running, e.unhealthy());
            }
            throw e;
        }
    }

    private void settle(Step step, Set<ObjectRef> running, Map<ObjectRef, Health> unhealthy) {
        for (Target hook : step.hooks()) {
            Health health = unhealthy.get(hook.ref());
            if (health != null ? health.state() == State.FAILED : journal.hasFailed(hook.ref())) {
                hooks.failed(hook);
            } else if (health == null && running.contains(hook.ref())) {
                hooks.succeeded(hook);
            }
        }
    }

    /** Waits; returns what is not healthy at the end, where the delivery is to go on all the same. */
    private Map<ObjectRef, Health> await(List<ObjectRef> unready, Options how, Deadline until) {
        if (unready.isEmpty()) {
            return Map.of();
        }
        try {
            new Waiter(cluster, how.failingFast()).await(unready, until);
            writing.ready(unready);
            return Map.of();
        } catch (Failure e) {
            if (!options.staging().goesOn() || e.why() != Reason.NOT_HEALTHY) {
                throw e;
            }
            e.unhealthy().keySet().forEach(ref -> journal.note(ref, e));
            return e.unhealthy();
        }
    }
}
