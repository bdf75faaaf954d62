package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.internal.access.Call;
import io.gitopstoolkit.testkit.internal.http.EventStream;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The watches that are open now, which a test can end, fail, or keep from hearing anything. Safe between threads. */
public final class OpenWatches {
    private static final Duration POLL = Duration.ofMillis(10);

    private final List<Disturbed> open = new CopyOnWriteArrayList<>();
    private final List<Predicate<Call>> stalled = new CopyOnWriteArrayList<>();

    EventStream opened(Call call, EventStream stream) {
        var watch = new Disturbed(call, stream);
        open.add(watch);
        return watch;
    }

    void closed(Call call) {
        open.removeIf(watch -> watch.call == call);
    }

    /** Ends the watches in order, as when their time is over; tells how many. */
    public int end(Predicate<Call> which) {
        return disturb(which, Disturbed::end);
    }

    /** Tells the watches that the version from which they go on is forgotten, and ends them; tells how many. */
    public int expire(Predicate<Call> which) {
        ApiException expired = ApiException.expired("The resourceVersion for the provided watch is too old.");
        return disturb(which, watch -> watch.fail(expired.status()));
    }

    /** Sends the watches an error of that status, and ends them; tells how many. */
    public int fail(Predicate<Call> which, int status) {
        return disturb(which, watch -> watch.fail(FaultPlayer.status(status)));
    }

    private int disturb(Predicate<Call> which, Disturbance disturbance) {
        int disturbed = 0;
        for (Disturbed watch : open) {
            if (which.test(watch.call)) {
                disturbance.happen(watch);
                disturbed++;
            }
        }
        return disturbed;
    }

    private interface Disturbance {
        void happen(Disturbed watch);
    }

    /** Holds back all events of the watches until {@link #resume}. */
    public void stall(Predicate<Call> which) {
        stalled.add(which);
    }

    /** Lets the watches hear what was held back. */
    public void resume(Predicate<Call> which) {
        stalled.remove(which);
    }

    /** A stream that a test can act upon. */
    private final class Disturbed implements EventStream {
        private final Call call;
        private final EventStream stream;
        private boolean ended;

        Disturbed(Call call, EventStream stream) {
            this.call = call;
            this.stream = stream;
        }

        @Override
        public void send(String text) throws IOException {
            try {
                while (stalled.stream().anyMatch(which -> which.test(call))) {
                    Deadline.Ticker.SYSTEM.sleep(POLL);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the server closes", e);
            }
            synchronized (this) {
                if (ended) {
                    throw new IOException("a test has ended this watch");
                }
                stream.send(text);
            }
        }

        void fail(Map<String, Object> status) {
            synchronized (this) {
                try {
                    stream.send(Json.print(Tree.of("type", "ERROR", "object", status)));
                } catch (IOException e) {
                    ended = true; // the client has gone before it could hear
                }
            }
            end();
        }

        @Override
        public synchronized void end() {
            if (!ended) {
                ended = true;
                try {
                    stream.end();
                    stream.close();
                } catch (IOException e) {
                    open.remove(this); // the client has gone before, and there is nothing to end
                }
            }
        }

        @Override
        public void awaitClientClose() throws IOException {
            stream.awaitClientClose();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
