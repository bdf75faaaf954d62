package io.gitopstoolkit.testkit.internal.json;

/** A text that is no JSON, or no YAML that stands for JSON. */
@SuppressWarnings("serial") // never sent about as a Java object
public final class JsonException extends RuntimeException {
    /** Says what is wrong, and where. */
    public JsonException(String message) {
        super(message);
    }
}
