package io.gitopstoolkit.api;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in the order of its making that nobody else holds, so that freezing it again costs nothing. Keys and
 * values lie in two arrays: most maps of a manifest hold a handful of keys, and a table of nodes takes several times as
 * much memory. A large map has an index.
 */
final class FrozenMap extends AbstractMap<String, @Nullable Object> {
    /** A scan of more keys than this costs more than an index does. */
    private static final int SCAN_LIMIT = 12;

    private final String[] keys;
    private final @Nullable Object[] values;
    private final int height;
    private final int @Nullable [] index;

    /** Takes over both arrays; no key stands twice. */
    FrozenMap(String[] keys, @Nullable Object[] values, int height) {
        this.keys = keys;
        this.values = values;
        this.height = height;
        this.index = keys.length > SCAN_LIMIT ? indexOf(keys) : null;
    }

    /** How many maps and lists lie within each other, this one included. */
    int height() {
        return height;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        int position = positionOf(key);
        return position < 0 ? null : values[position];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return positionOf(key) >= 0;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new Entries();
    }

    private int positionOf(@Nullable Object key) {
        int[] slots = index;
        if (slots == null) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i].equals(key)) {
                    return i;
                }
            }
            return -1;
        }
        if (key == null) {
            return -1;
        }
        for (int slot = slotOf(key, slots); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
            if (keys[slots[slot] - 1].equals(key)) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    /** Positions plus one, at the slots that the keys' hashes ask for or the next free ones. */
    private static int[] indexOf(String[] keys) {
        var slots = new int[Integer.highestOneBit(keys.length) * 4];
        for (int i = 0; i < keys.length; i++) {
            int slot = slotOf(keys[i], slots);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i + 1;
        }
        return slots;
    }

    private static int slotOf(Object key, int[] slots) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & slots.length - 1;
    }

    private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
        @Override
        public int size() {
            return keys.length;
        }

        @Override
        public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < keys.length;
                }

                @Override
                public Map.Entry<String, @Nullable Object> next() {
                    if (next >= keys.length) {
                        throw new NoSuchElementException();
                    }
                    return new SimpleImmutableEntry<>(keys[next], values[next++]);
                }
            };
        }
    }

    /** Gathers the entries of a map whose size may be another at the end than at the start. */
    static final class Builder {
        private String[] keys;
        private @Nullable Object[] values;
        private int size;
        private int height;

        Builder(int expected) {
            keys = new String[expected];
            values = new @Nullable Object[expected];
        }

        void add(String key, @Nullable Object value) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size + 4);
                values = Arrays.copyOf(values, size + 4);
            }
            keys[size] = key;
            values[size++] = value;
            height = Math.max(height, Trees.heightOf(value));
        }

        FrozenMap build() {
            boolean full = size == keys.length;
            return new FrozenMap(
                    full ? keys : Arrays.copyOf(keys, size), full ? values : Arrays.copyOf(values, size), height + 1);
        }
    }
}
