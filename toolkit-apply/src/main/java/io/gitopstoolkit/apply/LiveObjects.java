package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Kind;
import java.util.Optional;

/**
 * What is known of the objects in the cluster without a request for each: by a watch that is held, or from a list.
 *
 * <p>An object whose state here is the one that was noted after our last apply or dry run of the very same content is
 * unchanged, and takes no request. Stale knowledge does no harm: it costs a dry run, or the watch that will tell of the
 * change corrects it. Implementations are safe between threads.
 */
interface LiveObjects {
    /** Knows nothing. */
    LiveObjects NONE = new LiveObjects() {
        @Override
        public boolean covers(Kind kind, String namespace) {
            return false;
        }

        @Override
        public Optional<Stamp> stamp(Kind kind, ObjectRef ref) {
            return Optional.empty();
        }
    };

    /**
     * Whether all the owner's objects of a kind in a namespace are known, so that they need not be listed. Once true of a
     * delivery it may become false, when a watch breaks.
     *
     * @param namespace empty for a kind without
     */
    boolean covers(Kind kind, String namespace);

    /** The state of an object; empty where it is not there, not known, or not the owner's. */
    Optional<Stamp> stamp(Kind kind, ObjectRef ref);

    /**
     * A delivery of the owner begins; what it writes is no drift.
     *
     * @throws io.gitopstoolkit.api.DeadlineException if a correction that is under way takes longer than the deadline
     */
    default void deliveryBegins(Deadline deadline) {}

    /** The delivery is over, be it well or not; called by the thread that told of its begin. */
    default void deliveryEnds() {}
}
