package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The latest requests without their bodies, in the order in which they arrived. Safe between threads. */
public final class RequestLog {
    private static final int KEPT = 10_000;

    private final ArrayDeque<HttpRequest> requests = new ArrayDeque<>();
    private long count;

    synchronized void add(HttpRequest request) {
        count++;
        requests.add(new HttpRequest(request.method(), request.target(), request.headers(), ""));
        if (requests.size() > KEPT) {
            requests.remove();
        }
    }

    /** The latest 10,000 requests. */
    public synchronized List<HttpRequest> requests() {
        return new ArrayList<>(requests);
    }

    /** How many there were since the start, or since the log was cleared. */
    public synchronized long count() {
        return count;
    }

    /** Forgets them all. */
    public synchronized void clear() {
        requests.clear();
        count = 0;
    }
}
