package io.gitopstoolkit.apply.internal;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.gitopstoolkit.api.Deadline;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One answer that goes on, such as a watch's: hands over its lines as they come, and asks for the next piece only when
 * there is room for it. Holds no thread. Calls its listener one at a time, on threads of the HTTP client.
 */
final class LineStream implements AsyncBody.Consumer<List<ByteBuffer>> {
    private static final int LONGEST_REFUSAL = 1 << 20;

    private final Remote remote;
    private final Listener listener;
    private final Lines lines;
    private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
    private final Object lock = new Object();
    private @Nullable CompletableFuture<?> sent;
    private @Nullable AsyncBody body;
    private @Nullable HttpResponse<?> refused;
    private boolean isOver;
    private volatile long heardAt = Deadline.Ticker.SYSTEM.nanos();

    LineStream(Remote remote, Listener listener) {
        this.remote = remote;
        this.listener = listener;
        this.lines = new Lines(line -> {
            if (!isOver()) {
                listener.line(line);
            }
        });
    }

    /** Hears of a stream; of nothing after {@link #ended}, or after the stream was cancelled. */
    interface Listener {
        /** The server has accepted the request. */
        void opened();

        /** One line. What it throws ends the stream. */
        void line(byte[] line);

        /** Calls {@code read} when there is room for more lines. */
        void whenRoom(Runnable read);

        /** The answer is over; null where the server ended it in good order. */
        void ended(@Nullable ApiException failure);
    }

    void open(String path, String accept) {
        CompletableFuture<HttpResponse<AsyncBody>> request;
        try {
            request = remote.stream(path, accept, this);
        } catch (RuntimeException e) { // of an interceptor, or a client that is closed
            request = CompletableFuture.failedFuture(e);
        }
        synchronized (lock) {
            sent = request;
        }
        var unused = request.whenComplete(this::begin);
    }

    private void begin(@Nullable HttpResponse<AsyncBody> response, @Nullable Throwable failure) {
        if (failure != null || response == null) {
            end(failure == null ? ApiException.unreachable("no answer", null) : Remote.failureOf(failure));
            return;
        }
        heardAt = Deadline.Ticker.SYSTEM.nanos();
        boolean late;
        synchronized (lock) {
            body = response.body();
            refused = response.isSuccessful() ? null : response;
            late = isOver;
        }
        if (late) {
            response.body().cancel();
            return;
        }
        var unused = response.body().done().whenComplete((done, broken) -> finish(broken));
        if (response.isSuccessful()) {
            listener.opened();
        }
        response.body().consume();
    }

    @Override
    public void consume(List<ByteBuffer> pieces, AsyncBody from) {
        heardAt = Deadline.Ticker.SYSTEM.nanos();
        if (isOver()) {
            return;
        }
        if (isRefused()) {
            pieces.forEach(this::addToRefusal);
            from.consume();
            return;
        }
        try {
            lines.add(pieces);
        } catch (RuntimeException e) {
            end(Remote.failureOf(e));
            from.cancel();
            return;
        }
        listener.whenRoom(from::consume);
    }

    private void addToRefusal(ByteBuffer piece) {
        byte[] bytes = new byte[Math.min(piece.remaining(), LONGEST_REFUSAL - refusal.size())];
        piece.get(bytes);
        refusal.writeBytes(bytes);
    }

    private void finish(@Nullable Throwable broken) {
        HttpResponse<?> response;
        synchronized (lock) {
            response = refused;
        }
        if (response != null) {
            end(remote.refused(response, refusal.toByteArray()));
        } else {
            end(broken == null ? null : Remote.failureOf(broken));
        }
    }

    private void end(@Nullable ApiException failure) {
        synchronized (lock) {
            if (isOver) {
                return;
            }
            isOver = true;
        }
        listener.ended(failure);
    }

    /** Ends the request; its listener hears no more of it. */
    void cancel() {
        AsyncBody begun;
        CompletableFuture<?> request;
        synchronized (lock) {
            isOver = true;
            begun = body;
            request = sent;
        }
        if (begun != null) {
            begun.cancel();
        } else if (request != null) {
            request.cancel(true);
        }
    }

    /** How long nothing has come, in nanoseconds. */
    long silentNanos() {
        return Deadline.Ticker.SYSTEM.nanos() - heardAt;
    }

    private boolean isRefused() {
        synchronized (lock) {
            return refused != null;
        }
    }

    private boolean isOver() {
        synchronized (lock) {
            return isOver;
        }
    }
}
