package io.gitopstoolkit.kustomize.internal.tree;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree as plain data, for somebody who makes a copy of it anyway: each value is made when it is asked for. It shows
 * the tree as it is at that time.
 *
 * @see Node#toPlain
 */
public final class PlainView {
    private PlainView() {}

    /** A map as plain data. */
    public static Map<String, @Nullable Object> of(MapNode map) {
        return new MapView(map);
    }

    private static @Nullable Object of(Node node) {
        if (node instanceof MapNode map) {
            return new MapView(map);
        }
        return node instanceof ListNode list ? new ListView(list) : node.toPlain();
    }

    private static final class MapView extends AbstractMap<String, @Nullable Object> {
        private final MapNode map;

        MapView(MapNode map) {
            this.map = map;
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public Set<Map.Entry<String, @Nullable Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return map.size();
                }

                @Override
                public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
                    return new Entries(map);
                }
            };
        }
    }

    private static final class Entries implements Iterator<Map.Entry<String, @Nullable Object>> {
        private final MapNode map;
        private int next;

        Entries(MapNode map) {
            this.map = map;
        }

        @Override
        public boolean hasNext() {
            return next < map.size();
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (next >= map.size()) {
                throw new NoSuchElementException();
            }
            var entry = new AbstractMap.SimpleImmutableEntry<String, @Nullable Object>(
                    map.keyAt(next), of(map.valueAt(next)));
            next++;
            return entry;
        }
    }

    private static final class ListView extends AbstractList<@Nullable Object> {
        private final ListNode list;

        ListView(ListNode list) {
            this.list = list;
        }

        @Override
        public int size() {
            return list.size();
        }

        @Override
        public @Nullable Object get(int position) {
            return of(list.get(position));
        }
    }
}
