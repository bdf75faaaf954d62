package io.gitopstoolkit.testkit;

import java.time.Duration;

/**
 * A server that goes wrong on request. Faults that were ordered are played in the order of their orders: a request takes
 * the first that fits it and is not used up, and no more than one. A fault is played before credentials are looked at.
 * Implementations are safe between threads.
 */
public interface FaultInjection {
    /**
     * Lets the next requests that fit go wrong.
     *
     * @param times how many requests, from the next one on; at least 1
     * @param method such as {@code GET}, or the name of an operation as the server's documentation lists them, such as
     *     {@code GetObject}, or {@code *} for any
     * @param path the beginning of the path, such as {@code /shop.git/}
     * @throws IllegalArgumentException if {@code times} is less than 1
     */
    void faultNext(int times, String method, String path, Fault fault);

    /** Takes back the faults that have not happened yet. */
    void clearFaults();

    /**
     * Refuses requests instead of answering them. With status 429 and 503 clients are asked to wait for a second.
     *
     * @param times how many requests, from the next one on; at least 1
     * @param method a method, an operation, or {@code *}, as with {@link #faultNext}
     * @param path the beginning of the path
     */
    default void failNext(int times, String method, String path, int status) {
        Fault fault = Fault.status(status);
        boolean waits = status == 429 || status == 503;
        faultNext(times, method, path, waits ? fault.withRetryAfter(Duration.ofSeconds(1)) : fault);
    }

    /**
     * Ends the connection of requests without an answer.
     *
     * @param times how many requests, from the next one on; at least 1
     * @param method a method, an operation, or {@code *}, as with {@link #faultNext}
     * @param path the beginning of the path
     */
    default void dropNext(int times, String method, String path) {
        faultNext(times, method, path, Fault.drop());
    }

    /**
     * Answers requests late.
     *
     * @param times how many requests, from the next one on; at least 1
     * @param method a method, an operation, or {@code *}, as with {@link #faultNext}
     * @param path the beginning of the path
     */
    default void delayNext(int times, String method, String path, Duration latency) {
        faultNext(times, method, path, Fault.delay(latency));
    }
}
