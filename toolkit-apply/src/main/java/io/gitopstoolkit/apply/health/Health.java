package io.gitopstoolkit.apply.health;

import static java.util.Objects.requireNonNull;

/**
 * How far an object is on its way to what it was asked to be.
 *
 * @param state the state
 * @param message why, for people, such as {@code Available: 1/3}; may be empty; never a secret
 */
public record Health(State state, String message) {
    /** The states of kstatus. */
    public enum State {
        /** The object is what it was asked to be. */
        CURRENT("Current"),
        /** The cluster is at work on it. */
        IN_PROGRESS("InProgress"),
        /** It failed, and does not get there without a change. */
        FAILED("Failed"),
        /** It is being deleted. */
        TERMINATING("Terminating"),
        /** The cluster has no such object. */
        NOT_FOUND("NotFound");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The word of kstatus, such as {@code InProgress}. */
        @Override
        public String toString() {
            return word;
        }
    }

    /** Checks that nothing is null. */
    public Health {
        requireNonNull(state, "state");
        requireNonNull(message, "message");
    }

    /** The object is what it was asked to be. */
    public static Health current(String message) {
        return new Health(State.CURRENT, message);
    }

    /** The cluster is at work on the object. */
    public static Health inProgress(String message) {
        return new Health(State.IN_PROGRESS, message);
    }

    /** The object failed for good. */
    public static Health failed(String message) {
        return new Health(State.FAILED, message);
    }

    /** Whether the object is what it was asked to be. */
    public boolean isCurrent() {
        return state == State.CURRENT;
    }

    /** The state and the message, such as {@code InProgress (Available: 1/3)}. */
    @Override
    public String toString() {
        return message.isEmpty() ? state.toString() : state + " (" + message + ')';
    }
}
