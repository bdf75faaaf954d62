package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;

/**
 * Hears what a {@link Watch} sees: one call at a time, in order, on the watch's executor. Of several changes of one object
 * that are not yet told, only the last is. Must throw nothing.
 */
public interface WatchEvents {
    /**
     * An object is there that was not, or is another than it was; also told of each object of the first list.
     *
     * @param object with its API version and kind; without anything but its metadata where only that is watched
     */
    void changed(Manifest object);

    /** An object is gone, or is no longer among those that the selectors choose. */
    void deleted(ObjectRef ref);

    /**
     * All that was there has been told, and what happens from now on will be: after the first list, and each time that
     * the watch is back after {@link #lost}.
     */
    default void synced() {}

    /** The connection is lost; what happens is told late, when the watch is back, which it tries to be for ever. */
    default void lost(ApiException why) {}

    /** The watch is over, because it is forbidden (403) or the kind is not served (404). */
    void failed(ApiException why);
}
