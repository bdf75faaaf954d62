package io.gitopstoolkit.testkit.internal.admission;

/** A webhook could not be asked, or its answer cannot be used. */
@SuppressWarnings("serial") // never sent about as a Java object
final class CallFailure extends RuntimeException {
    CallFailure(String message) {
        super(message);
    }
}
