package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one map. In a resource no key may stand twice, and those of a merge key are the weakest; in configuration
 * the last of two equal keys counts, those of a merge key included.
 */
final class MapEntries {
    private final OpenParts parts;
    private final int mark;
    private final @Nullable MapNode configuration;
    private @Nullable Node merged;

    MapEntries(OpenParts parts, Dialect dialect) {
        this.parts = parts;
        this.mark = parts.mark();
        this.configuration = dialect == Dialect.CONFIGURATION ? new MapNode() : null;
    }

    void add(String key, Node value, int start) {
        if (configuration != null) {
            configuration.put(key, value);
        } else if (!key.equals("<<")) {
            // Kustomize drops the key in quotes too, while it looks for merge keys.
            parts.add(key, start, value);
        }
    }

    /** Takes in the maps of a merge key. */
    void merge(Node value, boolean aliased, int start) {
        boolean fits = value instanceof MapNode || (value instanceof ListNode list && !aliased && holdsMaps(list));
        if (!fits) {
            throw new YamlProblem("a merge key takes a map or a list of maps", start);
        }
        if (configuration != null) {
            override(configuration, value);
        } else if (merged != null) {
            throw new YamlProblem("two merge keys in one map", start);
        } else {
            merged = value;
        }
    }

    private static boolean holdsMaps(ListNode list) {
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof MapNode)) {
                return false;
            }
        }
        return true;
    }

    private static void override(MapNode map, Node value) {
        if (value instanceof ListNode list) {
            for (int i = list.size() - 1; i >= 0; i--) {
                override(map, list.get(i));
            }
        } else if (value instanceof MapNode source) {
            for (int i = 0; i < source.size(); i++) {
                map.put(source.keyAt(i), source.valueAt(i));
            }
        }
    }

    MapNode finish() {
        if (configuration != null) {
            return configuration;
        }
        MapNode map = parts.takeMap(mark);
        if (merged instanceof MapNode source) {
            addMissing(map, source);
        } else if (merged instanceof ListNode list) {
            for (int i = 0; i < list.size(); i++) {
                addMissing(map, (MapNode) list.get(i));
            }
        }
        return map;
    }

    private static void addMissing(MapNode map, MapNode source) {
        for (int i = 0; i < source.size(); i++) {
            if (!map.has(source.keyAt(i))) {
                map.append(source.keyAt(i), source.valueAt(i));
            }
        }
    }
}
