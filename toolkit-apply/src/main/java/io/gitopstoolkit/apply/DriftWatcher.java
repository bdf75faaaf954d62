package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ManifestSet;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Watches the objects of an owner, and reports or takes back what others change in them.
 *
 * <pre>{@code
 * try (var watcher = DriftWatcher.builder(applier, () -> desired).mode(DriftMode.CORRECT).listener(listener).build()) {
 *     applier.apply(desired, deadline);
 *     watcher.start();
 *     ...
 * }
 * }</pre>
 *
 * <p>It watches exactly the kinds and namespaces of the inventory, one watch for each kind in each namespace, or for the
 * whole cluster where a kind is spread over more than three; after each delivery of the same {@link Applier} it looks at
 * the inventory anew. What is watched is metadata alone, of which two digests are kept for each object. Drift is what
 * changes the fields that our field manager holds by apply: another value, a field that was removed or taken over, a label
 * of the owner that is gone, a deletion. Changes in other fields and in the status are none, and cost no request; nor does
 * anything else while nothing drifts. Drift that happened while a connection was down is found when it is back.
 *
 * <p>An object that may have drifted is looked at as by a delivery: by dry run, so that all its policies count, such as
 * {@code reconcile: disabled}. It is corrected by server-side apply, which takes a few more requests. Where it drifts again
 * soon after, the next correction waits for 2 s, then 6 s, and so on up to 5 min, so that two controllers do not fight at
 * full speed; the listener hears of it and of the other's name.
 *
 * <p>While the watcher runs, the applier knows from it what is unchanged: to apply the same set again takes no request but
 * one for the inventory. All deliveries of the owner should go through that applier; those of another are taken for drift.
 * An object that the applier has not met yet, as after a restart of the program, is compared by dry run at first.
 *
 * <p>Takes one thread, named after the owner. Safe between threads. To close it ends all of it within a moment.
 */
public final class DriftWatcher implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final DriftLoop loop;
    private final Object lock = new Object();
    private boolean isStarted;
    private boolean isClosed;

    DriftWatcher(Applier applier, DriftOptions options) {
        this.loop = new DriftLoop(applier, options);
    }

    /**
     * Begins a watcher.
     *
     * @param applier delivers for the owner; at most one watcher of it runs at a time
     * @param delivered gives the manifests that were delivered last. Asked on the watcher's thread when something has
     *     drifted, and not kept: whoever has little memory renders them anew. Where they are not those that the applier
     *     delivered last, as for a moment after a rollback, it is asked again until they are
     */
    public static DriftWatcherBuilder builder(Applier applier, Supplier<ManifestSet> delivered) {
        return new DriftWatcherBuilder(requireNonNull(applier, "applier"), requireNonNull(delivered, "delivered"));
    }

    /**
     * Begins to watch, and returns at once. What cannot be read or watched is told to the listener, and tried again.
     *
     * @throws IllegalStateException if it was started before, or is closed
     */
    public void start() {
        synchronized (lock) {
            if (isStarted || isClosed) {
                throw new IllegalStateException("a drift watcher is started once; build another");
            }
            isStarted = true;
        }
        loop.start();
    }

    /** Whether all of the inventory that can be watched is; drift from before is judged next. */
    public boolean isSynced() {
        return loop.isSynced();
    }

    /**
     * Waits until it {@linkplain #isSynced is synced}.
     *
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over before, or the thread is interrupted
     */
    public void awaitSynced(Deadline deadline) {
        while (!isSynced()) {
            deadline.pause(PAUSE, "wait for the watches to begin");
        }
    }

    /** Ends all watches, and a correction that is under way. A second call does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        loop.close();
    }
}
