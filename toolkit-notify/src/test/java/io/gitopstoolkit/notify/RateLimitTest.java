package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.EventSink;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final FakeTicker ticker = new FakeTicker();
    private final RateLimit limit = RateLimit.every(Duration.ofMinutes(5), 3, ticker);

    @Nested
    class Key {
        @Test
        void isThatOfFlux() {
            String golden = "sha256:5818dedf5b90669d79c31885140d730765bfce087d98596c4a2bcf4df630f8a2";
            assertThat(RateLimit.keyOf(Events.saying("hello"))).hasToString(golden);
            assertThat(RateLimit.keyOf(Events.with(Map.of("kustomize.toolkit.fluxcd.io/revision", "main@sha1:abc"))))
                    .hasToString(golden);
        }

        @Test
        void isThatOfObjectMessageRevisionAndTokenAlone() {
            Event event = Events.with(Map.of());
            assertThat(RateLimit.keyOf(Events.with(Map.of("other", "x")))).isEqualTo(RateLimit.keyOf(event));
            assertThat(RateLimit.keyOf(Events.about(Events.APPS, Severity.ERROR, "hello", Map.of())))
                    .isEqualTo(RateLimit.keyOf(event));
            assertThat(new Event[] {
                        Events.with(Map.of("revision", "x")),
                        Events.with(Map.of("originRevision", "x")),
                        Events.with(Map.of("token", "x")),
                        Events.about(Events.APPS, Severity.INFO, "bye", Map.of()),
                        Events.about(new ObjectRef("", "Pod", "flux-system", "apps"), Severity.INFO, "hello", Map.of())
                    })
                    .extracting(RateLimit::keyOf)
                    .doesNotContain(RateLimit.keyOf(event))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void letsEqualEventsThroughOnceInTheWindow() {
        assertThat(limit.tryAcquire(Events.saying("a"))).isTrue();
        assertThat(limit.tryAcquire(Events.saying("a"))).isFalse();
        assertThat(limit.tryAcquire(Events.saying("b"))).isTrue();
        ticker.pass(Duration.ofMinutes(5).minusNanos(1));
        assertThat(limit.tryAcquire(Events.saying("a"))).isFalse();
        ticker.pass(Duration.ofNanos(1));
        assertThat(limit.tryAcquire(Events.saying("a"))).isTrue();
        assertThat(limit.tryAcquire(Events.saying("a"))).isFalse();
    }

    @Test
    void doesNotProlongTheWindowByWhatItLeavesOut() {
        limit.tryAcquire(Events.saying("a"));
        ticker.pass(Duration.ofMinutes(4));
        limit.tryAcquire(Events.saying("a"));
        ticker.pass(Duration.ofMinutes(1));
        assertThat(limit.tryAcquire(Events.saying("a"))).isTrue();
    }

    @Test
    void forgetsTheOldestWhereThereAreTooMany() {
        for (String message : new String[] {"a", "b", "c", "d"}) {
            assertThat(limit.tryAcquire(Events.saying(message))).isTrue();
        }
        assertThat(limit.tryAcquire(Events.saying("b"))).isFalse();
        assertThat(limit.tryAcquire(Events.saying("d"))).isFalse();
        assertThat(limit.tryAcquire(Events.saying("a"))).isTrue();
    }

    @Test
    void letsAnEventThroughAgainThatDidNotArrive() {
        var sent = new AtomicInteger();
        EventSink sink = limit.around((event, deadline) -> {
            if (sent.incrementAndGet() == 1) {
                throw new IllegalStateException("down");
            }
        });
        Deadline deadline = ticker.after(Duration.ofMinutes(1));
        assertThatThrownBy(() -> sink.send(Events.saying("a"), deadline)).hasMessage("down");
        sink.send(Events.saying("a"), deadline);
        sink.send(Events.saying("a"), deadline);
        assertThat(sent).hasValue(2);
    }

    @Test
    void letsOneOfManyThreadsThrough() throws Exception {
        var through = new AtomicInteger();
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int message = 0; message < 3; message++) {
                    if (limit.tryAcquire(Events.saying("m" + message))) {
                        through.incrementAndGet();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(through).hasValue(3);
    }

    @Test
    void refusesLimitsOutOfRange() {
        assertThatThrownBy(() -> RateLimit.every(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateLimit.every(Duration.ofDays(366))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateLimit.every(Duration.ofMinutes(1), 0, ticker))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
