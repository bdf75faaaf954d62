package io.gitopstoolkit.kustomize.internal.tree;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map from strings to nodes, in the order of insertion. Most maps of a manifest hold a handful of keys, so a lookup
 * scans an array; a large map gets an index.
 *
 * <p>Iterate by position: {@code for (int i = 0; i < map.size(); i++) map.keyAt(i) ... map.valueAt(i)}.
 */
public final class MapNode extends Node {
    /** A scan of more keys than this costs more than an index does. */
    private static final int SCAN_LIMIT = 16;

    private String[] keys;
    private Node[] values;
    private int size;
    private int @Nullable [] index;

    /** An empty map. */
    public MapNode() {
        this(4);
    }

    /** An empty map with room for {@code capacity} keys. */
    public MapNode(int capacity) {
        keys = new String[Math.max(capacity, 2)];
        values = new Node[keys.length];
    }

    private MapNode(String[] keys, Node[] values) {
        this.keys = keys;
        this.values = values;
        this.size = keys.length;
    }

    /** A map of keys and their values, of equal number; both arrays belong to the map from now on. */
    public static MapNode of(String[] keys, Node[] values) {
        return new MapNode(keys, values);
    }

    /** How many keys it has. */
    public int size() {
        return size;
    }

    /** Whether it has no key. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The key at a position. */
    public String keyAt(int position) {
        return keys[position];
    }

    /** The value at a position. */
    public Node valueAt(int position) {
        return values[position];
    }

    /** Puts another value in the place of the one at a position. */
    public void setValueAt(int position, Node value) {
        values[position] = value;
    }

