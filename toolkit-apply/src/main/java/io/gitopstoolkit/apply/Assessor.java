package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.Memory.Note;
import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import io.gitopstoolkit.apply.internal.Comparison;
import io.gitopstoolkit.apply.internal.Comparison.Difference;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import io.gitopstoolkit.apply.internal.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Workers workers;

    Assessor(Cluster cluster, Workers workers) {
        this.cluster = cluster;
        this.workers = workers;
    }

    private record Place(Kind kind, String namespace) {
        static Place of(Target target) {
            return new Place(target.kind(), target.ref().namespace());
        }
    }

    /** A target and what its dry run said: how the object would be, or why it is refused. */
    private record Trial(
            Target target,
            @Nullable Manifest result,
            @Nullable Failure failure) {
        /** The version of the object that is there; empty where none is. */
        String version() {
            return result == null ? "" : Assessor.version(result);
        }
    }

    /**
     * What applying would do to each of {@code targets}, in their order. An object that the API server refuses is told as
     * failed.
     *
     * @throws Failure if the API server cannot be asked
     */
    List<Assessment> assess(List<Target> targets, Deadline deadline) {
        Map<ObjectRef, Assessment> found = known(targets, deadline);
        List<Target> unknown = targets.stream()
                .filter(target -> !found.containsKey(target.ref()))
                .toList();
        List<Trial> trials = workers.map(unknown, target -> trial(target, deadline), deadline);
        Map<ObjectRef, Manifest> live = live(trials, sizes(targets), deadline);
        trials.forEach(trial -> found.put(trial.target().ref(), compare(trial, live)));
        return targets.stream()
                .map(target -> Objects.requireNonNull(found.get(target.ref())))
                .toList();
    }

    /** The targets that were applied before and have not been written since. */
    private Map<ObjectRef, Assessment> known(List<Target> targets, Deadline deadline) {
        var notes = new HashMap<Target, Note>();
        targets.forEach(target -> cluster.memory().note(target).ifPresent(note -> notes.put(target, note)));
        Map<ObjectRef, Stamp> states = new LiveStates(cluster, workers)
                .of(targets.stream().filter(notes::containsKey).toList(), deadline);
        var known = new HashMap<ObjectRef, Assessment>();
        notes.forEach((target, note) -> {
            Stamp state = states.get(target.ref());
            // Of what a later stage waits for, the status counts too.
            boolean inSpecAlone = target.isInSpecAlone() && target.stage() == Stage.REST;
            if (state != null && note.after().isSameState(state, inSpecAlone)) {
                boolean ready = note.ready() && note.after().resourceVersion().equals(state.resourceVersion());
                known.put(target.ref(), Assessment.known(target, ready));
            }
        });
        return known;
    }

    private Trial trial(Target target, Deadline deadline) {
        try {
            return new Trial(
                    target, new Manifest(cluster.dryRun(target, deadline).body()), null);
        } catch (Failure e) {
            if (!e.isAboutOneObject()) {
                throw e;
            }
            return new Trial(target, null, e);
        }
    }

    /** The objects that are there, as they are: listed where that takes fewer requests. */
    private Map<ObjectRef, Manifest> live(List<Trial> trials, Map<Place, Long> sizes, Deadline deadline) {
        var places = new HashMap<Place, List<Trial>>();
        trials.stream()
                .filter(trial -> !trial.version().isEmpty())
                .forEach(trial -> places.computeIfAbsent(Place.of(trial.target()), place -> new ArrayList<>())
                        .add(trial));
        var live = new HashMap<ObjectRef, Manifest>();
        var single = new ArrayList<Target>();
        places.forEach((place, there) -> {
            long pages = 1 + (sizes.getOrDefault(place, 0L) - 1) / Cluster.PAGE;
            Map<String, Manifest> listed =
                    there.size() <= pages ? Map.of() : cluster.owned(place.kind(), place.namespace(), deadline);
            for (Trial trial : there) {
                Manifest object = listed.get(trial.target().ref().name());
                if (object != null && version(object).equals(trial.version())) {
                    live.put(trial.target().ref(), object);
                } else {
                    single.add(trial.target());
                }
            }
        });
        workers.each(
                single,
                target -> cluster.get(target.kind(), target.ref(), deadline),
                object -> object.ifPresent(there -> live.put(there.ref(), there)),
                deadline);
        return live;
    }

    private static Map<Place, Long> sizes(List<Target> targets) {
        return targets.stream().collect(Collectors.groupingBy(Place::of, Collectors.counting()));
    }

    private Assessment compare(Trial trial, Map<ObjectRef, Manifest> all) {
        Target target = trial.target();
        if (trial.failure() != null) {
            return Assessment.refused(target, trial.failure());
        }
        Manifest result = Objects.requireNonNull(trial.result());
        Manifest live = trial.version().isEmpty() ? null : all.get(target.ref());
        if (live == null) {
            return Assessment.created(target, result);
        }
        List<Difference> differences = Comparison.of(live.content(), result.content());
        String manager = cluster.owner().fieldManager();
        boolean sameFields = OwnedFields.of(live, manager).equals(OwnedFields.of(result, manager));
        if (differences.isEmpty() && sameFields) {
            return Assessment.unchanged(target, live, result);
        }
        String message = differences.isEmpty() ? "ownership of fields" : "";
        return new Assessment(target, Action.CONFIGURED, message, differences, live, result, false, null);
    }

    private static String version(Manifest object) {
        return Tree.text(object.content(), "", "metadata", "resourceVersion");
    }
}
