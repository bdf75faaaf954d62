package io.gitopstoolkit.api;

/**
 * What was done to an object, or in a dry run, what would be. The words are those of Flux's change log, in lower case
 * when written.
 */
public enum Action {
    /** The object was not there. */
    CREATED,
    /** The object was there and differed. */
    CONFIGURED,
    /** The object was there and as it should be. */
    UNCHANGED,
    /** The object was left alone, by its policy or because another owns it. */
    SKIPPED,
    /** The object is gone, or was gone already. */
    DELETED,
    /** The object could not be brought to its state; the message of the change says why. */
    FAILED;

    /** The word in lower case, such as {@code configured}. */
    @Override
    public String toString() {
        return switch (this) {
            case CREATED -> "created";
            case CONFIGURED -> "configured";
            case UNCHANGED -> "unchanged";
            case SKIPPED -> "skipped";
            case DELETED -> "deleted";
            case FAILED -> "failed";
        };
    }
}
