package io.gitopstoolkit.source.git;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A server answered with a status that is neither success nor a redirect. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
final class HttpStatusException extends IOException {
    private final int status;
    private final @Nullable String retryAfter;

    HttpStatusException(int status, @Nullable String retryAfter) {
        super("HTTP status " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    @Nullable
    String retryAfter() {
        return retryAfter;
    }
}
