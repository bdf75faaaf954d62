package io.gitopstoolkit.testkit.internal.server;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time as the API prints it: UTC, in whole seconds. */
final class Times {
    private final Clock clock;

    Times(Clock clock) {
        this.clock = clock;
    }

    Instant instant() {
        return clock.instant();
    }

    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
