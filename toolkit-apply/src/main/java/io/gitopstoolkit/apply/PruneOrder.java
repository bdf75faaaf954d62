package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.Pruner.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * In which order objects are deleted where their annotations ask for one: the higher waves first, and in each what depends
 * on another before that other. What they say is read from the cluster, for their manifests are gone.
 */
final class PruneOrder {
    private final String group;
    private final Map<ObjectRef, Directions> directions = new HashMap<>();
    private final Map<ObjectRef, Integer> depths = new HashMap<>();

    /** Reads annotations with the owner's {@code group}. */
    PruneOrder(String group) {
        this.group = group;
    }

    /** What is deleted together, one group after the other; one group where no annotation says otherwise. */
    List<List<Verdict>> groups(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            if (verdict.live() != null) {
                read(verdict.live())
                        .ifPresent(found -> directions.put(verdict.change().ref(), found));
            }
        }
        if (directions.isEmpty()) {
            return List.of(verdicts);
        }
        var dependsOn = new HashMap<ObjectRef, List<ObjectRef>>();
        verdicts.forEach(verdict -> {
            ObjectRef ref = verdict.change().ref();
            dependsOn.put(ref, directions.containsKey(ref) ? directions.get(ref).dependsOn() : List.of());
        });
        Dependencies dependencies = Dependencies.among(dependsOn);
        var groups = new TreeMap<Integer, TreeMap<Integer, List<Verdict>>>(Comparator.reverseOrder());
        for (Verdict verdict : verdicts) {
            ObjectRef ref = verdict.change().ref();
            Directions found = directions.get(ref);
            groups.computeIfAbsent(found == null ? 0 : found.wave(), wave -> new TreeMap<>(Comparator.reverseOrder()))
                    .computeIfAbsent(depth(ref, dependencies, new HashSet<>()), depth -> new ArrayList<>())
                    .add(verdict);
        }
        return groups.values().stream().flatMap(wave -> wave.values().stream()).toList();
    }

    /** How many objects are below this one, one upon the other; what depends on itself is cut somewhere. */
    private int depth(ObjectRef ref, Dependencies dependencies, Set<ObjectRef> above) {
        Integer known = depths.get(ref);
        if (known != null) {
            return known;
        }
        int depth = 0;
        if (above.add(ref)) {
            for (ObjectRef other : dependencies.of(ref)) {
                depth = Math.max(depth, 1 + depth(other, dependencies, above));
            }
            depths.put(ref, depth);
        }
        return depth;
    }

    /** What an object in the cluster says; nothing where it says nothing, or what cannot be read. */
    private Optional<Directions> read(Manifest live) {
        try {
            return Optional.of(Directions.of(live, group)).filter(found -> !found.isPlain());
        } catch (Failure e) {
            return Optional.empty();
        }
    }
}
