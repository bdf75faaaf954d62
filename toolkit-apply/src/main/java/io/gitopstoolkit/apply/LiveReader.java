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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads many objects: those of one kind in one namespace by one list, and by themselves where they are few. */
final class LiveReader {
    /** From so many objects of a kind in a namespace, they are listed. */
    private static final int WORTH_A_LIST = 3;
    /** From so many that are not the owner's, the names of all objects there are listed. */
    private static final int WORTH_A_LIST_OF_ALL = 20;

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
        var single = new ArrayList<ObjectRef>();
        places.forEach((place, refs) -> {
            if (refs.size() >= WORTH_A_LIST) {
                cluster.owned(place.kind(), place.namespace(), deadline)
                        .values()
                        .forEach(object -> found.put(object.ref(), object));
            }
            List<ObjectRef> missing =
                    refs.stream().filter(ref -> !found.containsKey(ref)).toList();
            single.addAll(there(place, missing, deadline));
        });
        List<Optional<Manifest>> got = workers.map(
                single, ref -> cluster.get(Objects.requireNonNull(kinds.get(ref)), ref, deadline), deadline);
        got.forEach(object -> object.ifPresent(there -> found.put(there.ref(), there)));
        return found;
    }

    /** Those that may be there, though they do not carry the owner's labels. */
    private List<ObjectRef> there(Place place, List<ObjectRef> missing, Deadline deadline) {
        if (missing.size() < WORTH_A_LIST_OF_ALL) {
            return missing;
        }
        return cluster.metadata(place.kind(), place.namespace(), deadline)
                .map(all -> all.stream().map(Manifest::ref).collect(Collectors.toSet()))
                .map(all -> missing.stream().filter(all::contains).toList())
                .orElse(missing);
    }
}
