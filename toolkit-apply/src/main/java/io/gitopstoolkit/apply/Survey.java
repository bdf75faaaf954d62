package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of an inventory as they are: where there are many of a kind in a namespace, from one list of the owner's. */
final class Survey {
    /** From so many objects of a kind in a namespace, they are listed. */
    private static final int WORTH_A_LIST = 3;

    private final Cluster cluster;
    private final Map<ObjectRef, Manifest> listed = new HashMap<>();

    Survey(Cluster cluster) {
        this.cluster = cluster;
    }

    private record Place(Kind kind, String namespace) {}

    /** Lists what is worth a list; forgets what was listed before. */
    void survey(Inventory inventory, Deadline deadline) {
        listed.clear();
        var places = new HashMap<Place, List<ObjectRef>>();
        for (Inventory.Entry entry : inventory.entries()) {
            kind(entry, deadline)
                    .ifPresent(kind -> places.computeIfAbsent(
                                    new Place(kind, entry.ref().namespace()), place -> new ArrayList<>())
                            .add(entry.ref()));
        }
        places.forEach((place, refs) -> {
            if (refs.size() >= WORTH_A_LIST) {
                var owned = cluster.owned(place.kind(), place.namespace(), deadline);
                refs.forEach(
                        ref -> Optional.ofNullable(owned.get(ref.name())).ifPresent(object -> listed.put(ref, object)));
            }
        });
    }

    /** The kind in the version of the entry, or in the one that the cluster prefers now. */
    Optional<Kind> kind(Inventory.Entry entry, Deadline deadline) {
        return cluster.kind(entry.apiVersion(), entry.ref().kind(), deadline)
                .or(() -> cluster.kind(entry.ref(), deadline));
    }

    Optional<Manifest> get(Kind kind, ObjectRef ref, Deadline deadline) {
        Manifest object = listed.get(ref);
        return object == null ? cluster.get(kind, ref, deadline) : Optional.of(object);
    }

    void forget(ObjectRef ref) {
        listed.remove(ref);
    }
}
