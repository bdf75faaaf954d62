package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.Comparison;
import io.gitopstoolkit.apply.internal.Comparison.Difference;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what applying would change, by dry run: one request for an object that is new; for one that is there, the
 * state to compare with comes from one list for each kind and namespace, or where there are few, from a request each.
 */
final class Assessor {
    /** From so many objects of a kind in a namespace, they are listed. */
    private static final int WORTH_A_LIST = 3;

    private final Cluster cluster;
    private final Map<Place, Long> counts;
    private final Map<Place, Map<String, Manifest>> lists = new HashMap<>();

    /** For objects that are assessed one soon after the other. */
    Assessor(Cluster cluster, List<Target> targets) {
        this.cluster = cluster;
        this.counts = targets.stream()
                .map(Place::of)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private record Place(Kind kind, String namespace) {
        static Place of(Target target) {
            return new Place(target.kind(), target.ref().namespace());
        }
    }

    /**
     * What applying would do to one object.
     *
     * @param differences what it would change; empty unless the object is there
     * @param live the object as it is; null where it is not there
     * @param result the object as it would be
     */
    record Assessment(
            Target target,
            Action action,
            String message,
            List<Difference> differences,
            @Nullable Manifest live,
            Manifest result) {
        Change change() {
            return new Change(target.ref(), target.kind().apiVersion(), action, message);
        }
    }

    Assessment assess(Target target, Deadline deadline) {
        Manifest result = new Manifest(cluster.dryRun(target, deadline).body());
        String version = resourceVersion(result);
        if (version.isEmpty()) {
            return new Assessment(target, Action.CREATED, "", List.of(), null, result);
        }
        Optional<Manifest> live = live(target, version, deadline);
        if (live.isEmpty()) {
            return new Assessment(target, Action.CREATED, "", List.of(), null, result);
        }
        List<Difference> differences = Comparison.of(live.get().content(), result.content());
        boolean sameFields = ownedFields(live.get()).equals(ownedFields(result));
        if (differences.isEmpty() && sameFields) {
            return new Assessment(target, Action.UNCHANGED, "", List.of(), live.get(), result);
        }
        String message = differences.isEmpty() ? "ownership of fields" : "";
        return new Assessment(target, Action.CONFIGURED, message, differences, live.get(), result);
    }

    /** The object as it is, of the version that the dry run saw if it comes from the list. */
    private Optional<Manifest> live(Target target, String version, Deadline deadline) {
        Place place = Place.of(target);
        if (counts.getOrDefault(place, 0L) >= WORTH_A_LIST) {
            Manifest listed = lists.computeIfAbsent(place, key -> cluster.owned(key.kind(), key.namespace(), deadline))
                    .get(target.ref().name());
            if (listed != null && resourceVersion(listed).equals(version)) {
                return Optional.of(listed);
            }
        }
        return cluster.get(target.kind(), target.ref(), deadline);
    }

    private static String resourceVersion(Manifest object) {
        return Tree.text(object.content(), "", "metadata", "resourceVersion");
    }

    /** The fields that our manager holds by apply: whoever holds none of a field cannot remove it later. */
    private Map<String, @Nullable Object> ownedFields(Manifest object) {
        return Tree.maps(object.content(), "metadata", "managedFields").stream()
                .filter(entry -> cluster.owner().fieldManager().equals(entry.get("manager")))
                .filter(entry -> "Apply".equals(entry.get("operation")))
                .filter(entry -> Tree.text(entry, "", "subresource").isEmpty())
                .findFirst()
                .map(entry -> Tree.map(entry, "fieldsV1"))
                .orElse(Map.of());
    }
}
