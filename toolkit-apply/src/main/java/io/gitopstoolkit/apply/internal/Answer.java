package io.gitopstoolkit.apply.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server answered: the HTTP status and the JSON body, empty where it is none. */
public record Answer(int status, Map<String, @Nullable Object> body) {
    private static final int CREATED = 201;

    /** Whether the request made an object that was not there, or would have. */
    public boolean isCreated() {
        return status == CREATED;
    }

    /** Whether the request was met. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
