package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The latest requests without their bodies, in the order in which they arrived. Safe between threads. */
public final class RequestLog {
    private static final int KEPT = 10_000;

    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private long count;

    synchronized void add(Call call) {
        count++;
        calls.add(call);
        if (calls.size() > KEPT) {
            calls.remove();
        }
    }

    /** The latest 10,000 requests. */
    public synchronized List<Call> calls() {
        return new ArrayList<>(calls);
    }

    /** How many there were since the start, or since the log was cleared. */
    public synchronized long count() {
        return count;
    }

    /** Forgets them all. */
    public synchronized void clear() {
        calls.clear();
        count = 0;
    }
}
