package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the same work on many items, several at once, for one caller who hears of the results in order and on its own
 * thread. The threads are daemons that live for one call. Safe between threads.
 */
public final class Workers {
    private final int size;

    /**
     * So many at once.
     *
     * @param size one or more
     */
    public Workers(int size) {
        this.size = size;
    }

    /**
     * Does {@code work} on all of {@code items}. After a failure no more are begun; those that are under way are finished,
     * and told to {@code done} like those before. Then the failure is thrown, the first in the order of the items.
     * Interrupting the calling thread interrupts those that work.
     *
     * @param done is told each result, in the order of the items, on the calling thread
     * @throws io.gitopstoolkit.api.DeadlineException if the calling thread is interrupted
     */
    public <T, R> void each(List<T> items, Function<? super T, R> work, Consumer<? super R> done, Deadline deadline) {
        if (size == 1 || items.size() < 2) {
            items.forEach(item -> done.accept(work.apply(item)));
            return;
        }
        new Shift<>(items, work).run(Math.min(size, items.size()), done, deadline);
    }

    /** The same where the results are wanted together. */
    public <T, R> List<R> map(List<T> items, Function<? super T, R> work, Deadline deadline) {
        var results = new ArrayList<R>(items.size());
        each(items, work, results::add, deadline);
        return results;
    }

    /** One call. */
    private static final class Shift<T, R> {
        private final List<T> items;
        private final Function<? super T, R> work;
        private final List<CompletableFuture<R>> results = new ArrayList<>();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger working = new AtomicInteger();
        private volatile boolean stopped;
        private @Nullable Throwable failure;

        Shift(List<T> items, Function<? super T, R> work) {
            this.items = items;
            this.work = work;
            items.forEach(item -> results.add(new CompletableFuture<>()));
        }

        void run(int size, Consumer<? super R> done, Deadline deadline) {
            List<Thread> threads = start(size);
            boolean interrupted = false;
            for (CompletableFuture<R> result : results) {
                while (!isOver(result)) {
                    interrupted = true;
                    stopped = true;
                    threads.forEach(Thread::interrupt); // which ends their requests, and with them this loop
                }
                tell(result, done);
            }
            finish(interrupted, deadline);
        }

        /** Waits for it; false if the wait was interrupted. */
        private static boolean isOver(CompletableFuture<?> result) {
            try {
                result.get();
            } catch (InterruptedException e) {
                return false;
            } catch (ExecutionException | CancellationException e) {
                return true;
            }
            return true;
        }

        private void tell(CompletableFuture<R> result, Consumer<? super R> done) {
            if (result.isCancelled()) {
                return; // never begun
            }
            try {
                done.accept(result.join());
            } catch (CompletionException e) {
                failed(e.getCause() == null ? e : e.getCause());
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }

        private List<Thread> start(int size) {
            working.set(size);
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < size; i++) {
                var thread = new Thread(this::work, "gitops-apply");
                thread.setDaemon(true);
                threads.add(thread);
            }
            threads.forEach(Thread::start);
            return threads;
        }

        private void work() {
            try {
                for (int i = next.getAndIncrement(); i < items.size() && !stopped; i = next.getAndIncrement()) {
                    work(items.get(i), results.get(i));
                }
            } finally {
                if (working.decrementAndGet() == 0) {
                    results.forEach(result -> result.cancel(false)); // of those that were never begun
                }
            }
        }

        private void work(T item, CompletableFuture<R> result) {
            try {
                result.complete(work.apply(item));
            } catch (Throwable e) { // whatever it is, the calling thread throws it
                stopped = true;
                result.completeExceptionally(e);
            }
        }

        private void failed(Throwable e) {
            stopped = true;
            failure = failure == null ? e : failure;
        }

        private void finish(boolean interrupted, Deadline deadline) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (interrupted) {
                deadline.check("finish what was begun");
            }
        }
    }
}
