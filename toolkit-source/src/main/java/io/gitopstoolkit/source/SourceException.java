package io.gitopstoolkit.source;

import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.ToolkitException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A source could not be asked, or what it has could not be fetched. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class SourceException extends ToolkitException {
    /** Why a source failed. The texts are those of Flux's source-controller where it has one. */
    public enum Reason {
        /** The address cannot be used: its scheme, its form, or a password inside it. */
        INVALID_URL("URLInvalid", Retry.NEVER),
        /** The server refused the credentials, or asks for some and got none. */
        AUTHENTICATION_FAILED("AuthenticationFailed", Retry.BACK_OFF),
        /** There is no such repository, or none that these credentials may see. */
        REPOSITORY_NOT_FOUND("RepositoryNotFound", Retry.BACK_OFF),
        /** The repository has no commit yet. */
        EMPTY_REPOSITORY("EmptyGitRepository", Retry.BACK_OFF),
        /** The repository has no such branch, tag or ref. */
        REFERENCE_NOT_FOUND("ReferenceNotFound", Retry.BACK_OFF),
        /** No tag of the repository is in the version range. */
        NO_MATCHING_VERSION("NoMatchingVersion", Retry.BACK_OFF),
        /** The repository does not hold the commit, or does not give it away. */
        COMMIT_NOT_FOUND("CommitNotFound", Retry.BACK_OFF),
        /** The host cannot be reached, or answers that it is in trouble. */
        SOURCE_UNAVAILABLE("SourceUnavailable", Retry.BACK_OFF),
        /** The transfer broke, or the other side does not speak Git. */
        GIT_OPERATION_FAILED("GitOperationFailed", Retry.BACK_OFF),
        /** What was fetched is larger than the limits of the source allow. */
        LIMIT_EXCEEDED("LimitExceeded", Retry.NEVER),
        /** An ignore file cannot be used. */
        SOURCE_IGNORE_ERROR("SourceIgnoreError", Retry.NEVER),
        /** The cache directory cannot be read or written. */
        CACHE_OPERATION_FAILED("CacheOperationFailed", Retry.BACK_OFF);

        private final String text;
        private final Retry retry;

        Reason(String text, Retry retry) {
            this.text = text;
            this.retry = retry;
        }

        /** The CamelCase word, fit for a condition's reason and a metric's tag; it does not change. */
        public String text() {
            return text;
        }

        /** Whether doing the same again can help. */
        public Retry retry() {
            return retry;
        }
    }

    private final Reason why;

    /**
     * A failure.
     *
     * @param why the reason
     * @param message one sentence that names the source and the way out, without secrets
     */
    public SourceException(Reason why, String message) {
        this(why, message, null);
    }

    /**
     * A failure with what failed underneath.
     *
     * @param why the reason
     * @param message one sentence that names the source and the way out, without secrets
     * @param cause what failed underneath, or null
     */
    public SourceException(Reason why, String message, @Nullable Throwable cause) {
        this(why, message, cause, null);
    }

    /**
     * A failure where the other side named the time after which to try again.
     *
     * @param why the reason
     * @param message one sentence that names the source and the way out, without secrets
     * @param cause what failed underneath, or null
     * @param retryAfter the time that the other side asked to wait, or null
     */
    public SourceException(Reason why, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(why.text(), why.retry(), message, cause, retryAfter);
        this.why = why;
    }

    /** The reason, to switch on; a later release may add more. */
    public Reason why() {
        return why;
    }
}
