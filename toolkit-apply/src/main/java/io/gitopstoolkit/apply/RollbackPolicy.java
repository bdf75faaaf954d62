package io.gitopstoolkit.apply;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Applier} keeps of deliveries that became healthy, and whether {@link Applier#deliver} returns to the last
 * of them when a later one does not. Immutable.
 *
 * <p>The manifests are kept, compressed, in Secrets of the owner's namespace, since some of them may be Secrets themselves;
 * the user of the client needs leave to list, get, create, patch and delete these. Keep that namespace from those who may
 * not read the Secrets of the delivery.
 */
public final class RollbackPolicy {
    private static final int MOST_REVISIONS = 10;
    private static final RollbackPolicy NONE = new RollbackPolicy(0, 8 << 20, null);

    private final int revisions;
    private final int maxBytes;
    private final @Nullable Duration limit;

    private RollbackPolicy(int revisions, int maxBytes, @Nullable Duration limit) {
        this.revisions = revisions;
        this.maxBytes = maxBytes;
        this.limit = limit;
    }

    /** Keeps nothing, and returns to nothing. */
    public static RollbackPolicy none() {
        return NONE;
    }

    /** Keeps the last healthy delivery, and leaves a failed one as it is. */
    public static RollbackPolicy keep() {
        return new RollbackPolicy(1, NONE.maxBytes, null);
    }

    /**
     * Keeps the last healthy delivery, and returns to it when a later one does not become healthy.
     *
     * @param limit of the return, whose time begins when that of the delivery is over; more than zero
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public static RollbackPolicy toLastHealthy(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("a rollback takes more than no time, not " + limit);
        }
        return new RollbackPolicy(1, NONE.maxBytes, limit);
    }

    /**
     * Keeps so many healthy deliveries, from 1 to 10. Default 1.
     *
     * @throws IllegalArgumentException if {@code revisions} is another number
     */
    public RollbackPolicy withRevisions(int revisions) {
        if (revisions < 1 || revisions > MOST_REVISIONS) {
            throw new IllegalArgumentException("1 to " + MOST_REVISIONS + " revisions, not " + revisions);
        }
        return new RollbackPolicy(revisions, maxBytes, limit);
    }

    /**
     * Keeps no delivery that takes more than so many bytes when it is compressed. Default 8 MiB. A delivery that takes
     * more is refused before anything of it is written.
     *
     * @throws IllegalArgumentException if {@code bytes} is zero or negative
     */
    public RollbackPolicy withMaxBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("one byte or more, not " + bytes);
        }
        return new RollbackPolicy(revisions, bytes, limit);
    }

    /** How many healthy deliveries are kept; zero for none. */
    public int revisions() {
        return revisions;
    }

    /** The most bytes that one of them may take. */
    public int maxBytes() {
        return maxBytes;
    }

    /** The limit of a return to the last healthy delivery; empty where there is none. */
    public Optional<Duration> limit() {
        return Optional.ofNullable(limit);
    }

    @Override
    public String toString() {
        return "RollbackPolicy[" + revisions + " revisions of " + maxBytes + " bytes, "
                + (limit == null ? "no return" : "return within " + limit) + "]";
    }
}
