package io.gitopstoolkit.apply.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server answered: the HTTP status and the JSON body, empty where it is none. */
public record Answer(int status, Map<String, @Nullable Object> body) {
    /** The status; the body, which may be a Secret, stays out of it. */
    @Override
    public String toString() {
        return "Answer[" + status + ']';
    }

    /** Whether the request was met. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
