package io.gitopstoolkit.testkit.internal.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A rate at which bytes are sent: in pieces, twenty a second or one byte at a time. */
public final class Throttle {
    private static final int PIECES_PER_SECOND = 20;

    private final int piece;
    private final long nanosPerPiece;
    private final CountDownLatch closed;

    /**
     * A rate.
     *
     * @param closed what ends the sending when it opens
     */
    public Throttle(long bytesPerSecond, CountDownLatch closed) {
        this.piece = (int) Math.min(1 << 20, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
        this.nanosPerPiece = TimeUnit.SECONDS.toNanos(1) * piece / bytesPerSecond;
        this.closed = closed;
    }

    /** Sends the first {@code length} bytes. */
    public void write(OutputStream out, byte[] bytes, int length) throws IOException, InterruptedException {
        for (int at = 0; at < length; at += piece) {
            if (closed.await(nanosPerPiece, TimeUnit.NANOSECONDS)) {
                throw new IOException("the server was closed");
            }
            out.write(bytes, at, Math.min(piece, length - at));
            out.flush();
        }
    }
}
