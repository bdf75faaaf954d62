package io.gitopstoolkit.api;

/** The time of a {@link Deadline} is over, or its thread was interrupted. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class DeadlineException extends ToolkitException {
    /** Why a call ended before its work was done. */
    public enum Reason {
        /** The time is over. */
        TIMEOUT,
        /** The thread was interrupted, which cancels. Its interrupt status is set. */
        CANCELED
    }

    private final Reason why;

    DeadlineException(Reason why, String message) {
        super(why == Reason.TIMEOUT ? "Timeout" : "Canceled", Retry.BACK_OFF, message, null);
        this.why = why;
    }

    /** Which of the two it was. */
    public Reason why() {
        return why;
    }
}
