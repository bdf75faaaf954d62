package io.gitopstoolkit.apply.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How soon a {@link Watch} tries again, and how long it waits for a sign of life.
 *
 * @param first the pause after the first failure; each further one doubles it
 * @param longest the longest pause
 * @param silence after which a server that has sent bookmarks, which comes each minute, is taken for dead
 * @param lifetime of one connection at least, at most twice as long; a server that has sent no bookmark yet is taken for
 *     dead after a third of it
 * @param random spreads pauses and lifetimes, so that many watches do not ask all at once
 */
public record Pace(Duration first, Duration longest, Duration silence, Duration lifetime, RandomGenerator random) {
    /** Pauses from 100 ms to 30 s, connections of 30 to 60 minutes, which are dead after 150 s without a word. */
    public static Pace usual(RandomGenerator random) {
        return new Pace(
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                Duration.ofSeconds(150),
                Duration.ofMinutes(30),
                random);
    }

    /** The pause after so many failures in a row: between half of it and the whole. */
    Duration pause(int failures) {
        long doubled = first.toNanos() << Math.min(20, Math.max(0, failures - 1));
        long nanos = doubled <= 0 ? longest.toNanos() : Math.min(doubled, longest.toNanos());
        return Duration.ofNanos(nanos / 2 + spread(nanos / 2));
    }

    Duration nextLifetime() {
        return lifetime.plusNanos(spread(lifetime.toNanos()));
    }

    private long spread(long nanos) {
        return nanos <= 0 ? 0 : random.nextLong(nanos + 1);
    }
}
