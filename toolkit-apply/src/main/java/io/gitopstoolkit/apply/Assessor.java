package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.Adoption.Finding;
import io.gitopstoolkit.apply.Memory.Note;
import io.gitopstoolkit.apply.Trials.Trial;
import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import io.gitopstoolkit.apply.internal.Comparison;
import io.gitopstoolkit.apply.internal.Comparison.Difference;
import io.gitopstoolkit.apply.internal.JsonPointer;
import io.gitopstoolkit.apply.internal.Workers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what applying would change. What was applied before and has not been written since takes no request but a
 * share of a list, or none where a watch is held. All else is tried by dry run: one request for an object; for those that
 * are there, the state to compare with comes from one list for each kind and namespace, or where there are few, from a
 * request each.
 */
final class Assessor {
    private final Cluster cluster;
    private final Trials trials;
    private final LiveStates liveStates;
    private final Policies policies;
    private final Recreation recreation;
    private final Adoption adoption;
    private final IgnoredFields ignoredFields;

    Assessor(Cluster cluster, Options options) {
        this.cluster = cluster;
        var workers = new Workers(options.concurrency());
        this.liveStates = new LiveStates(cluster, workers);
        this.policies = new Policies(cluster.owner());
        this.trials = new Trials(cluster, workers, policies);
        this.recreation = new Recreation(cluster, options);
        this.adoption = new Adoption(cluster, options.handling());
        this.ignoredFields = options.handling().ignored();
    }

    /**
     * What applying would do to each of {@code targets}, in their order. An object that the API server refuses is told as
     * failed.
     *
     * @throws Failure if the API server cannot be asked
     */
    List<Assessment> assess(List<Target> targets, Deadline deadline) {
        Map<ObjectRef, Assessment> found = excluded(targets);
        known(targets, noted -> liveStates.states(noted, deadline), found);
        trials.of(rest(targets, found), deadline)
                .forEach(trial -> found.put(trial.target().ref(), compare(trial)));
        return inOrder(targets, found);
    }

    /** The same without dry runs: what is neither excluded nor known as unchanged is to be written. */
    List<Assessment> assessUntried(List<Target> targets, Deadline deadline) {
        Map<ObjectRef, Assessment> found = excluded(targets);
        known(targets, liveStates::held, found);
        List<Target> rest = rest(targets, found);
        Map<ObjectRef, Manifest> live = liveStates.metadata(rest, deadline);
        String manager = cluster.owner().fieldManager();
        known(rest, noted -> stamps(noted, live, manager), found);
        List<Target> wanted = rest(rest, found);
        // What is to be sent in place of ignored fields takes the whole object.
        Predicate<Target> ignores = target -> live.containsKey(target.ref())
                && !ignoredFields.of(target.manifest()).isEmpty();
        trials.of(wanted.stream().filter(ignores).toList(), deadline)
                .forEach(trial -> found.put(trial.target().ref(), compare(trial)));
        wanted.stream()
                .filter(ignores.negate())
                .forEach(target -> found.put(target.ref(), untried(target, live.get(target.ref()))));
        return inOrder(targets, found);
    }

    private static Map<ObjectRef, Stamp> stamps(List<Target> noted, Map<ObjectRef, Manifest> live, String manager) {
        return noted.stream()
                .map(target -> live.get(target.ref()))
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(Manifest::ref, object -> Stamp.of(object, manager)));
    }

    private Assessment untried(Target target, @Nullable Manifest live) {
        return live == null
                ? Assessment.untried(target, null)
                : policies.exclusion(live)
                        .or(() -> policies.ifNotPresent(target.manifest()))
                        .map(policy -> skipped(target, live, policy))
                        .orElseGet(() -> Assessment.untried(target, live));
    }

    private Map<ObjectRef, Assessment> excluded(List<Target> targets) {
        var found = new HashMap<ObjectRef, Assessment>();
        targets.forEach(target -> policies.exclusion(target.manifest())
                .ifPresent(policy -> found.put(target.ref(), skipped(target, null, policy))));
        return found;
    }

    private static Assessment skipped(Target target, @Nullable Manifest live, String policy) {
        return Assessment.skipped(target, live, "not applied, because of the " + policy);
    }

    private static List<Target> rest(List<Target> targets, Map<ObjectRef, Assessment> found) {
        return targets.stream()
                .filter(target -> !found.containsKey(target.ref()))
                .toList();
    }

    private static List<Assessment> inOrder(List<Target> targets, Map<ObjectRef, Assessment> found) {
        return targets.stream()
                .map(target -> Objects.requireNonNull(found.get(target.ref())))
                .toList();
    }

    /** Adds the targets that were applied before and have not been written since. */
    private void known(
            List<Target> targets,
            Function<List<Target>, Map<ObjectRef, Stamp>> lookup,
            Map<ObjectRef, Assessment> found) {
        var notes = new LinkedHashMap<Target, Note>();
        rest(targets, found)
                .forEach(target -> cluster.memory().note(target).ifPresent(note -> notes.put(target, note)));
        Map<ObjectRef, Stamp> states = lookup.apply(List.copyOf(notes.keySet()));
        notes.forEach((target, note) -> {
            Stamp state = states.get(target.ref());
            // Of what a later stage waits for, the status counts too.
            boolean inSpecAlone = target.isInSpecAlone() && target.stage() == Stage.REST;
            if (state != null && note.after().isSameState(state, inSpecAlone)) {
                boolean ready = note.ready() && note.after().resourceVersion().equals(state.resourceVersion());
                found.put(target.ref(), Assessment.known(target, ready));
            }
        });
    }

    private Assessment compare(Trial trial) {
        Target target = trial.target();
        Manifest live = trial.live();
        Optional<String> policy = live == null
                ? Optional.empty()
                : policies.exclusion(live).or(() -> policies.ifNotPresent(target.manifest()));
        if (policy.isPresent()) {
            return skipped(target, live, policy.get());
        }
        if (trial.failure() != null) {
            return live != null && recreation.isAllowed(target, live, trial.failure())
                    ? Assessment.recreated(target, live, trial.failure())
                    : Assessment.refused(target, trial.failure());
        }
        Manifest result = Objects.requireNonNull(trial.result());
        if (live == null) {
            return Assessment.created(target, result);
        }
        List<JsonPointer> ignored = ignoredFields.of(target.manifest());
        List<Difference> differences = Comparison.of(
                IgnoredFields.without(live, ignored).content(),
                IgnoredFields.without(result, ignored).content());
        String manager = cluster.owner().fieldManager();
        boolean sameFields = IgnoredFields.ownedFields(live, ignored, manager)
                .equals(IgnoredFields.ownedFields(result, ignored, manager));
        Optional<Finding> left = adoption.find(target, live);
        if (differences.isEmpty() && sameFields && left.isEmpty()) {
            return Assessment.unchanged(target, live, result);
        }
        String message = left.map(Finding::message).orElse(differences.isEmpty() ? "ownership of fields" : "");
        return new Assessment(target, Action.CONFIGURED, message, differences, live, result, false, null);
    }
}
