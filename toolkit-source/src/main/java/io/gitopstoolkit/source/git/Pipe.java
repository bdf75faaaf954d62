package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that one thread hands to another. Reading waits no longer than a deadline and hears an interrupt, which neither
 * a socket nor a {@link java.io.PipedInputStream} does.
 */
final class Pipe extends InputStream {
    private final Deadline deadline;
    private final String doing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
    private long buffered;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;
    private Runnable onEmpty = () -> {};
    private Runnable onClose = () -> {};

    /**
     * An empty pipe.
     *
     * @param doing what the reader is about to do, for the message when the deadline is over
     */
    Pipe(Deadline deadline, String doing) {
        this.deadline = deadline;
        this.doing = doing;
    }

    /** Sets what asks the writer for more, which it does at once, and what tells it that nobody reads on. */
    void connect(Runnable onEmpty, Runnable onClose) {
        lock.lock();
        try {
            this.onEmpty = onEmpty;
            this.onClose = onClose;
            if (!closed) {
                onEmpty.run();
                return;
            }
        } finally {
            lock.unlock();
        }
        onClose.run();
    }

    /** Hands over buffers, which the writer no longer uses. */
    void put(List<ByteBuffer> more) {
        lock.lock();
        try {
            for (ByteBuffer buffer : more) {
                if (buffer.hasRemaining() && !closed) {
                    buffers.add(buffer);
                    buffered += buffer.remaining();
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Hands over a buffer, once no more than {@code limit} bytes wait; false where nobody reads any more. */
    boolean put(ByteBuffer buffer, long limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (buffered > limit && !closed) {
                changed.await();
            }
            put(List.of(buffer));
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing follows; {@code why} if that is because something failed. */
    void end(@Nullable Throwable why) {
        lock.lock();
        try {
            ended = true;
            failure = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            ByteBuffer buffer = next();
            if (buffer == null) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, count);
            buffered -= count;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return (int) Math.min(Integer.MAX_VALUE, buffered);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Runnable tell;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            buffers.clear();
            buffered = 0;
            tell = onClose;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tell.run();
    }

    private @Nullable ByteBuffer next() throws IOException {
        boolean asked = false;
        while (true) {
            ByteBuffer buffer = buffers.peek();
            if (buffer != null && buffer.hasRemaining()) {
                return buffer;
            }
            if (buffer != null) {
                buffers.remove();
                continue;
            }
            if (closed) {
                throw new IOException("closed");
            }
            if (ended) {
                return endOrThrow();
            }
            if (!asked) {
                asked = true;
                onEmpty.run();
                continue;
            }
            await();
        }
    }

    private @Nullable ByteBuffer endOrThrow() throws IOException {
        if (failure != null) {
            throw new IOException("the connection broke: " + failure.getMessage(), failure);
        }
        return null;
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private void await() {
        deadline.check(doing);
        try {
            // The bound is for a test's ticker, which makes time pass without telling.
            long nanos = Math.min(deadline.remaining().toNanos() + 1, TimeUnit.MILLISECONDS.toNanos(100));
            if (changed.awaitNanos(nanos) <= 0) {
                deadline.check(doing);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            deadline.check(doing);
        }
    }
}
