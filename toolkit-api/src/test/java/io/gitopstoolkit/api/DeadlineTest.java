package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private final FakeTicker ticker = new FakeTicker();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void comesNearer() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(10));
        ticker.now += Duration.ofSeconds(9).toNanos();
        deadline.check("work");
        assertThat(deadline).hasToString("Deadline[PT1S left]");
        ticker.now += Duration.ofSeconds(1).toNanos();
        assertThat(deadline.remaining()).isZero();
        assertThatThrownBy(() -> deadline.check("apply Deployment/apps/web"))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("the time limit of 10s is over, could not apply Deployment/apps/web");
        ticker.now += Duration.ofDays(1000).toNanos();
        assertThat(deadline.remaining()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0ms",
        "PT0.25S, 250ms",
        "PT1S, 1s",
        "PT1.5S, 1.5s",
        "PT1.05S, 1.05s",
        "PT1M, 1m",
        "PT1M30S, 1m30s",
        "PT2H0.5S, 2h0.5s",
        "PT26H1M, 26h1m"
    })
    void namesItsLimit(Duration limit, String text) {
        Deadline deadline = Deadline.after(limit, ticker);
        ticker.now += limit.toNanos();
        assertThatThrownBy(() -> deadline.check("x")).hasMessageStartingWith("the time limit of " + text + " is over");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 5})
    void survivesTheOverflowOfTheTicker(long now) {
        ticker.now = now;
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(10));
        ticker.now += Duration.ofSeconds(4).toNanos();
        deadline.check("x");
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(6));
        assertThat(deadline.atMost(Duration.ofSeconds(9)).remaining()).isEqualTo(Duration.ofSeconds(6));
        ticker.now += Duration.ofSeconds(6).toNanos();
        assertThatThrownBy(() -> deadline.check("x")).isInstanceOf(DeadlineException.class);
    }

    @Test
    void takesTheLongestTimesForVeryLong() {
        for (Duration limit : List.of(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), Duration.ofDays(365_000))) {
            Deadline deadline = Deadline.after(limit, ticker);
            deadline.check("x");
            assertThat(deadline.remaining()).isGreaterThan(Duration.ofDays(365 * 140));
            assertThat(deadline.atMost(limit).remaining()).isGreaterThan(Duration.ofDays(365 * 140));
        }
    }

    @Test
    void doesNotLieInThePast() {
        assertThatThrownBy(() -> Deadline.after(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Deadline.after(Duration.ZERO).check("x")).isInstanceOf(DeadlineException.class);
    }

    @Test
    void isTheNearerOfTwo() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
        assertThat(deadline.atMost(Duration.ofSeconds(3)).remaining()).isEqualTo(Duration.ofSeconds(3));
        assertThat(deadline.atMost(Duration.ofSeconds(30))).isSameAs(deadline);
        assertThatThrownBy(() -> deadline.atMost(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pausesByItsTicker() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
        deadline.pause(Duration.ofSeconds(4), "wait");
        deadline.pause(Duration.ZERO, "wait");
        assertThat(ticker.sleeps).containsExactly(Duration.ofSeconds(4), Duration.ZERO);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void pausesNoLongerThanIsLeftAndThrows() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
        assertThatThrownBy(() -> deadline.pause(Duration.ofSeconds(11), "wait for Pod/a/b"))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("the time limit of 10s is over, could not wait for Pod/a/b");
        assertThat(ticker.sleeps).containsExactly(Duration.ofSeconds(10));
        assertThatThrownBy(() -> deadline.pause(Duration.ZERO, "x")).isInstanceOf(DeadlineException.class);
        assertThat(ticker.sleeps).hasSize(1);
    }

    @Test
    void refusesAPauseBackInTime() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
        assertThatThrownBy(() -> deadline.pause(Duration.ofNanos(-1), "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isCanceledByAnInterruptThatStays() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
        Thread.currentThread().interrupt();
        DeadlineException failure = catchThrowableOfType(DeadlineException.class, () -> deadline.check("work"));
        assertThat(failure).hasMessage("canceled, could not work");
        assertThat(failure.why()).isEqualTo(DeadlineException.Reason.CANCELED);
        assertThat(failure.reason()).isEqualTo("Canceled");
        assertThatThrownBy(() -> deadline.pause(Duration.ofSeconds(1), "x")).isInstanceOf(DeadlineException.class);
        assertThat(ticker.sleeps).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void isCanceledDuringAPauseOfTheMachine() throws Exception {
        Deadline deadline = Deadline.after(Duration.ofMinutes(5));
        var outcome = new ArrayList<Object>();
        var thread = new Thread(() -> {
            outcome.add(catchThrowableOfType(DeadlineException.class, () -> deadline.pause(Duration.ofMinutes(4), "x"))
                    .why());
            outcome.add(Thread.currentThread().isInterrupted());
        });
        thread.start();
        thread.interrupt();
        thread.join(10_000);
        assertThat(outcome).containsExactly(DeadlineException.Reason.CANCELED, true);
    }

    @Test
    void runsByTheMachineUnlessToldOtherwise() {
        Deadline deadline = Deadline.after(Duration.ofMillis(30));
        long start = System.nanoTime();
        DeadlineException failure =
                catchThrowableOfType(DeadlineException.class, () -> deadline.pause(Duration.ofMinutes(1), "x"));
        assertThat(failure.why()).isEqualTo(DeadlineException.Reason.TIMEOUT);
        assertThat(failure.reason()).isEqualTo("Timeout");
        assertThat(failure.retry()).isEqualTo(Retry.BACK_OFF);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(20), Duration.ofSeconds(20));
    }

    private static final class FakeTicker implements Deadline.Ticker {
        private long now;
        private final List<Duration> sleeps = new ArrayList<>();

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(Duration time) {
            sleeps.add(time);
            now += time.toNanos();
        }
    }
}
