package io.gitopstoolkit.apply;

/**
 * Hears what a {@link DriftWatcher} sees. Called by the watcher's own thread, one call at a time; must return soon, and
 * throw nothing.
 */
public interface DriftListener {
    /** Hears nothing. */
    DriftListener NONE = new DriftListener() {};

    /** An object was changed or deleted by another. */
    default void onDrift(Drift drift) {}

    /**
     * Drift of some objects is not seen, or cannot be judged: because the user may not watch them, their kind is not served,
     * or the inventory, the delivered manifests or the API server cannot be reached. Told once until {@link #onRecovered};
     * it is tried again, ever later, and at least every five minutes.
     *
     * @param subject such as {@code Secret of namespace apps}
     * @param message what is wrong and what to do
     */
    default void onBlind(String subject, String message) {}

    /** What {@link #onBlind} told of is seen again, and drift in the meantime is found. */
    default void onRecovered(String subject) {}
}
