package io.gitopstoolkit.cel;

import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.ToolkitException;
import org.jspecify.annotations.Nullable;

/** An expression cannot be parsed, or has no value for what it was given. The message names it, and the position. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class CelException extends ToolkitException {
    /** Why. */
    public enum Reason {
        /** The text is no expression, or one that uses what it was not given. */
        INVALID_EXPRESSION("InvalidCELExpression", Retry.NEVER),
        /** It has no value for these variables: a field is missing, or of another type. */
        NO_VALUE("CELEvaluationFailed", Retry.BACK_OFF),
        /** It takes more steps, memory or time than an expression may, or its thread was interrupted. */
        LIMIT_EXCEEDED("CELLimitExceeded", Retry.NEVER);

        private final String text;
        private final Retry retry;

        Reason(String text, Retry retry) {
            this.text = text;
            this.retry = retry;
        }
    }

    private final Reason why;

    CelException(Reason why, String message, @Nullable Throwable cause) {
        super(why.text, why.retry, message, cause);
        this.why = why;
    }

    /** Why. */
    public Reason why() {
        return why;
    }
}
