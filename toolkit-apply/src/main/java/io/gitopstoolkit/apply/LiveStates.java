package io.gitopstoolkit.apply;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

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
import java.util.TreeSet;

/**
 * Finds the states of many objects with few requests: from the watch that is held, and for what it does not cover, from
 * one list of their metadata for each kind and namespace. Where the namespaces of a kind are many, one list of the whole
 * cluster takes their place, if the user may.
 */
final class LiveStates {
    private static final int MANY_NAMESPACES = 3;

    private final Cluster cluster;
    private final Workers workers;

    LiveStates(Cluster cluster, Workers workers) {
        this.cluster = cluster;
        this.workers = workers;
    }

    /** The states by object; objects that are not there, or do not carry the owner's labels, are missing. */
    Map<ObjectRef, Stamp> of(List<Target> targets, Deadline deadline) {
        LiveObjects held = cluster.memory().held();
        var states = new HashMap<ObjectRef, Stamp>();
        var unseen = new ArrayList<Target>();
        for (Target target : targets) {
            if (held.covers(target.kind(), target.ref().namespace())) {
                held.stamp(target.kind(), target.ref()).ifPresent(stamp -> states.put(target.ref(), stamp));
            } else {
                unseen.add(target);
            }
        }
        Map<Kind, TreeSet<String>> places = unseen.stream()
                .collect(groupingBy(
                        Target::kind,
                        LinkedHashMap::new,
                        mapping(target -> target.ref().namespace(), toCollection(TreeSet::new))));
        workers.each(
                List.copyOf(places.entrySet()),
                place -> list(place.getKey(), List.copyOf(place.getValue()), deadline),
                listed -> listed.forEach(object -> states.put(object.ref(), stamp(object))),
                deadline);
        return states;
    }

    private List<Manifest> list(Kind kind, List<String> namespaces, Deadline deadline) {
        if (namespaces.size() > MANY_NAMESPACES) {
            Optional<List<Manifest>> all = cluster.ownedMetadata(kind, "", deadline);
            if (all.isPresent()) {
                return all.get();
            }
        }
        return namespaces.stream()
                .flatMap(namespace -> cluster.ownedMetadata(kind, namespace, deadline).stream())
                .flatMap(List::stream)
                .collect(toList());
    }

    private Stamp stamp(Manifest object) {
        return Stamp.of(object, cluster.owner().fieldManager());
    }
}
