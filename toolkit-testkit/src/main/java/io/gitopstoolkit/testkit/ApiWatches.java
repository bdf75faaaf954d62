package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.testkit.internal.access.Call;
import io.gitopstoolkit.testkit.internal.server.OpenWatches;
import java.util.function.Predicate;

/** The watches of clients of an {@link EmbeddedKubernetes} that are open now, to be disturbed. Safe between threads. */
public final class ApiWatches {
    private final OpenWatches watches;

    ApiWatches(OpenWatches watches) {
        this.watches = watches;
    }

    /**
     * Ends the watches in order, as the real server does when their time is over.
     *
     * @return how many
     */
    public int end(Predicate<RecordedRequest> which) {
        return watches.end(RecordedRequest.test(which));
    }

    /**
     * Sends the watches an error event of status 410, Expired, and ends them: their client has to list anew.
     *
     * @return how many
     */
    public int expire(Predicate<RecordedRequest> which) {
        return watches.expire(RecordedRequest.test(which));
    }

    /**
     * Sends the watches an error event of that status, and ends them.
     *
     * @return how many
     */
    public int fail(Predicate<RecordedRequest> which, int status) {
        return watches.fail(RecordedRequest.test(which), status);
    }

    /**
     * Holds back all events of the watches, open ones and those to come: their connections stay, and nothing is heard.
     *
     * @return lets them hear what was held back, and what comes after
     */
    public Stall stall(Predicate<RecordedRequest> which) {
        Predicate<Call> stalled = RecordedRequest.test(requireNonNull(which, "which"));
        watches.stall(stalled);
        return () -> watches.resume(stalled);
    }

    /** Watches that hear nothing, until this is closed. */
    public interface Stall extends AutoCloseable {
        /** Lets the watches hear again. Can be called again. */
        @Override
        void close();
    }
}
