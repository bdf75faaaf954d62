package io.gitopstoolkit.notify;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.EventSink;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.ToolkitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes events to several sinks, each behind a filter and a rate limit of its own. Safe between threads.
 *
 * <p>Sending happens on the caller's thread, one route after the other in their order, and returns when all are done.
 * A sink that fails or takes too long does not keep an event from the others: the failures are thrown together at the
 * end. An event that is sent again after that reaches the sinks that failed, for the others have had it and their rate
 * limit leaves it out. An interrupt ends it all.
 */
public final class Dispatcher implements EventSink {
    private final List<Route> routes;
    private final Map<String, String> metadata;
    private final Duration limitPerSink;

    private Dispatcher(List<Route> routes, Builder builder) {
        this.routes = List.copyOf(routes);
        this.metadata = new LinkedHashMap<>(builder.metadata);
        this.limitPerSink = builder.limitPerSink;
    }

    /** Begins a dispatcher. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sends the event over each route whose filter it passes.
     *
     * @throws NotifyException if at least one sink failed; it names each, and the failures are suppressed in it
     * @throws DeadlineException if the thread is interrupted
     */
    @Override
    public void send(Event event, Deadline deadline) {
        Event sent = withMetadata(event);
        var failures = new LinkedHashMap<String, RuntimeException>();
        for (Route route : routes) {
            try {
                if (route.filter.test(sent)) {
                    route.sink.send(sent, deadline.atMost(limitPerSink));
                }
            } catch (RuntimeException e) {
                if (e instanceof DeadlineException ended && ended.why() == DeadlineException.Reason.CANCELED) {
                    failures.values().forEach(e::addSuppressed);
                    throw e;
                }
                failures.put(route.name, e);
            }
        }
        if (!failures.isEmpty()) {
            throw failure(failures);
        }
    }

    /** How many routes there are. */
    @Override
    public String toString() {
        return "Dispatcher[" + routes.size() + " routes]";
    }

    private Event withMetadata(Event event) {
        if (metadata.isEmpty()) {
            return event;
        }
        var all = new LinkedHashMap<>(event.metadata());
        metadata.forEach((key, value) -> {
            if (Metadata.value(event, key).isEmpty()) {
                all.put(key, value);
            }
        });
        return new Event(
                event.about(),
                event.apiVersion(),
                event.severity(),
                event.reason(),
                event.message(),
                event.time(),
                event.reportingController(),
                all);
    }

    private static NotifyException failure(Map<String, RuntimeException> failures) {
        String each = failures.entrySet().stream()
                .map(failure -> failure.getKey() + " (" + text(failure.getValue()) + ")")
                .collect(Collectors.joining(", "));
        boolean passing = failures.values().stream()
                .anyMatch(e -> e instanceof ToolkitException known && known.retry() != Retry.NEVER);
        var together = new NotifyException(
                NotifyException.Reason.DISPATCH_FAILED,
                passing ? Retry.BACK_OFF : Retry.NEVER,
                "the event did not reach " + each,
                null,
                null);
        failures.values().forEach(together::addSuppressed);
        return together;
    }

    private static String text(RuntimeException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private record Route(String name, EventFilter filter, EventSink sink) {}

    /** Routes and options of a dispatcher. Not safe between threads. */
    public static final class Builder {
        private final List<Route> routes = new ArrayList<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private Duration window = RateLimit.DEFAULT_WINDOW;
        private Duration limitPerSink = Duration.ofSeconds(30);
        private Deadline.Ticker ticker = Deadline.Ticker.SYSTEM;

        private Builder() {}

        /** Adds a route that failures name by its number and the class of its sink. */
        public Builder route(EventFilter filter, EventSink sink) {
            return route("route " + (routes.size() + 1) + " " + sink.getClass().getSimpleName(), filter, sink);
        }

        /**
         * Adds a route.
         *
         * @param name for messages, such as {@code team-chat}; no secret
         * @throws IllegalArgumentException if there is a route of that name
         */
        public Builder route(String name, EventFilter filter, EventSink sink) {
            if (routes.stream().anyMatch(route -> route.name.equals(name))) {
                throw new IllegalArgumentException("there are two routes of the name " + name);
            }
            routes.add(new Route(
                    requireNonNull(name, "name"), requireNonNull(filter, "filter"), requireNonNull(sink, "sink")));
            return this;
        }

        /**
         * Adds metadata to every event that has none of that key, such as the name of the cluster; {@code summary} is
         * the key of Flux's alert summary.
         */
        public Builder metadata(String key, String value) {
            metadata.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
            return this;
        }

        /**
         * Lets equal events through once in {@code time} on each route, see {@link RateLimit}. Default 5 min; zero for
         * no limit, at most a year.
         *
         * @throws IllegalArgumentException if {@code time} is out of range
         */
        public Builder rateLimit(Duration time) {
            if (!time.isZero()) {
                RateLimit.every(time);
            }
            window = time;
            return this;
        }

        /**
         * Limits the time that one sink may take for one event, its tries and pauses included. Default 30 s; more than
         * nothing. The deadline of the send wins when it is nearer.
         *
         * @throws IllegalArgumentException if {@code limit} is zero or negative
         */
        public Builder limitPerSink(Duration limit) {
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException("the limit of a sink is more than nothing, not " + limit);
            }
            limitPerSink = limit;
            return this;
        }

        /** Where the rate limit has the time from. Default: the machine. */
        public Builder ticker(Deadline.Ticker source) {
            ticker = requireNonNull(source, "source");
            return this;
        }

        /** The dispatcher. */
        public Dispatcher build() {
            return new Dispatcher(routes.stream().map(this::limited).toList(), this);
        }

        private Route limited(Route route) {
            return window.isZero()
                    ? route
                    : new Route(
                            route.name,
                            route.filter,
                            RateLimit.every(window, RateLimit.DEFAULT_KEYS, ticker)
                                    .around(route.sink));
        }
    }
}
