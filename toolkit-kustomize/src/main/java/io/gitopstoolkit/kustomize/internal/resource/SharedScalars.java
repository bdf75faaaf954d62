package io.gitopstoolkit.kustomize.internal.resource;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scalars of one resource that stand in several places and change in all of them at once.
 *
 * <p>Kustomize puts one node into every field that a label or annotation is added to, so a later change of the label in
 * {@code metadata} alone, be it by a patch or another label, changes selectors and templates too. Users' output depends
 * on it.
 */
@SuppressWarnings("ReferenceEquality") // which scalar it is counts, not what it says
public final class SharedScalars {
    private final List<ScalarNode> scalars = new ArrayList<>(0);

    SharedScalars() {}

    /** Makes a scalar, known by its identity, one that stands in several places. */
    public void add(ScalarNode scalar) {
        scalars.add(scalar);
    }

    /** Whether it is one of them. */
    public boolean holds(ScalarNode scalar) {
        return positionOf(scalar) >= 0;
    }

    /** Makes each place an own one again. */
    public void forget() {
        scalars.clear();
    }

    void replace(MapNode root, ScalarNode old, Node value) {
        int position = positionOf(old);
        if (value instanceof ScalarNode scalar) {
            ScalarNode own = own(scalar);
            scalars.set(position, own);
            replaceIn(root, old, own);
        } else {
            scalars.remove(position);
            replaceIn(root, old, value);
        }
    }

    /** Where the shared scalars of a tree are, before a merge; null where there are none. */
    public @Nullable List<Place> places(MapNode root) {
        if (scalars.isEmpty()) {
            return null;
        }
        var places = new ArrayList<Place>();
        collect(root, places);
        return places;
    }

    /** Carries what a merge changed at some places of a scalar to the others. The place that is merged last wins. */
    public void settle(List<Place> places) {
        for (ScalarNode scalar : List.copyOf(scalars)) {
            ScalarNode latest = scalar;
            for (Place place : places) {
                if (place.scalar == scalar && place.now() instanceof ScalarNode now && now != scalar) {
                    latest = now;
                }
            }
            if (latest != scalar) {
                ScalarNode own = own(latest);
                scalars.set(positionOf(scalar), own);
                for (Place place : places) {
                    if (place.scalar == scalar && place.now() != null) {
                        place.map.put(place.key, own);
                    }
                }
            }
        }
    }

    /** A scalar that nothing else holds, for the identity tells which places share it. */
    private static ScalarNode own(ScalarNode scalar) {
        return ScalarNode.of(scalar.text(), scalar.type(), scalar.style());
    }

    private int positionOf(ScalarNode scalar) {
        for (int i = 0; i < scalars.size(); i++) {
            if (scalars.get(i) == scalar) {
                return i;
            }
        }
        return -1;
    }

    private void collect(Node node, List<Place> places) {
        if (node instanceof MapNode map) {
            // A merge goes through the keys of a map by name.
            IntStream.range(0, map.size())
                    .boxed()
                    .sorted((a, b) -> map.keyAt(a).compareTo(map.keyAt(b)))
                    .forEach(i -> collectAt(map, i, places));
        } else if (node instanceof ListNode list) {
            list.forEach(item -> collect(item, places));
        }
    }

    private void collectAt(MapNode map, int position, List<Place> places) {
        Node value = map.valueAt(position);
        if (value instanceof ScalarNode scalar) {
            if (holds(scalar)) {
                places.add(new Place(map, map.keyAt(position), scalar));
            }
        } else {
            collect(value, places);
        }
    }

    private static void replaceIn(Node node, ScalarNode old, Node value) {
        if (node instanceof MapNode map) {
            for (int i = 0; i < map.size(); i++) {
                if (map.valueAt(i) == old) {
                    map.setValueAt(i, value.copy());
                } else {
                    replaceIn(map.valueAt(i), old, value);
                }
            }
        } else if (node instanceof ListNode list) {
            list.forEach(item -> replaceIn(item, old, value));
        }
    }

    /**
     * Where a shared scalar stood.
     *
     * @param map the map that held it
     * @param key the key that it was the value of
     * @param scalar which of the shared ones it was
     */
    public record Place(MapNode map, String key, ScalarNode scalar) {
        private @Nullable Node now() {
            return map.get(key);
        }
    }
}
