package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.health.Health;

/**
 * Hears of each object while a delivery runs. Called by the thread of the delivery, in order; must return soon, and
 * throw nothing. A listener of an {@link Applier} that several threads use is called by all of them.
 */
public interface ApplyListener {
    /** Hears nothing. */
    ApplyListener NONE = new ApplyListener() {};

    /** An object was applied, found unchanged, or pruned. Also called with {@code FAILED}, where pruning failed. */
    default void onChange(Change change) {}

    /** The health of an object that is waited for was seen for the first time, or is another than it was. */
    default void onHealth(ObjectRef ref, Health health) {}
}
