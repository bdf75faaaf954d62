package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.ObjectRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often an object has drifted in a row, and how long its next correction waits: not at all the first time, then 2, 6,
 * 18, 54, 162 and 300 seconds after the last one. An object that was left alone for twice that long, and a minute at least,
 * begins anew. Not safe between threads.
 *
 * @see <a href="https://argo-cd.readthedocs.io/en/stable/operator-manual/server-commands/argocd-application-controller/">Argo
 *     CD: self-heal back-off</a>
 */
final class DriftHistory {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final int FACTOR = 3;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Deadline.Ticker ticker;
    private final Map<ObjectRef, Entry> entries = new HashMap<>();

    DriftHistory(Deadline.Ticker ticker) {
        this.ticker = ticker;
    }

    /** What happened to an object: how often in a row, when it was last handled, and its state that was reported. */
    private record Entry(int count, long last, @Nullable Digest reported) {}

    /** How many times in a row it would be, if the object had drifted now. */
    int nextCount(ObjectRef ref) {
        Entry entry = entries.get(ref);
        if (entry == null) {
            return 1;
        }
        Duration pause = pause(entry.count());
        Duration calm = pause.multipliedBy(2).compareTo(QUIET) > 0 ? pause.multipliedBy(2) : QUIET;
        return since(entry).compareTo(calm) > 0 ? 1 : entry.count() + 1;
    }

    /** How long the next correction is to wait. */
    Duration wait(ObjectRef ref) {
        Entry entry = entries.get(ref);
        if (entry == null || nextCount(ref) == 1) {
            return Duration.ZERO;
        }
        Duration left = pause(entry.count()).minus(since(entry));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The pause after so many in a row. */
    static Duration pause(int count) {
        Duration pause = FIRST;
        for (int i = 1; i < count && pause.compareTo(LONGEST) < 0; i++) {
            pause = pause.multipliedBy(FACTOR);
        }
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    /** The object has drifted, and was or could not be corrected. */
    void handled(ObjectRef ref) {
        entries.put(ref, new Entry(nextCount(ref), ticker.nanos(), null));
    }

    /** The object has drifted to a state, and was left there. */
    void reported(ObjectRef ref, Digest state) {
        entries.put(ref, new Entry(nextCount(ref), ticker.nanos(), state));
    }

    /** The state of the object is of no interest, because of a policy; that is no drift. */
    void ignored(ObjectRef ref, Digest state) {
        Entry entry = entries.get(ref);
        entries.put(
                ref,
                entry == null ? new Entry(0, ticker.nanos(), state) : new Entry(entry.count(), entry.last(), state));
    }

    /** Whether this state of the object was reported, or ignored, already. */
    boolean isReported(ObjectRef ref, Digest state) {
        Entry entry = entries.get(ref);
        return entry != null && state.equals(entry.reported());
    }

    /** The object is as it was delivered, though nobody corrected it. */
    void restored(ObjectRef ref) {
        Entry entry = entries.get(ref);
        if (entry != null && entry.reported() != null) {
            entries.remove(ref);
        }
    }

    /** Keeps what concerns these objects alone. */
    void retain(Set<ObjectRef> refs) {
        entries.keySet().retainAll(refs);
    }

    private Duration since(Entry entry) {
        return Duration.ofNanos(ticker.nanos() - entry.last());
    }
}
