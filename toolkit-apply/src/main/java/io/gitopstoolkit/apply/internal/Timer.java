package io.gitopstoolkit.apply.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Something that is to be done later, unless it is cancelled. Waits on a thread that the JDK keeps for all of them. */
final class Timer {
    private final CompletableFuture<Boolean> due;

    /** Runs {@code task} on {@code executor} after {@code delay}. */
    Timer(Duration delay, Runnable task, Executor executor) {
        due = new CompletableFuture<Boolean>().completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS);
        var unused = due.thenRunAsync(task, executor);
    }

    /** Does not begin what has not begun. */
    void cancel() {
        due.cancel(false);
    }
}
