package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.Batch.Result;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.Health.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what goes together, in the order of dependencies: what waits for nothing at once, the rest as soon as what it waits
 * for is healthy. What needs a failed object is held back. One for each delivery.
 */
final class Writing {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final Options options;
    private final Journal journal;
    private final Dependencies dependencies;
    private final Deadline deadline;
    private final Batch batch;
    private final Waiter waiter;
    private final Set<ObjectRef> unready = new LinkedHashSet<>();
    private final Set<ObjectRef> held = new HashSet<>();

    Writing(Cluster cluster, Options options, Journal journal, Dependencies dependencies, Deadline deadline) {
        this.options = options;
        this.journal = journal;
        this.dependencies = dependencies;
        this.deadline = deadline;
        this.batch = new Batch(cluster, options, deadline);
        this.waiter = new Waiter(cluster, options);
    }

    /** Applies {@code targets}; returns those that were not ready when last seen. */
    List<ObjectRef> apply(List<Target> targets) {
        var waiting = new ArrayList<>(targets);
        while (true) {
            while (waiting.removeIf(this::isHeldBack)) {
                // what is held back holds back others
            }
            var later = waiting.stream().map(Target::ref).toList();
            List<Target> turn = waiting.stream()
                    .filter(target -> dependencies.of(target.ref()).stream()
                            .noneMatch(other -> unready.contains(other) || later.contains(other)))
                    .toList();
            waiting.removeAll(turn);
            write(turn);
            if (waiting.isEmpty()) {
                break;
            }
            if (turn.isEmpty()) {
                awaitOne(waiting);
            }
        }
        return targets.stream().map(Target::ref).filter(unready::contains).toList();
    }

    /** Tells of objects that are not applied, because others failed. */
    void holdBack(List<Target> targets, String why) {
        for (Target target : targets) {
            held.add(target.ref());
            journal.skip(target, why);
        }
    }

    boolean isHeld(ObjectRef ref) {
        return held.contains(ref);
    }

    private void write(List<Target> targets) {
        if (targets.isEmpty()) {
            return;
        }
        if (options.staging().goesOn()) {
            batch.applyEach(targets, this::told);
        } else {
            batch.apply(targets, this::told);
        }
    }

    private boolean isHeldBack(Target target) {
        return reason(target)
                .map(why -> {
                    holdBack(List.of(target), "not applied, because " + why);
                    return true;
                })
                .orElse(false);
    }

    private Optional<String> reason(Target target) {
        ObjectRef definition = target.definition();
        if (target.declared() && journal.hasFailed(definition)) {
            return Optional.of("its definition " + definition + " failed");
        }
        for (ObjectRef other : dependencies.of(target.ref())) {
            if (journal.hasFailed(other)) {
                return Optional.of(other + ", which it depends on, failed");
            }
            if (held.contains(other)) {
                return Optional.of(other + ", which it depends on, was not applied");
            }
        }
        return Optional.empty();
    }

    private void told(Result result) {
        Change change = result.change();
        if (result.failure() == null) {
            journal.tell(change);
            if (!result.ready()) {
                unready.add(change.ref());
            }
            return;
        }
        String namespace = change.ref().namespace();
        boolean absent = result.failure().why() == Reason.NAMESPACE_NOT_FOUND && !namespace.isEmpty();
        if (absent && journal.hasFailed(new ObjectRef("", "Namespace", "", namespace))) {
            held.add(change.ref());
            String why = "not applied, because its namespace " + namespace + " failed";
            journal.tell(new Change(change.ref(), change.apiVersion(), Action.SKIPPED, why));
        } else {
            journal.fail(change, result.failure());
        }
    }

    /** Waits until an object is healthy, or has failed, that one of {@code waiting} depends on. */
    private void awaitOne(List<Target> waiting) {
        var needed = new LinkedHashSet<ObjectRef>();
        waiting.forEach(target ->
                dependencies.of(target.ref()).stream().filter(unready::contains).forEach(needed::add));
        Duration pause = FIRST_PAUSE;
        while (true) {
            Map<ObjectRef, Health> seen = waiter.look(needed, deadline);
            if (seen.entrySet().stream().filter(this::isSettled).count() > 0) {
                return;
            }
            if (deadline.remaining().compareTo(pause) < 0) {
                throw Failure.notHealthy(
                        "not healthy in time: " + Cluster.names(List.copyOf(needed)) + "; "
                                + Cluster.names(
                                        waiting.stream().map(Target::ref).toList()) + " wait for it",
                        seen);
            }
            deadline.pause(pause, "wait for " + Cluster.names(List.copyOf(needed)));
            pause = pause.multipliedBy(2).compareTo(options.pollInterval()) < 0
                    ? pause.multipliedBy(2)
                    : options.pollInterval();
        }
    }

    private boolean isSettled(Map.Entry<ObjectRef, Health> seen) {
        Health health = seen.getValue();
        if (health.isCurrent()) {
            return unready.remove(seen.getKey());
        }
        if (health.state() != State.FAILED) {
            return false;
        }
        journal.note(
                seen.getKey(),
                Failure.notHealthy("failed: " + seen.getKey() + ": " + health, Map.of(seen.getKey(), health)));
        return true;
    }

    /** Objects that were seen to be healthy. */
    void ready(List<ObjectRef> refs) {
        refs.forEach(unready::remove);
    }
}
