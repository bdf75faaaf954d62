package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.testkit.internal.web.Effect;
import io.gitopstoolkit.testkit.internal.web.Effect.Manner;
import java.net.URI;
import java.time.Duration;

/**
 * What goes wrong with a request to a server of the testkit: the words that all of them share. Immutable.
 *
 * <p>{@link #status}, {@link #drop}, {@link #hang} and {@link #redirect} stand in place of what was asked: nothing of it
 * is done. With all others it is done, and only the answer suffers.
 *
 * @see FaultInjection
 */
public final class Fault {
    private final Effect effect;

    private Fault(Effect effect) {
        this.effect = effect;
    }

    /**
     * An answer with this status, and a body in the form in which the server writes its errors. Over SSH, which has no
     * status, a message and exit status 128.
     *
     * @throws IllegalArgumentException if {@code status} is not between 200 and 599
     */
    public static Fault status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("not the status of an answer: " + status);
        }
        return new Fault(Effect.of(Manner.STATUS, status));
    }

    /** The connection is closed without an answer, and nothing is done. */
    public static Fault drop() {
        return new Fault(Effect.of(Manner.DROP, 0));
    }

    /** The connection is closed without an answer, though what was asked is done: the answer was lost on its way. */
    public static Fault loseAnswer() {
        return new Fault(Effect.of(Manner.LOSE, 0));
    }

    /** No answer before the server is closed. */
    public static Fault hang() {
        return new Fault(Effect.of(Manner.HANG, 0));
    }

    /** Status 307, to the same path and query below {@code root}. Over SSH, which has no such thing, as {@link #drop}. */
    public static Fault redirect(URI root) {
        return new Fault(Effect.of(Manner.REDIRECT, 307).with("Location", root.toString()));
    }

    /**
     * The usual answer, late.
     *
     * @throws IllegalArgumentException if {@code time} is negative
     */
    public static Fault delay(Duration time) {
        return new Fault(Effect.NONE).withDelay(time);
    }

    /**
     * The usual answer, sent at this rate.
     *
     * @throws IllegalArgumentException if {@code bytesPerSecond} is less than 1
     */
    public static Fault throttle(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("a rate is at least one byte a second, not " + bytesPerSecond);
        }
        return new Fault(Effect.NONE.at(bytesPerSecond));
    }

    /** Half of the usual body, then the connection is closed; the length that was announced is the whole one. */
    public static Fault truncate() {
        return new Fault(Effect.of(Manner.TRUNCATE, 0));
    }

    /**
     * Half of the usual body, announced as if it were the whole: only a digest or a size known before tells. Over SSH,
     * which announces no length, as {@link #truncate}.
     */
    public static Fault shorten() {
        return new Fault(Effect.of(Manner.SHORTEN, 0));
    }

    /** The usual body with one bit changed in its middle; length and headers stay. */
    public static Fault corrupt() {
        return new Fault(Effect.of(Manner.CORRUPT, 0));
    }

    /**
     * The usual answer with another value of a header, such as a {@code Docker-Content-Digest} or an {@code ETag} that is
     * not that of the body. Over SSH it changes nothing.
     */
    public static Fault header(String name, String value) {
        return new Fault(Effect.NONE).withHeader(name, value);
    }

    /**
     * The same, that much later.
     *
     * @throws IllegalArgumentException if {@code time} is negative
     */
    public Fault withDelay(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a delay is zero or more, not " + time);
        }
        return new Fault(effect.after(time));
    }

    /** The same with one header more, or with another value of it. */
    public Fault withHeader(String name, String value) {
        return new Fault(effect.with(requireNonNull(name, "name"), requireNonNull(value, "value")));
    }

    /** The same with {@code Retry-After} in whole seconds. */
    public Fault withRetryAfter(Duration time) {
        return withHeader("Retry-After", Long.toString(time.toSeconds()));
    }

    Effect effect() {
        return effect;
    }
}
