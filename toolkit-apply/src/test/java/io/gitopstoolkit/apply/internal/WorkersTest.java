package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final List<Integer> ITEMS = IntStream.range(0, 200).boxed().toList();
    private final Deadline deadline = Deadline.after(Duration.ofSeconds(60));
    private final Workers workers = new Workers(4);

    @Test
    void tellsResultsInOrderOnTheThreadOfTheCaller() {
        var told = new ArrayList<Integer>();
        var threads = new ConcurrentSkipListSet<String>();
        workers.each(
                ITEMS,
                item -> item * 2,
                result -> {
                    told.add(result);
                    threads.add(Thread.currentThread().getName());
                },
                deadline);
        assertThat(told).isEqualTo(ITEMS.stream().map(item -> item * 2).toList());
        assertThat(threads).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void worksOnAsManyAtOnceAsItIsToldAndNoMore() {
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var barrier = new CyclicBarrier(4);
        workers.map(
                ITEMS,
                item -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    await(barrier);
                    return atOnce.decrementAndGet();
                },
                deadline);
        assertThat(most).hasValue(4);
    }

    @Test
    void beginsNoMoreAfterAFailureAndTellsWhatWasFinished() {
        var done = new ArrayList<Integer>();
        var begun = new ConcurrentSkipListSet<Integer>();
        var four = new CountDownLatch(4);
        assertThatThrownBy(() -> workers.each(
                        ITEMS,
                        item -> {
                            begun.add(item);
                            four.countDown();
                            await(four);
                            if (item != 3) {
                                throw new IllegalStateException("no");
                            }
                            return item;
                        },
                        done::add,
                        deadline))
                .hasMessage("no");
        assertThat(done).as("it was under way").containsExactly(3);
        assertThat(begun).as("each worker ends with its failure").hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void throwsTheFirstFailureInTheOrderOfTheItems() {
        var barrier = new CyclicBarrier(4);
        assertThatThrownBy(() -> workers.map(
                        ITEMS,
                        item -> {
                            await(barrier);
                            throw new IllegalStateException("item " + item);
                        },
                        deadline))
                .hasMessage("item 0");
    }

    @Test
    void throwsWhatTheListenerThrowsOnceAllIsFinished() {
        var atWork = new AtomicInteger();
        assertThatThrownBy(() -> workers.each(
                        ITEMS,
                        item -> {
                            atWork.incrementAndGet();
                            atWork.decrementAndGet();
                            return item;
                        },
                        item -> {
                            throw new IllegalArgumentException("deaf");
                        },
                        deadline))
                .hasMessage("deaf");
        assertThat(atWork).hasValue(0);
    }

    @Test
    void interruptsTheWorkWhenItsCallerIsInterrupted() throws Exception {
        var begun = new CountDownLatch(4);
        var interrupted = new AtomicInteger();
        var thrown = new ArrayList<Throwable>();
        var caller = new Thread(() -> {
            try {
                workers.map(
                        ITEMS,
                        item -> {
                            begun.countDown();
                            try {
                                deadline.pause(Duration.ofMinutes(1), "wait");
                            } catch (DeadlineException e) {
                                interrupted.incrementAndGet();
                                throw e;
                            }
                            return item;
                        },
                        deadline);
            } catch (DeadlineException e) {
                thrown.add(e);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
        });
        caller.start();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join(30_000);
        assertThat(interrupted).hasValue(4);
        assertThat(thrown).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
