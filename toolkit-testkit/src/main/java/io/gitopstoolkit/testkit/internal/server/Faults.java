package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.internal.http.HttpExchange;
import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import io.gitopstoolkit.testkit.internal.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Failures that were ordered, each for a number of requests. Safe between threads. */
public final class Faults {
    private final List<Fault> faults = new ArrayList<>();

    /**
     * Something to happen to requests instead of, or before, their answer.
     *
     * @param response null to answer as usual, after the latency
     */
    record Behaviour(Duration latency, @Nullable HttpResponse response, boolean drops) {}

    /** A behaviour for the next requests that match. */
    static final class Fault {
        private final Predicate<HttpRequest> matches;
        private final Behaviour behaviour;
        private int left;

        Fault(Predicate<HttpRequest> matches, Behaviour behaviour, int times) {
            this.matches = matches;
            this.behaviour = behaviour;
            this.left = times;
        }

        /** Plays it; tells whether the request is to be answered as usual. */
        boolean play(HttpExchange exchange) throws IOException {
            if (!behaviour.latency().isZero()) {
                try {
                    Deadline.Ticker.SYSTEM.sleep(behaviour.latency());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            if (behaviour.response() != null) {
                exchange.respond(behaviour.response());
            }
            return behaviour.response() == null && !behaviour.drops();
        }
    }

    /** Answers the next {@code times} matching requests with the response. */
    public synchronized void respond(Predicate<HttpRequest> matches, HttpResponse response, int times) {
        faults.add(new Fault(matches, new Behaviour(Duration.ZERO, response, false), times));
    }

    /** Ends the connection of the next {@code times} matching requests without an answer. */
    public synchronized void drop(Predicate<HttpRequest> matches, int times) {
        faults.add(new Fault(matches, new Behaviour(Duration.ZERO, null, true), times));
    }

    /** Answers the next {@code times} matching requests late. */
    public synchronized void delay(Predicate<HttpRequest> matches, Duration latency, int times) {
        faults.add(new Fault(matches, new Behaviour(latency, null, false), times));
    }

    /** Takes back what has not happened yet. */
    public synchronized void clear() {
        faults.clear();
    }

    synchronized @Nullable Fault next(HttpRequest request) {
        for (Iterator<Fault> it = faults.iterator(); it.hasNext(); ) {
            Fault fault = it.next();
            if (fault.matches.test(request)) {
                fault.left--;
                if (fault.left <= 0) {
                    it.remove();
                }
                return fault;
            }
        }
        return null;
    }
}
