package io.gitopstoolkit.testkit.internal.fields;

/** A value that its type does not allow. The message is that of the real server. */
@SuppressWarnings("serial") // never sent about as a Java object
public final class InvalidValueException extends RuntimeException {
    InvalidValueException(String message) {
        super(message);
    }
}
