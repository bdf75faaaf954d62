package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.ObjectRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The version of each object that a watch has seen, so that a new list tells what a gap has hidden. Not safe between threads. */
final class Known {
    private final Map<ObjectRef, String> versions = new HashMap<>();
    private Set<ObjectRef> listed = new HashSet<>();

    /** Whether this version of the object is new. */
    boolean add(ObjectRef ref, String version) {
        listed.add(ref);
        return !version.equals(versions.put(ref, version));
    }

    /** Whether the object was there. */
    boolean remove(ObjectRef ref) {
        return versions.remove(ref) != null;
    }

    void beginList() {
        listed = new HashSet<>();
    }

    /** Forgets what the list did not hold, and returns it. */
    List<ObjectRef> endList() {
        var gone = new ArrayList<>(versions.keySet());
        gone.removeAll(listed);
        gone.forEach(versions::remove);
        listed = new HashSet<>();
        return gone;
    }
}
