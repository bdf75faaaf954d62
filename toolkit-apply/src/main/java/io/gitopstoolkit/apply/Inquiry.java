package io.gitopstoolkit.apply;

import java.time.Duration;

/**
 * How much is asked to explain why objects are not healthy.
 *
 * @param limit in time; zero for no explanation
 * @param logs whether the last lines of containers belong to it
 */
record Inquiry(Duration limit, boolean logs) {
    static final Inquiry DEFAULT = new Inquiry(Duration.ofSeconds(10), true);

    Inquiry within(Duration time) {
        return new Inquiry(time, logs);
    }

    Inquiry withoutLogs() {
        return new Inquiry(limit, false);
    }
}
