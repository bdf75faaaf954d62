package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The time by which a whole chain of calls is to be done. One deadline goes down the chain; each stage checks it, and
 * never waits beyond it. Interrupting the thread cancels: the next check throws, and the interrupt status stays set.
 *
 * <p>Time is monotonic: a clock that is set does not move a deadline. Instances are immutable and safe between threads.
 */
public final class Deadline {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final Ticker ticker;
    private final long end;
    private final Duration limit;

    private Deadline(Ticker ticker, long end, Duration limit) {
        this.ticker = ticker;
        this.end = end;
        this.limit = limit;
    }

    /**
     * A deadline {@code limit} from now.
     *
     * @param limit zero or more; more than 146 years count as 146 years
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public static Deadline after(Duration limit) {
        return after(limit, Ticker.SYSTEM);
    }

    /**
     * A deadline {@code limit} from now, by the time of {@code ticker}.
     *
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public static Deadline after(Duration limit, Ticker ticker) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a deadline lies in the future, not " + limit);
        }
        Duration bounded = limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
        return new Deadline(requireNonNull(ticker, "ticker"), ticker.nanos() + bounded.toNanos(), bounded);
    }

    /** The time that is left; zero when it is over, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - ticker.nanos()));
    }

    /** The nearer of this deadline and one {@code limit} from now. */
    public Deadline atMost(Duration limit) {
        Deadline other = after(limit, ticker);
        return other.end - end < 0 ? other : this;
    }

    /**
     * Throws if the time is over or the thread is interrupted.
     *
     * @param doing what the caller is about to do, for the message, such as {@code apply Deployment/apps/web}
     * @throws DeadlineException if so
     */
    public void check(String doing) {
        if (Thread.currentThread().isInterrupted()) {
            throw canceled(doing);
        }
        if (end - ticker.nanos() <= 0) {
            throw timeout(doing);
        }
    }

    /**
     * Waits for {@code time}. Where less is left, it waits for that and throws.
     *
     * @param time zero or more
     * @param doing what the caller is waiting for, for the message, such as {@code wait for Deployment/apps/web}
     * @throws IllegalArgumentException if {@code time} is negative
     * @throws DeadlineException if the time is over before or during the wait, or the thread is interrupted
     */
    public void pause(Duration time, String doing) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a pause takes zero or more, not " + time);
        }
        check(doing);
        Duration left = remaining();
        boolean enough = left.compareTo(time) > 0;
        try {
            ticker.sleep(enough ? time : left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw canceled(doing);
        }
        if (!enough) {
            throw timeout(doing);
        }
    }

    /** The time that is left. */
    @Override
    public String toString() {
        return "Deadline[" + remaining() + " left]";
    }

    private DeadlineException timeout(String doing) {
        return new DeadlineException(
                DeadlineException.Reason.TIMEOUT, "the time limit of " + text(limit) + " is over, could not " + doing);
    }

    private static DeadlineException canceled(String doing) {
        return new DeadlineException(DeadlineException.Reason.CANCELED, "canceled, could not " + doing);
    }

    /** A duration as Go and Flux write it: {@code 1m30s}, {@code 250ms}. */
    private static String text(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return time.toMillis() + "ms";
        }
        String hours = time.toHours() > 0 ? time.toHours() + "h" : "";
        String minutes = time.toMinutesPart() > 0 ? time.toMinutesPart() + "m" : "";
        BigDecimal seconds = BigDecimal.valueOf(time.toSecondsPart() * 1_000L + time.toMillisPart(), 3);
        return hours
                + minutes
                + (seconds.signum() > 0 ? seconds.stripTrailingZeros().toPlainString() + "s" : "");
    }

    /** Where time comes from, so that a test can make it pass at once. Implementations are safe between threads. */
    public interface Ticker {
        /** The time of the machine. */
        Ticker SYSTEM = new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration time) throws InterruptedException {
                Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
            }
        };

        /** Nanoseconds since some fixed moment, as {@link System#nanoTime}. */
        long nanos();

        /**
         * Lets {@code time} pass.
         *
         * @throws InterruptedException if the thread is interrupted before it is over
         */
        void sleep(Duration time) throws InterruptedException;
    }
}
