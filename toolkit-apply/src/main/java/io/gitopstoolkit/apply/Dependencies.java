package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which objects of a set depend on which others, by annotation; without cycles. */
final class Dependencies {
    private final Map<ObjectRef, List<ObjectRef>> direct = new HashMap<>();

    private Dependencies() {}

    /**
     * The dependencies of {@code targets} on each other.
     *
     * @param absent objects of the set of which no target could be made
     * @throws Failure if one depends on what is not in the set, or on itself by way of others
     */
    static Dependencies of(List<Target> targets, Set<ObjectRef> absent) {
        var dependencies = new Dependencies();
        targets.stream()
                .filter(target -> !target.directions().dependsOn().isEmpty())
                .forEach(target -> dependencies.direct.put(
                        target.ref(), target.directions().dependsOn()));
        if (!dependencies.direct.isEmpty()) {
            var known = targets.stream().map(Target::ref).collect(Collectors.toCollection(HashSet::new));
            known.addAll(absent);
            dependencies.requireKnown(known);
            dependencies.requireAcyclic();
        }
        return dependencies;
    }

    /** The dependencies of objects as the cluster has them; those on others do not count. */
    static Dependencies among(Map<ObjectRef, List<ObjectRef>> dependsOn) {
        var dependencies = new Dependencies();
        dependsOn.forEach((ref, on) -> dependencies.direct.put(
                ref, on.stream().filter(dependsOn::containsKey).toList()));
        return dependencies;
    }

    /** What has to be there before {@code ref}. */
    List<ObjectRef> of(ObjectRef ref) {
        return direct.getOrDefault(ref, List.of());
    }

    private void requireKnown(Set<ObjectRef> known) {
        var unknown = new ArrayList<String>();
        direct.forEach((ref, on) -> on.stream()
                .filter(other -> !known.contains(other))
                .forEach(other -> unknown.add(ref + " depends on " + other)));
        if (!unknown.isEmpty()) {
            unknown.sort(null);
            throw new Failure(
                    Reason.INVALID_SET,
                    Cluster.names(unknown) + ", not in the set; add it, or correct the annotation depends-on");
        }
    }

    /** Fails with the path of the first cycle. */
    void requireAcyclic() {
        var good = new HashSet<ObjectRef>();
        direct.keySet().stream().sorted().forEach(ref -> follow(ref, new LinkedHashSet<>(), good));
    }

    private void follow(ObjectRef ref, Set<ObjectRef> path, Set<ObjectRef> good) {
        if (good.contains(ref)) {
            return;
        }
        if (!path.add(ref)) {
            String cycle = path.stream()
                            .dropWhile(step -> !step.equals(ref))
                            .map(ObjectRef::toString)
                            .collect(Collectors.joining(" -> "))
                    + " -> " + ref;
            throw new Failure(
                    Reason.INVALID_SET, cycle + ": these objects depend on each other; remove one of the dependencies");
        }
        of(ref).forEach(other -> follow(other, path, good));
        path.remove(ref);
        good.add(ref);
    }
}
