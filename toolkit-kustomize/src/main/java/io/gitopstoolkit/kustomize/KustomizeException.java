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
        super(
                requireNonNull(why, "why").text,
                retry(why, cause),
                message,
                cause,
                cause instanceof ToolkitException failure ? failure.retryAfter().orElse(null) : null);
        this.why = why;
    }

    private static Retry retry(Reason why, @Nullable Throwable cause) {
        return why == Reason.REMOTE_FAILED && cause instanceof ToolkitException failure ? failure.retry() : Retry.NEVER;
    }

    /** Why, for a switch. */
    public Reason why() {
        return why;
    }

    /**
     * What can go wrong. None of it goes away by trying again with the same content, but {@link #REMOTE_FAILED}, where the
     * loader's own failure says whether that can help.
     */
    public enum Reason {
        /** A document is not YAML, or holds what Kubernetes objects cannot: two equal keys, a key that is no string. */
        INVALID_YAML("InvalidYaml"),
        /** A limit on size, depth or aliases was reached. */
        LIMIT_EXCEEDED("LimitExceeded"),
        /** A patch does not fit what it is to change. */
        PATCH_FAILED("PatchFailed"),
        /** A kustomization file has a field that is unknown, of another type, or contradicts another. */
        INVALID_KUSTOMIZATION("InvalidKustomization"),
        /** A kustomization asks for something that is not supported. */
        NOT_SUPPORTED("NotSupported"),
        /** A repository or file that a kustomization names by its address could not be loaded. */
        REMOTE_FAILED("RemoteFailed"),
        /** A file or directory that a kustomization names is not in the artifact, or has no kustomization file. */
        FILE_NOT_FOUND("FileNotFound"),
        /** A path leads out of the artifact, or to a file that the load restriction excludes. */
        FILE_OUTSIDE_ROOT("FileOutsideRoot"),
        /** Kustomizations name each other in a circle. */
        CYCLE("KustomizationCycle"),
        /** A document is no Kubernetes object: it lacks a kind or a name. */
        INVALID_RESOURCE("InvalidResource"),
        /** Two resources have one id. */
        ID_CONFLICT("ResourceIdConflict"),
        /** Data for a ConfigMap or Secret cannot be read, or has a key twice. */
        GENERATOR_FAILED("GeneratorFailed"),
        /** A field of a resource is not of the form that a transformer needs. */
        TRANSFORM_FAILED("TransformFailed"),
        /** A variable of a manifest has no value, or what comes out with its value is no manifest. */
        SUBSTITUTION_FAILED("SubstitutionFailed");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
