package io.gitopstoolkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.ObjectRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftHistoryTest {
    private static final ObjectRef REF = new ObjectRef("", "ConfigMap", "apps", "a");
    private static final Digest STATE = Digest.sha256(new byte[] {1});
    private static final Digest OTHER = Digest.sha256(new byte[] {2});

    private final Time time = new Time();
    private final DriftHistory history = new DriftHistory(time);

    private static final class Time implements Deadline.Ticker {
        private long now = 7;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(Duration pause) {
            now += pause.toNanos();
        }
    }

    @Test
    void correctsAtOnceAndThenEverLater() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Duration wait = history.wait(REF);
            waits.add(wait.toSeconds());
            time.sleep(wait);
            history.handled(REF);
        }
        assertThat(waits).containsExactly(0L, 2L, 6L, 18L, 54L, 162L, 300L, 300L);
    }

    @Test
    void countsTheTimeSinceTheLastCorrection() {
        history.handled(REF);
        time.sleep(Duration.ofMillis(1500));
        assertThat(history.wait(REF)).isEqualTo(Duration.ofMillis(500));
        time.sleep(Duration.ofSeconds(1));
        assertThat(history.wait(REF)).isZero();
        assertThat(history.nextCount(REF)).isEqualTo(2);
    }

    @Test
    void beginsAnewAfterAQuietTime() {
        history.handled(REF);
        time.sleep(Duration.ofSeconds(61));
        assertThat(history.nextCount(REF)).isEqualTo(1);
        assertThat(history.wait(REF)).isZero();
    }

    @Test
    void remembersWhatWasReportedUntilItIsRestored() {
        history.reported(REF, STATE);
        assertThat(history.isReported(REF, STATE)).isTrue();
        assertThat(history.isReported(REF, OTHER)).isFalse();
        history.restored(REF);
        assertThat(history.isReported(REF, STATE)).isFalse();
    }

    @Test
    void keepsTheCountOfAFightWhenTheObjectIsRestored() {
        history.handled(REF);
        history.restored(REF);
        assertThat(history.nextCount(REF)).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsNoLongerOwned() {
        history.handled(REF);
        history.retain(Set.of());
        assertThat(history.nextCount(REF)).isEqualTo(1);
    }
}
