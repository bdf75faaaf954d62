package io.gitopstoolkit.notify;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.Severity;
import java.util.List;

/**
 * Which events a sink gets. A filter is a pure function, safe between threads; filters combine:
 *
 * <pre>{@code
 * EventFilter.kinds("Kustomization", "HelmRelease")
 *         .and(EventFilter.namespaces("apps"))
 *         .and(EventFilter.atLeast(Severity.ERROR))
 *         .and(EventFilter.excluding("no such host"))
 * }</pre>
 *
 * @see <a href="https://fluxcd.io/flux/components/notification/alerts/">Flux: alerts</a>
 */
@FunctionalInterface
public interface EventFilter {
    /** Every event. */
    EventFilter ALL = event -> true;

    /** Whether the sink gets this event. */
    boolean test(Event event);

    /**
     * Events about objects of one of these kinds, such as {@code Kustomization}; {@code *} stands for every kind.
     *
     * @throws IllegalArgumentException if there is none
     */
    static EventFilter kinds(String... kinds) {
        return Filters.oneOf("kinds", kinds, event -> event.about().kind());
    }

    /**
     * Events about objects of one of these names; {@code *} stands for every name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static EventFilter names(String... names) {
        return Filters.oneOf("names", names, event -> event.about().name());
    }

    /**
     * Events about objects in one of these namespaces; the empty one is that of objects of cluster scope, {@code *}
     * stands for every namespace.
     *
     * @throws IllegalArgumentException if there is none
     */
    static EventFilter namespaces(String... namespaces) {
        return Filters.oneOf("namespaces", namespaces, event -> event.about().namespace());
    }

    /** Events that matter as much as this or more. */
    static EventFilter atLeast(Severity least) {
        requireNonNull(least, "least");
        return event -> event.severity().compareTo(least) >= 0;
    }

    /**
     * Events in whose message at least one of the expressions is found, as by Flux's {@code inclusionList}.
     *
     * @param expressions in the syntax of RE2, which takes linear time whatever the message; unanchored
     * @throws IllegalArgumentException if there is none, or one is not valid
     */
    static EventFilter including(String... expressions) {
        List<Pattern> patterns = Filters.patterns(expressions);
        return event -> Filters.isFound(patterns, event.message());
    }

    /**
     * Events in whose message none of the expressions is found, as by Flux's {@code exclusionList}.
     *
     * @param expressions in the syntax of RE2, which takes linear time whatever the message; unanchored
     * @throws IllegalArgumentException if there is none, or one is not valid
     */
    static EventFilter excluding(String... expressions) {
        List<Pattern> patterns = Filters.patterns(expressions);
        return event -> !Filters.isFound(patterns, event.message());
    }

    /** Events that pass this filter and {@code other}. */
    default EventFilter and(EventFilter other) {
        requireNonNull(other, "other");
        return event -> test(event) && other.test(event);
    }

    /** Events that pass this filter or {@code other}, or both. */
    default EventFilter or(EventFilter other) {
        requireNonNull(other, "other");
        return event -> test(event) || other.test(event);
    }

    /** Events that do not pass this filter. */
    default EventFilter negate() {
        return event -> !test(event);
    }
}
