package io.gitopstoolkit.kustomize;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.ToolkitException;
import org.jspecify.annotations.Nullable;

/**
 * A kustomization could not be rendered, or YAML not be read.
 *
 * <p>The message is one sentence that names the file and the field or the object. It holds no value of a manifest.
 */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class KustomizeException extends ToolkitException {
    private final Reason why;

    /** A failure without another underneath. */
    public KustomizeException(Reason why, String message) {
        this(why, message, null);
    }

    /** A failure with what caused it, or null. */
    public KustomizeException(Reason why, String message, @Nullable Throwable cause) {
        super(requireNonNull(why, "why").text, Retry.NEVER, message, cause);
        this.why = why;
    }

    /** Why, for a switch. */
    public Reason why() {
        return why;
    }

    /** What can go wrong. None of it goes away by trying again with the same content. */
    public enum Reason {
        /** A document is not YAML, or holds what Kubernetes objects cannot: two equal keys, a key that is no string. */
        INVALID_YAML("InvalidYaml"),
        /** A limit on size, depth or aliases was reached. */
        LIMIT_EXCEEDED("LimitExceeded"),
        /** A patch does not fit what it is to change. */
        PATCH_FAILED("PatchFailed");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
