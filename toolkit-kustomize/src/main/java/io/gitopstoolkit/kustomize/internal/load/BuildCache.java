package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.api.Digest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What builds of one renderer leave for the next: the contents of files with what they were parsed to, and the results
 * of the last builds with what they saw of the tree. Contents are one and the same where all of their bytes are, or where
 * the tree has the same digest for them. Safe between threads.
 */
final class BuildCache {
    /** As many artifacts can take turns without one being built again. */
    private static final int MAX_RESULTS = 4;

    /** About how many bytes of memory a byte of YAML takes when it is parsed, itself included. */
    private static final int PARSED = 8;

    private static final int OVERHEAD = 256;

    private final Object lock = new Object();
    private final long maxBytes;
    private final Map<Object, FileContent> contents = new LinkedHashMap<>(64, 0.75f, true);
    private final Deque<Kept> results = new ArrayDeque<>();
    private long bytes;
    private long lastSerial;

    /** A cache of about {@code maxBytes} bytes of memory. */
    BuildCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether there is any content. */
    boolean hasContents() {
        synchronized (lock) {
            return !contents.isEmpty();
        }
    }

    /** The content with these bytes; the bytes are nobody else's to change. */
    FileContent content(byte[] read) {
        var key = new Bytes(read);
        synchronized (lock) {
            FileContent known = contents.get(key);
            if (known == null) {
                known = new FileContent(read, ++lastSerial);
                put(key, known, weight(known));
            }
            return known;
        }
    }

    /** The content with a digest of the tree's own, or null. */
    @Nullable
    FileContent content(Digest id) {
        synchronized (lock) {
            return contents.get(id);
        }
    }

    /** Says which content has a digest. */
    void add(Digest id, FileContent content) {
        synchronized (lock) {
            put(id, content, OVERHEAD);
        }
    }

    /** The result of a type of a build that saw what there is in the tree now, or null. */
    <T> @Nullable T result(SeenTree tree, Class<T> type) {
        List<Kept> kept;
        synchronized (lock) {
            kept = List.copyOf(results);
        }
        for (Kept candidate : kept) {
            if (type.isInstance(candidate.result) && tree.looksLike(candidate.sight)) {
                return type.cast(candidate.result);
            }
        }
        return null;
    }

    /**
     * Keeps the result of a build, which is immutable.
     *
     * @param bytes about how many it takes in memory
     */
    void add(SeenTree tree, Object result, long bytes) {
        SeenTree.Sight sight = tree.sight();
        if (sight != null) {
            var kept = new Kept(sight, result, sight.weight() + bytes);
            synchronized (lock) {
                results.addFirst(kept);
                this.bytes += kept.weight;
                if (results.size() > MAX_RESULTS) {
                    removeLastResult();
                }
                shrink();
            }
        }
    }

    private record Kept(SeenTree.Sight sight, Object result, long weight) {}

    private void put(Object key, FileContent content, long weight) {
        if (contents.put(key, content) == null) {
            bytes += weight;
            shrink();
        }
    }

    private void shrink() {
        while (bytes > maxBytes && results.size() > 1) {
            removeLastResult();
        }
        Iterator<Map.Entry<Object, FileContent>> oldest = contents.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Map.Entry<Object, FileContent> entry = oldest.next();
            bytes -= entry.getKey() instanceof Digest ? OVERHEAD : weight(entry.getValue());
            oldest.remove();
        }
        if (bytes > maxBytes && !results.isEmpty()) {
            removeLastResult();
        }
    }

    private void removeLastResult() {
        bytes -= results.removeLast().weight;
    }

    private static long weight(FileContent content) {
        return OVERHEAD + (long) content.bytes().length * PARSED;
    }

    /** Bytes that are equal where all of them are. */
    private static final class Bytes {
        private final byte[] bytes;
        private final int hash;

        Bytes(byte[] bytes) {
            var checksum = new CRC32();
            checksum.update(bytes);
            this.bytes = bytes;
            this.hash = (int) checksum.getValue();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes that && hash == that.hash && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