    /** The position of a key, or -1. */
    public int indexOf(String key) {
        if (size > SCAN_LIMIT) {
            return findIndexed(key);
        }
        int hash = key.hashCode();
        for (int i = 0; i < size; i++) {
            String candidate = keys[i];
            if (candidate.hashCode() == hash && candidate.equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** The position of a key that stands before it as well, or -1: in a map {@linkplain #of of arrays} there may be one. */
    public int findRepeatedKey() {
        if (size > SCAN_LIMIT) {
            return findRepeatedIndexed();
        }
        for (int i = 1; i < size; i++) {
            String key = keys[i];
            int hash = key.hashCode();
            for (int k = 0; k < i; k++) {
                if (keys[k].hashCode() == hash && keys[k].equals(key)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Whether it has the key, be its value null or not. */
    public boolean has(String key) {
        return indexOf(key) >= 0;
    }

    /** The value of a key, or null where the map does not have it. */
    public @Nullable Node get(String key) {
        int position = indexOf(key);
        return position < 0 ? null : values[position];
    }

    /** The value of a key where it is a map, else null. */
    public @Nullable MapNode getMap(String key) {
        return get(key) instanceof MapNode map ? map : null;
    }

    /** The value of a key where it is a list, else null. */
    public @Nullable ListNode getList(String key) {
        return get(key) instanceof ListNode list ? list : null;
    }

    /** The raw text of a key's value where it is a scalar other than null, else null. */
    public @Nullable String getText(String key) {
        return get(key) instanceof ScalarNode scalar && !scalar.isNull() ? scalar.text() : null;
    }

    /** Sets a key: in its place where the map has it, else at the end. Returns what was there, or null. */
    public @Nullable Node put(String key, Node value) {
        int position = indexOf(key);
        if (position < 0) {
            append(key, value);
            return null;
        }
        Node previous = values[position];
        values[position] = value;
        return previous;
    }

    /** Sets a key to a string. */
    public void put(String key, String text) {
        put(key, ScalarNode.string(text));
    }

    /** Adds a key that the map is known not to have. */
    public void append(String key, Node value) {
        if (size == keys.length) {
            grow();
        }
        keys[size] = key;
        values[size] = value;
        size++;
        if (index != null) {
            indexKey(size - 1);
        }
    }

    /** The map at a key, put there empty where the map has none or null. Null where there is something else. */
    public @Nullable MapNode mapFor(String key) {
        Node value = get(key);
        if (value == null || value.isNull()) {
            var created = new MapNode();
            put(key, created);
            return created;
        }
        return value instanceof MapNode map ? map : null;
    }

    /** Removes a key and returns its value, or null where the map does not have it. */
    public @Nullable Node remove(String key) {
        int position = indexOf(key);
        if (position < 0) {
            return null;
        }
        Node removed = values[position];
        removeAt(position);
        return removed;
    }

    /** Removes the key at a position. */
    public void removeAt(int position) {
        int moved = size - position - 1;
        System.arraycopy(keys, position + 1, keys, position, moved);
        System.arraycopy(values, position + 1, values, position, moved);
        size--;
        Arrays.fill(keys, size, size + 1, null);
        Arrays.fill(values, size, size + 1, null);
        index = null;
    }

    /** Removes every key. */
    public void clear() {
        Arrays.fill(keys, 0, size, null);
        Arrays.fill(values, 0, size, null);
        size = 0;
        index = null;
    }

    /**
     * Gives the key at a position another name, in its place.
     *
     * @throws IllegalArgumentException if the map has the new name already
     */
    public void renameAt(int position, String name) {
        int taken = indexOf(name);
        if (taken >= 0 && taken != position) {
            throw new IllegalArgumentException("the map has the key already");
        }
        keys[position] = name;
        index = null;
    }

    /**
     * Follows keys downwards through maps.
     *
     * @return the node at the end, or null where a key is missing or something on the way is no map
     */
    public @Nullable Node find(String... path) {
        Node node = this;
        for (String key : path) {
            if (!(node instanceof MapNode map)) {
                return null;
            }
            Node next = map.get(key);
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    @Override
    public MapNode copy() {
        var copy = new MapNode(size);
        System.arraycopy(keys, 0, copy.keys, 0, size);
        for (int i = 0; i < size; i++) {
            Node value = values[i];
            copy.values[i] = value instanceof ScalarNode ? value : value.copy();
        }
        copy.size = size;
        return copy;
    }

    @Override
    public Map<String, @Nullable Object> toPlain() {
        var map = new LinkedHashMap<String, @Nullable Object>(size * 4 / 3 + 1);
        for (int i = 0; i < size; i++) {
            map.put(keys[i], values[i].toPlain());
        }
        return map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof MapNode map) || map.size != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            Node theirs = keys[i].equals(map.keys[i]) ? map.values[i] : map.get(keys[i]);
            if (!values[i].equals(theirs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < size; i++) {
            hash += keys[i].hashCode() ^ values[i].hashCode();
        }
        return hash;
    }

    /** The keys alone: values may be secret. */
    @Override
    public String toString() {
        return Arrays.asList(keys).subList(0, size).toString();
    }

    private void grow() {
        int capacity = Math.max(keys.length * 2, 4);
        keys = Arrays.copyOf(keys, capacity);
        values = Arrays.copyOf(values, capacity);
    }

    private int findIndexed(String key) {
        int[] slots = index;
        if (slots == null) {
            slots = buildIndex();
        }
        int slot = spread(key) & (slots.length - 1);
        while (slots[slot] != 0) {
            int position = slots[slot] - 1;
            if (keys[position].equals(key)) {
                return position;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    private int findRepeatedIndexed() {
        for (int i = 0; i < size; i++) {
            if (findIndexed(keys[i]) != i) {
                return i;
            }
        }
        return -1;
    }

    private int[] buildIndex() {
        var slots = new int[Integer.highestOneBit(keys.length) * 4];
        index = slots;
        for (int i = 0; i < size; i++) {
            indexKey(i);
        }
        return slots;
    }

    private void indexKey(int position) {
        int[] slots = index;
        if (slots == null) {
            return;
        }
        if (size * 2 > slots.length) {
            index = null;
            return;
        }
        int slot = spread(keys[position]) & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = position + 1;
    }

    private static int spread(String key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }
}
