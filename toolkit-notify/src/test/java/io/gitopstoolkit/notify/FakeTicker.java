package io.gitopstoolkit.notify;

import io.gitopstoolkit.api.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when somebody sleeps, at once. */
final class FakeTicker implements Deadline.Ticker {
    private long nanos = 1_000;
    private final List<Duration> sleeps = new ArrayList<>();

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void sleep(Duration time) {
        sleeps.add(time);
        nanos += time.toNanos();
    }

    synchronized void pass(Duration time) {
        nanos += time.toNanos();
    }

    synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    Deadline after(Duration limit) {
        return Deadline.after(limit, this);
    }
}
