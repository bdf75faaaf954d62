package io.gitopstoolkit.testkit.internal.json;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes trees that are kept for long: immutable, in the order of their keys, in a fraction of the memory of those that can
 * be changed. A tree of one shares its frequent texts with the others. Safe between threads; at worst a text is not shared.
 */
public final class Compact {
    private static final int TEXTS = 1 << 13;
    private static final int LONGEST_SHARED = 64;
    /** From so many entries on a map has an index. */
    private static final int WORTH_AN_INDEX = 12;

    /** The text that was seen last of those with the same place. */
    private final @Nullable String[] texts = new @Nullable String[TEXTS];

    /** The same tree, compact; what is so already stays as it is. */
    public Map<String, Object> of(Map<String, Object> tree) {
        return tree instanceof CompactMap ? tree : map(tree);
    }

    private Map<String, Object> map(Map<String, Object> tree) {
        var entries = new @Nullable Object[tree.size() * 2];
        int at = 0;
        for (Map.Entry<String, Object> entry : tree.entrySet()) {
            entries[at++] = shared(entry.getKey());
            entries[at++] = value(entry.getValue());
        }
        return tree.size() < WORTH_AN_INDEX ? new CompactMap(entries) : new IndexedMap(entries);
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof String text) {
            return shared(text);
        }
        Map<String, Object> map = Tree.map(value);
        if (map != null) {
            return of(map);
        }
        return value instanceof List<?> list && !(value instanceof CompactList) ? list(list) : value;
    }

    private List<Object> list(List<?> list) {
        var items = new @Nullable Object[list.size()];
        for (int i = 0; i < items.length; i++) {
            items[i] = value(list.get(i));
        }
        return new CompactList(items);
    }

    private String shared(String text) {
        if (text.length() > LONGEST_SHARED) {
            return text;
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 13) & TEXTS - 1;
        String seen = texts[place];
        if (text.equals(seen)) {
            return seen;
        }
        texts[place] = text;
        return text;
    }

    /** Keys and values by turns. */
    private static class CompactMap extends AbstractMap<String, Object> {
        final @Nullable Object[] entries;

        CompactMap(@Nullable Object[] entries) {
            this.entries = entries;
        }

        /** Where the key is; -1 where it is not there. */
        int find(@Nullable Object key) {
            for (int i = 0; i < entries.length; i += 2) {
                Object each = entries[i];
                if (each == key) {
                    return i;
                }
            }
            for (int i = 0; i < entries.length; i += 2) {
                Object each = entries[i];
                if (each != null && each.equals(key)) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public int size() {
            return entries.length / 2;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            int at = find(key);
            return at < 0 ? null : entries[at + 1];
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return find(key) >= 0;
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super Object> action) {
            for (int i = 0; i < entries.length; i += 2) {
                action.accept((String) entries[i], entries[i + 1]);
            }
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return entries.length / 2;
                }

                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return new Entries(entries);
                }
            };
        }
    }

    /** A map with a table of where its keys are, by their hash, next free place first. */
    private static final class IndexedMap extends CompactMap {
        private final int[] table;

        IndexedMap(@Nullable Object[] entries) {
            super(entries);
            table = new int[Integer.highestOneBit(entries.length) * 2];
            for (int i = 0; i < entries.length; i += 2) {
                int place = place(entries[i]);
                while (table[place] != 0) {
                    place = place + 1 & table.length - 1;
                }
                table[place] = i + 1;
            }
        }

        private int place(@Nullable Object key) {
            int hash = key == null ? 0 : key.hashCode();
            return (hash ^ hash >>> 16) & table.length - 1;
        }

        @Override
        int find(@Nullable Object key) {
            for (int place = place(key); table[place] != 0; place = place + 1 & table.length - 1) {
                int at = table[place] - 1;
                Object each = entries[at];
                if (each != null && each.equals(key)) {
                    return at;
                }
            }
            return -1;
        }
    }

    private static final class Entries implements Iterator<Map.Entry<String, Object>> {
        private final @Nullable Object[] entries;
        private int at;

        Entries(@Nullable Object[] entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return at < entries.length;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (at >= entries.length) {
                throw new NoSuchElementException();
            }
            at += 2;
            return new AbstractMap.SimpleImmutableEntry<>((String) entries[at - 2], entries[at - 1]);
        }
    }

    private static final class CompactList extends AbstractList<Object> implements RandomAccess {
        private final @Nullable Object[] items;

        CompactList(@Nullable Object[] items) {
            this.items = items;
        }

        @Override
        public @Nullable Object get(int index) {
            return items[index];
        }

        @Override
        public int size() {
            return items.length;
        }
    }
}
