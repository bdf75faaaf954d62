package io.gitopstoolkit.apply;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import io.gitopstoolkit.apply.internal.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tries objects by dry run, one request each, and looks up those that are there: with one list for each kind and namespace,
 * or where it takes fewer, with a request each.
 */
final class Trials {
    private final Cluster cluster;
    private final Workers workers;
    private final Policies policies;

    Trials(Cluster cluster, Workers workers, Policies policies) {
        this.cluster = cluster;
        this.workers = workers;
        this.policies = policies;
    }

    /**
     * What was found out about one object.
     *
     * @param result how it would be; null where it is refused, or was not tried
     * @param failure why it is refused; null where it is not
     * @param live how it is; null where it is not there
     */
    record Trial(
            Target target,
            @Nullable Manifest result,
            @Nullable Failure failure,
            @Nullable Manifest live) {
        /** The version that the dry run saw; empty where there was none, or none to see. */
        private String version() {
            return result == null ? "" : Trials.version(result);
        }

        /** Whether the object is there, or may be, and is still to be looked up. */
        private boolean wantsLive() {
            boolean refused = failure != null
                    && switch (failure.why()) {
                        case IMMUTABLE_FIELD, INVALID_OBJECT, DENIED, CONFLICT -> true;
                        default -> false;
                    };
            return live == null && (refused || !version().isEmpty());
        }

        private Trial with(@Nullable Manifest found) {
            return new Trial(target, result, failure, found);
        }
    }

    private record Place(Kind kind, String namespace) {
        static Place of(Target target) {
            return new Place(target.kind(), target.ref().namespace());
        }
    }

    /**
     * Tries each of {@code targets}, but for those that are only to be created and are there.
     *
     * @throws Failure if the API server cannot be asked
     */
    List<Trial> of(List<Target> targets, Deadline deadline) {
        List<Trial> trials = workers.map(targets, target -> trial(target, deadline), deadline);
        Map<ObjectRef, Manifest> live = live(trials, deadline);
        return trials.stream()
                .map(trial -> trial.live() == null
                        ? trial.with(live.get(trial.target().ref()))
                        : trial)
                .toList();
    }

    private Trial trial(Target target, Deadline deadline) {
        try {
            if (policies.ifNotPresent(target.manifest()).isPresent()) {
                Optional<Manifest> live = cluster.get(target.kind(), target.ref(), deadline);
                if (live.isPresent()) {
                    return new Trial(target, null, null, live.get());
                }
            }
            return new Trial(
                    target, new Manifest(cluster.dryRun(target, deadline).body()), null, null);
        } catch (Failure e) {
            if (!e.isAboutOneObject()) {
                throw e;
            }
            return new Trial(target, null, e, null);
        }
    }

    private Map<ObjectRef, Manifest> live(List<Trial> trials, Deadline deadline) {
        Map<Place, Long> sizes = trials.stream().collect(groupingBy(trial -> Place.of(trial.target()), counting()));
        Map<Place, List<Trial>> places =
                trials.stream().filter(Trial::wantsLive).collect(groupingBy(trial -> Place.of(trial.target())));
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

    /** The resource version of an object; empty where it has none. */
    static String version(Manifest object) {
        return Tree.text(object.content(), "", "metadata", "resourceVersion");
    }
}
