package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Times the operations of the blocks: {@code source.resolve}, {@code source.fetch}, {@code render}, {@code apply.stage},
 * {@code health.await}, {@code notify.send}. A metrics or tracing library adapts to it.
 *
 * <p>Implementations are safe between threads, return at once, and throw nothing.
 */
@FunctionalInterface
public interface Observer {
    /** Observes nothing. */
    Observer NONE = (operation, tags) -> failure -> {};

    /**
     * An operation begins.
     *
     * @param operation one of the names above
     * @param tags what tells it from others, with few different values each; no secrets
     * @return to be called once, when it ends
     */
    Completion start(String operation, Map<String, String> tags);

    /** Tells each of {@code observers}, in order. */
    static Observer all(List<Observer> observers) {
        List<Observer> each = List.copyOf(observers);
        return (operation, tags) -> {
            List<Completion> started = each.stream()
                    .map(observer -> observer.start(operation, tags))
                    .toList();
            return failure -> started.forEach(completion -> completion.end(failure));
        };
    }

    /**
     * Runs {@code work} as one operation, and tells its end, be it by return or by exception.
     *
     * @return what {@code work} returned
     */
    default <T> T observe(String operation, Map<String, String> tags, java.util.function.Supplier<T> work) {
        Completion completion = requireNonNull(start(operation, tags), "completion");
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            completion.end(e);
            throw e;
        }
        completion.end(null);
        return result;
    }

    /** Tells the end of an operation. */
    @FunctionalInterface
    interface Completion {
        /**
         * The operation is over.
         *
         * @param failure why it failed, or null where it did not
         */
        void end(@Nullable Throwable failure);
    }
}
