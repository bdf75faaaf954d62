package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads many objects: those of one kind in one namespace by one list, and by themselves where they are few. */
final class LiveReader {
    /** From so many objects of a kind in a namespace, they are listed. */
    private static final int WORTH_A_LIST = 3;

    private final Cluster cluster;
    private final Workers workers;

    LiveReader(Cluster cluster, Workers workers) {
        this.cluster = cluster;
        this.workers = workers;
    }

    private record Place(Kind kind, String namespace) {}

    /** The objects that are there. */
    Map<ObjectRef, Manifest> read(Map<ObjectRef, Kind> kinds, Deadline deadline) {
        var places = new LinkedHashMap<Place, List<ObjectRef>>();
        kinds.forEach(
                (ref, kind) -> places.computeIfAbsent(new Place(kind, ref.namespace()), place -> new ArrayList<>())
                        .add(ref));
        var found = new HashMap<ObjectRef, Manifest>();
        places.forEach((place, refs) -> {
            if (refs.size() >= WORTH_A_LIST) {
                cluster.owned(place.kind(), place.namespace(), deadline)
                        .values()
                        .forEach(object -> found.put(object.ref(), object));
            }
        });
        List<Map.Entry<ObjectRef, Kind>> single = kinds.entrySet().stream()
                .filter(entry -> !found.containsKey(entry.getKey()))
                .toList();
        List<Optional<Manifest>> got =
                workers.map(single, entry -> cluster.get(entry.getValue(), entry.getKey(), deadline), deadline);
        got.forEach(object -> object.ifPresent(there -> found.put(there.ref(), there)));
        return found;
    }
}
