package io.gitopstoolkit.testkit.internal.patch;

/** A patch that is malformed, or does not fit the object. The message is that of the real server. */
@SuppressWarnings("serial") // never sent about as a Java object
public final class PatchException extends RuntimeException {
    private final boolean malformed;

    private PatchException(boolean malformed, String message) {
        super(message);
        this.malformed = malformed;
    }

    /** A patch that is wrong whatever the object. */
    static PatchException malformed(String message) {
        return new PatchException(true, message);
    }

    /** A patch that asks of the object what it does not have. */
    static PatchException unfit(String message) {
        return new PatchException(false, message);
    }

    /** Whether the patch is wrong whatever the object. */
    public boolean isMalformed() {
        return malformed;
    }
}
