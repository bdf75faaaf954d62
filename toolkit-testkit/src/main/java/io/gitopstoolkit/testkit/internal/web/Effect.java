package io.gitopstoolkit.testkit.internal.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a fault does to a request and its answer.
 *
 * @param status of the answer, where there is another than the usual one
 * @param headers beside those of the answer, or instead of them
 * @param bytesPerSecond {@link Long#MAX_VALUE} for as fast as it goes
 */
public record Effect(Manner manner, int status, Map<String, String> headers, Duration delay, long bytesPerSecond) {
    /** Nothing goes wrong. */
    public static final Effect NONE = of(Manner.AS_USUAL, 0);

    /** What becomes of the answer. */
    public enum Manner {
        /** It is what it always is. */
        AS_USUAL(true),
        /** Another stands in its place. */
        STATUS(false),
        /** The client is sent elsewhere. */
        REDIRECT(false),
        /** There is none before the server is closed. */
        HANG(false),
        /** The connection ends before anything is done. */
        DROP(false),
        /** The connection ends after all is done. */
        LOSE(true),
        /** The connection ends halfway. */
        TRUNCATE(true),
        /** It is half as long as it ought to be, and says so. */
        SHORTEN(true),
        /** A bit of it is wrong. */
        CORRUPT(true);

        private final boolean takesPlace;

        Manner(boolean takesPlace) {
            this.takesPlace = takesPlace;
        }

        /** Whether what was asked is done. */
        public boolean takesPlace() {
            return takesPlace;
        }
    }

    /** An effect without headers and delay. */
    public static Effect of(Manner manner, int status) {
        return new Effect(manner, status, Map.of(), Duration.ZERO, Long.MAX_VALUE);
    }

    /** The same with one header more, or with another value of it. */
    public Effect with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Effect(manner, status, Collections.unmodifiableMap(more), delay, bytesPerSecond);
    }

    /** The same, that much later. */
    public Effect after(Duration time) {
        return new Effect(manner, status, headers, time, bytesPerSecond);
    }

    /** The same at that rate. */
    public Effect at(long rate) {
        return new Effect(manner, status, headers, delay, rate);
    }

    /** How many of the bytes of a body are sent. */
    public int sentOf(int length) {
        return manner == Manner.TRUNCATE || manner == Manner.SHORTEN ? length / 2 : length;
    }

    /** How many bytes the answer says that there are. */
    public int announcedOf(int length) {
        return manner == Manner.SHORTEN ? length / 2 : length;
    }
}
