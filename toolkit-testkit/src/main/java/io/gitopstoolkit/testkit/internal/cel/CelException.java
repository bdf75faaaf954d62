package io.gitopstoolkit.testkit.internal.cel;

/** An expression cannot be compiled, or has no value. The message is the one that cel-go gives. */
@SuppressWarnings("serial") // never sent about as a Java object
public final class CelException extends RuntimeException {
    CelException(String message) {
        super(message);
    }

    /** An exception with a message. */
    public static CelException of(String message) {
        return new CelException(message);
    }

    /** What went wrong. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
