package io.gitopstoolkit.notify;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.EventSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets equal events through once in a time window, as Flux's notification-controller does. Events are equal if they
 * have the same {@linkplain #keyOf key}. Safe between threads.
 *
 * <p>At most a fixed number of keys is kept; when there are more, the oldest is forgotten, and an event like it would
 * come through again.
 */
public final class RateLimit {
    /** The window that Flux has. */
    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

    /** How many keys are kept by default. */
    public static final int DEFAULT_KEYS = 10_000;

    private final Object lock = new Object();
    private final Map<Digest, Long> seen = new LinkedHashMap<>(); // oldest first
    private final long windowNanos;
    private final int maxKeys;
    private final Deadline.Ticker ticker;

    private RateLimit(Duration window, int maxKeys, Deadline.Ticker ticker) {
        this.windowNanos = window.toNanos();
        this.maxKeys = maxKeys;
        this.ticker = ticker;
    }

    /**
     * A limit of one event for each key in {@code window}, over {@value #DEFAULT_KEYS} keys.
     *
     * @param window more than nothing and at most a year
     * @throws IllegalArgumentException if it is out of range
     */
    public static RateLimit every(Duration window) {
        return every(window, DEFAULT_KEYS, Deadline.Ticker.SYSTEM);
    }

    /**
     * A limit of one event for each key in {@code window}, by the time of {@code ticker}.
     *
     * @param window more than nothing and at most a year
     * @param keys how many keys are kept, at least one; each takes some 300 bytes
     * @throws IllegalArgumentException if one is out of range
     */
    public static RateLimit every(Duration window, int keys, Deadline.Ticker ticker) {
        if (window.isZero() || window.isNegative() || window.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("a window is more than nothing and at most a year, not " + window);
        }
        if (keys < 1) {
            throw new IllegalArgumentException("at least one key is kept, not " + keys);
        }
        return new RateLimit(window, keys, requireNonNull(ticker, "ticker"));
    }

    /**
     * Flux's key of an event: the SHA-256 of object, message and revision. Severity, reason and time do not count.
     *
     * @see <a href="https://fluxcd.io/flux/components/notification/options/">Flux: notification-controller options</a>
     */
    public static Digest keyOf(Event event) {
        var text = new StringBuilder("event");
        text.append("/name=").append(event.about().name());
        text.append("/namespace=").append(event.about().namespace());
        text.append("/kind=").append(event.about().kind());
        text.append("/message=").append(event.message());
        append(text, event, "originRevision");
        append(text, event, Event.REVISION);
        append(text, event, "token");
        return Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the event may go through now; if so, the next one like it may not before the window is over. */
    public boolean tryAcquire(Event event) {
        Digest key = keyOf(event);
        synchronized (lock) {
            long now = ticker.nanos();
            forgetBefore(now - windowNanos);
            if (seen.containsKey(key)) {
                return false;
            }
            if (seen.size() >= maxKeys) {
                Iterator<Digest> oldest = seen.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
            seen.put(key, now);
            return true;
        }
    }

    /** Lets the next event like this one through, for this one did not arrive. */
    public void release(Event event) {
        Digest key = keyOf(event);
        synchronized (lock) {
            seen.remove(key);
        }
    }

    /**
     * A sink that passes on to {@code sink} what may go through, and leaves out the rest silently. An event that
     * {@code sink} fails to send does not count: it can be sent again at once.
     */
    public EventSink around(EventSink sink) {
        requireNonNull(sink, "sink");
        return (event, deadline) -> {
            if (!tryAcquire(event)) {
                return;
            }
            boolean sent = false;
            try {
                sink.send(event, deadline);
                sent = true;
            } finally {
                if (!sent) {
                    release(event);
                }
            }
        };
    }

    private void forgetBefore(long moment) {
        Iterator<Long> times = seen.values().iterator();
        while (times.hasNext() && times.next() - moment <= 0) {
            times.remove();
        }
    }

    private static void append(StringBuilder text, Event event, String key) {
        String value = Metadata.value(event, key);
        if (!value.isEmpty()) {
            text.append('/').append(key).append('=').append(value);
        }
    }
}
