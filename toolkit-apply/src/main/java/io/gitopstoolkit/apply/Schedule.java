package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a delivery applies in which order: the phases of Argo CD, in each its waves, in each wave the stages of Flux. A set
 * without annotations has one wave.
 */
final class Schedule {
    private static final Comparator<Slot> ORDER =
            Comparator.comparing(Slot::phase).thenComparing(Slot::wave);

    private final List<Target> targets;
    private final Staging staging;
    private final boolean runsHooks;
    private final Dependencies dependencies;
    private final Map<ObjectRef, Stage> stages = new HashMap<>();

    /**
     * Puts targets in order.
     *
     * @param targets in the order of their kinds
     * @param absent objects of the set of which no target could be made
     * @param runsHooks whether the hooks of the set run in this delivery
     */
    Schedule(List<Target> targets, Set<ObjectRef> absent, Staging staging, boolean runsHooks) {
        this.targets = targets;
        this.staging = staging;
        this.runsHooks = runsHooks;
        this.dependencies = Dependencies.of(targets, absent);
        requireOrder();
    }

    private record Slot(Phase phase, int wave) {}

    /** What is applied, and is healthy, before the next begins. */
    record Step(Phase phase, int wave, List<Target> targets) {
        List<Target> hooks() {
            return targets.stream().filter(target -> target.directions().hook()).toList();
        }

        @Override
        public String toString() {
            return "wave " + wave + " of " + phase;
        }
    }

    /** All of the set. */
    List<Target> targets() {
        return targets;
    }

    Dependencies dependencies() {
        return dependencies;
    }

    /** The steps of a delivery that goes well. */
    List<Step> steps() {
        return steps(false);
    }

    /** The steps after a failure. */
    List<Step> stepsAfterFailure() {
        return steps(true);
    }

    private List<Step> steps(boolean failed) {
        var slots = new TreeMap<Slot, List<Target>>(ORDER);
        for (Target target : targets) {
            for (Phase phase : target.directions().phases()) {
                if (applies(target) && failed == (phase == Phase.SYNC_FAIL)) {
                    var slot = new Slot(phase, target.directions().wave());
                    slots.computeIfAbsent(slot, key -> new ArrayList<>()).add(target);
                }
            }
        }
        return slots.entrySet().stream()
                .map(entry -> new Step(entry.getKey().phase(), entry.getKey().wave(), entry.getValue()))
                .toList();
    }

    /** What may be applied in this delivery: all but hooks that do not run, and what is never applied. */
    List<Target> applied() {
        return targets.stream().filter(this::applies).toList();
    }

    /** What is of the set and not applied in this delivery. */
    List<Target> leftOut() {
        return targets.stream().filter(target -> !applies(target)).toList();
    }

    private boolean applies(Target target) {
        Directions directions = target.directions();
        return !directions.phases().isEmpty() && (runsHooks || !directions.hook());
    }

    /** The stage of a target in its wave: not before those of its dependencies. */
    Stage stage(Target target) {
        Stage known = stages.get(target.ref());
        if (known != null) {
            return known;
        }
        Stage stage = staging.of(target);
        for (ObjectRef other : dependencies.of(target.ref())) {
            for (Target dependency : targets) {
                if (dependency.ref().equals(other) && sameWave(dependency, target)) {
                    Stage least = stage(dependency);
                    stage = least.compareTo(stage) > 0 ? least : stage;
                }
            }
        }
        stages.put(target.ref(), stage);
        return stage;
    }

    private static boolean sameWave(Target one, Target other) {
        return one.directions().wave() == other.directions().wave()
                && one.directions().phases().equals(other.directions().phases());
    }

    /** Fails where an object depends on one of a later phase or wave. */
    private void requireOrder() {
        var slots = new HashMap<ObjectRef, Slot>();
        targets.forEach(target -> target.directions().phases().stream()
                .min(Comparator.naturalOrder())
                .ifPresent(phase -> slots.put(
                        target.ref(), new Slot(phase, target.directions().wave()))));
        for (Target target : targets) {
            for (ObjectRef other : dependencies.of(target.ref())) {
                Slot own = slots.get(target.ref());
                Slot needed = slots.get(other);
                if (own != null && needed != null && ORDER.compare(needed, own) > 0) {
                    throw new Failure(
                            Reason.INVALID_SET,
                            target.ref() + " (wave " + own.wave() + " of " + own.phase() + ") depends on " + other
                                    + ", which comes later (wave " + needed.wave() + " of " + needed.phase()
                                    + "); give it the same wave, or an earlier one");
                }
            }
        }
    }
}
