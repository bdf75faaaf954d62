package io.gitopstoolkit.apply;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds many objects with few requests: from the watch that is held, or with lists of one kind in a namespace each, several
 * at once. Where the namespaces of a kind are many, one list of the whole cluster takes their place, if the user may.
 */
final class LiveStates {
    static final int MANY_NAMESPACES = 3;

    private final Cluster cluster;
    private final Workers workers;

    LiveStates(Cluster cluster, Workers workers) {
        this.cluster = cluster;
        this.workers = workers;
    }

    /** One list: of a kind in a namespace, or where that is empty, in the whole cluster. */
    private record Place(Kind kind, String namespace) {
        static Place of(Target target) {
            return new Place(target.kind(), target.ref().namespace());
        }
    }

    /** The states by object; those that are not there, or do not carry the owner's labels, are missing. */
    Map<ObjectRef, Stamp> states(List<Target> targets, Deadline deadline) {
        Map<ObjectRef, Stamp> states = held(targets);
        List<Target> unseen = targets.stream().filter(target -> !isHeld(target)).toList();
        ownedMetadata(unseen, deadline)
                .forEach((ref, object) ->
                        states.put(ref, Stamp.of(object, cluster.owner().fieldManager())));
        return states;
    }

    /** The states that a held watch sees. */
    Map<ObjectRef, Stamp> held(List<Target> targets) {
        LiveObjects held = cluster.memory().held();
        var states = new HashMap<ObjectRef, Stamp>();
        targets.stream()
                .filter(this::isHeld)
                .forEach(target ->
                        held.stamp(target.kind(), target.ref()).ifPresent(stamp -> states.put(target.ref(), stamp)));
        return states;
    }

    private boolean isHeld(Target target) {
        return cluster.memory().held().covers(target.kind(), target.ref().namespace());
    }

    private Map<ObjectRef, Manifest> ownedMetadata(List<Target> targets, Deadline deadline) {
        Map<Kind, TreeSet<String>> namespaces = targets.stream()
                .collect(groupingBy(
                        Target::kind,
                        LinkedHashMap::new,
                        mapping(target -> target.ref().namespace(), toCollection(TreeSet::new))));
        List<Place> wide = namespaces.entrySet().stream()
                .filter(kind -> kind.getValue().size() > MANY_NAMESPACES)
                .map(kind -> new Place(kind.getKey(), ""))
                .toList();
        var found = new HashMap<ObjectRef, Manifest>();
        var listed = new HashSet<>(wide);
        list(wide, found, cluster::ownedMetadata, deadline).forEach(listed::remove);
        List<Place> narrow = namespaces.entrySet().stream()
                .filter(kind -> !listed.contains(new Place(kind.getKey(), "")))
                .flatMap(kind -> kind.getValue().stream().map(name -> new Place(kind.getKey(), name)))
                .toList();
        list(narrow, found, cluster::ownedMetadata, deadline);
        return found;
    }

    /** The metadata of all of {@code targets} that are there, whoever owns them. */
    Map<ObjectRef, Manifest> metadata(List<Target> targets, Deadline deadline) {
        Map<Place, Long> sizes = targets.stream().collect(groupingBy(Place::of, counting()));
        List<Place> many = sizes.entrySet().stream()
                .filter(place -> place.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        var found = new HashMap<ObjectRef, Manifest>();
        var listed = new HashSet<>(many);
        list(many, found, cluster::metadata, deadline).forEach(listed::remove);
        workers.each(
                targets.stream()
                        .filter(target -> !listed.contains(Place.of(target)))
                        .toList(),
                target -> cluster.metadata(target.kind(), target.ref(), deadline),
                object -> object.ifPresent(there -> found.put(there.ref(), there)),
                deadline);
        return found;
    }

    private interface Listing {
        Optional<List<Manifest>> of(Kind kind, String namespace, Deadline deadline);
    }

    /** Lists what may be listed into {@code found}; returns the rest. */
    private List<Place> list(List<Place> places, Map<ObjectRef, Manifest> found, Listing how, Deadline deadline) {
        var forbidden = new ArrayList<Place>();
        workers.each(
                places,
                place -> Map.entry(place, how.of(place.kind(), place.namespace(), deadline)),
                answer -> answer.getValue()
                        .ifPresentOrElse(
                                objects -> objects.forEach(object -> found.put(object.ref(), object)),
                                () -> forbidden.add(answer.getKey())),
                deadline);
        return forbidden;
    }
}
