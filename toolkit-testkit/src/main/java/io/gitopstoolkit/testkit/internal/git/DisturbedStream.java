package io.gitopstoolkit.testkit.internal.git;

import io.gitopstoolkit.testkit.internal.web.Effect;
import io.gitopstoolkit.testkit.internal.web.Effect.Manner;
import io.gitopstoolkit.testkit.internal.web.Throttle;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** What a server says on a connection that lasts, with an effect from some moment on. */
final class DisturbedStream extends OutputStream {
    /** Length and number of the band, which stand before what a packet of the side band holds. */
    private static final int HEADER = 5;

    private final OutputStream out;
    private final CountDownLatch closed;
    private Effect effect = Effect.NONE;

    DisturbedStream(OutputStream out, CountDownLatch closed) {
        this.out = out;
        this.closed = closed;
    }

    /** From now on disturbs what is written. */
    void disturb(Effect next) {
        effect = next;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        switch (effect.manner()) {
            case LOSE -> {}
            case TRUNCATE, SHORTEN -> {
                out.write(bytes, offset, length / 2);
                out.flush();
                throw new DroppedException();
            }
            case CORRUPT -> writeSlowly(corrupted(bytes, offset, length));
            default -> {
                byte[] copy = new byte[length];
                System.arraycopy(bytes, offset, copy, 0, length);
                writeSlowly(copy);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Ends the connection where the answer is to be lost. */
    void end() throws IOException {
        if (effect.manner() == Manner.LOSE) {
            throw new DroppedException();
        }
        out.flush();
    }

    /** Changes what belongs to a pack: the first band of the side band. */
    private byte[] corrupted(byte[] bytes, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        if (length > HEADER && copy[HEADER - 1] == 1) {
            copy[length - 1] ^= 1;
        }
        return copy;
    }

    private void writeSlowly(byte[] bytes) throws IOException {
        if (effect.bytesPerSecond() == Long.MAX_VALUE) {
            out.write(bytes);
            return;
        }
        try {
            new Throttle(effect.bytesPerSecond(), closed).write(out, bytes, bytes.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server was closed");
        }
    }

    /** The connection is to end here. */
    @SuppressWarnings("serial") // never sent about as a Java object
    static final class DroppedException extends IOException {
        DroppedException() {
            super("the connection ends here, as the test asked");
        }
    }
}
