package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes events to where people and systems read them. Safe between threads; sending blocks. */
@FunctionalInterface
public interface EventSink {
    /** Sends nothing. */
    EventSink NONE = (event, deadline) -> {};

    /**
     * Sends one event.
     *
     * @throws ToolkitException if it did not arrive, as far as is known
     */
    void send(Event event, Deadline deadline);

    /**
     * Sends to each of {@code sinks}, in order, whether or not one before it failed. The first failure is thrown at
     * the end, with the others suppressed in it.
     */
    static EventSink all(List<EventSink> sinks) {
        List<EventSink> each = List.copyOf(sinks);
        return (event, deadline) -> {
            requireNonNull(event, "event");
            @Nullable ToolkitException first = null;
            for (EventSink sink : each) {
                try {
                    sink.send(event, deadline);
                } catch (ToolkitException e) {
                    if (first == null) {
                        first = e;
                    } else if (first != e) {
                        first.addSuppressed(e);
                    }
                }
            }
            if (first != null) {
                throw first;
            }
        };
    }
}
