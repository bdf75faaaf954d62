package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Pace;
import io.gitopstoolkit.apply.internal.Watch;
import io.gitopstoolkit.apply.internal.WatchEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The owner's objects in the places that are watched: of each its stamp, of which nothing is as large as the object. One
 * watch for each place, of metadata alone. Safe between threads.
 */
final class WatchedObjects implements AutoCloseable {
    private final Cluster cluster;
    private final Pace pace;
    private final Listener listener;
    private final Map<ObjectRef, Stamp> stamps = new ConcurrentHashMap<>();
    private final Map<Place, Watched> places = new ConcurrentHashMap<>();

    WatchedObjects(Cluster cluster, Pace pace, Listener listener) {
        this.cluster = cluster;
        this.pace = pace;
        this.listener = listener;
    }

    /**
     * Where objects are watched.
     *
     * @param namespace empty for the whole cluster, and for a kind without namespaces
     */
    record Place(String group, String kind, String namespace) {
        static Place of(ObjectRef ref) {
            return new Place(ref.group(), ref.kind(), ref.namespace());
        }

        Place everywhere() {
            return new Place(group, kind, "");
        }

        boolean holds(ObjectRef ref) {
            return group.equals(ref.group())
                    && kind.equals(ref.kind())
                    && (namespace.isEmpty() || namespace.equals(ref.namespace()));
        }

        @Override
        public String toString() {
            return kind + (namespace.isEmpty() ? "" : " of namespace " + namespace);
        }
    }

    /** Hears of the watches; called by threads of the HTTP client, so it returns at once. */
    interface Listener {
        /** An object is another than it was, or gone. */
        void onChange(ObjectRef ref);

        /** All that is in the place is known, for the first time or again. */
        void onSynced(Place place);

        /** The place cannot be watched. */
        void onFailed(Place place, ApiException why);
    }

    /** Begins to watch a place, unless it is watched. */
    void watch(Place place, Kind kind) {
        if (!places.containsKey(place)) {
            var watched = new Watched(place);
            places.put(place, watched);
            watched.watch = cluster.watch(kind, place.namespace(), pace, watched);
        }
    }

    /** Ends all watches but these, and forgets what they saw. */
    void retain(Set<Place> kept) {
        places.keySet().stream().filter(place -> !kept.contains(place)).toList().forEach(this::end);
    }

    /** Ends one watch, and forgets what it saw. */
    void end(Place place) {
        Watched ended = places.remove(place);
        if (ended != null) {
            ended.close();
            stamps.keySet().removeIf(ref -> place.holds(ref) && !isKnown(ref));
        }
    }

    /** Whether all watches know all that is in their places. */
    boolean isSynced() {
        return places.values().stream().allMatch(watched -> watched.isSynced);
    }

    /** Whether it is known if the object is there. */
    boolean isKnown(ObjectRef ref) {
        return place(ref).filter(watched -> watched.isSynced).isPresent();
    }

    /** Whether all that happens to the owner's objects of the place is known at once. */
    boolean isLive(Place place) {
        return Optional.ofNullable(places.get(place))
                .or(() -> Optional.ofNullable(places.get(place.everywhere())))
                .filter(Watched::isLive)
                .isPresent();
    }

    /** The last state of an object; null where it is not there, or not known. */
    @Nullable
    Stamp stamp(ObjectRef ref) {
        return stamps.get(ref);
    }

    private Optional<Watched> place(ObjectRef ref) {
        Place place = Place.of(ref);
        return Optional.ofNullable(places.get(place)).or(() -> Optional.ofNullable(places.get(place.everywhere())));
    }

    @Override
    public void close() {
        List.copyOf(places.keySet()).forEach(this::end);
    }

    /** How the objects are spread: for each kind the namespaces, or where these are many, the whole cluster. */
    static Map<Place, Inventory.Entry> places(Inventory inventory, Set<Place> forbidden) {
        Map<Place, List<Inventory.Entry>> kinds = inventory.entries().stream()
                .collect(Collectors.groupingBy(entry -> Place.of(entry.ref()).everywhere()));
        var places = new HashMap<Place, Inventory.Entry>();
        kinds.forEach((everywhere, entries) -> {
            var spread = new HashMap<Place, Inventory.Entry>();
            entries.forEach(entry -> spread.putIfAbsent(Place.of(entry.ref()), entry));
            if (spread.size() > LiveStates.MANY_NAMESPACES && !forbidden.contains(everywhere)) {
                places.put(everywhere, entries.get(0));
            } else {
                places.putAll(spread);
            }
        });
        return places;
    }

    /** One watch. */
    private final class Watched implements WatchEvents, AutoCloseable {
        private final Place place;
        private volatile @Nullable Watch watch;
        private volatile boolean isSynced;

        Watched(Place place) {
            this.place = place;
        }

        boolean isLive() {
            Watch held = watch;
            return isSynced && held != null && held.isLive();
        }

        @Override
        public void changed(Manifest object) {
            if (isCurrent()) {
                stamps.put(object.ref(), Stamp.of(object, cluster.owner().fieldManager()));
                listener.onChange(object.ref());
            }
        }

        @Override
        public void deleted(ObjectRef ref) {
            if (isCurrent()) {
                stamps.remove(ref);
                listener.onChange(ref);
            }
        }

        @Override
        public void synced() {
            isSynced = true;
            if (isCurrent()) {
                listener.onSynced(place);
            }
        }

        @Override
        public void failed(ApiException why) {
            if (isCurrent()) {
                end(place);
                listener.onFailed(place, why);
            }
        }

        private boolean isCurrent() {
            return places.get(place) == this;
        }

        @Override
        public void close() {
            Watch held = watch;
            if (held != null) {
                held.close();
            }
        }
    }
}
