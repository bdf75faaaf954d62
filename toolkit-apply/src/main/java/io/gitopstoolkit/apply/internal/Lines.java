package io.gitopstoolkit.apply.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Cuts what comes in pieces into lines. Not safe between threads. */
final class Lines {
    /** More than any object has: etcd takes 1.5 MiB. */
    private static final int LONGEST = 32 << 20;

    private final Consumer<byte[]> sink;
    private byte[] rest = {};
    private int length;

    /** Hands each line that is not empty to {@code sink}, without its end. */
    Lines(Consumer<byte[]> sink) {
        this.sink = sink;
    }

    /**
     * Takes the next piece.
     *
     * @throws ApiException if a line is longer than 32 MiB
     */
    void add(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            add(piece);
        }
    }

    private void add(ByteBuffer piece) {
        int from = length;
        int size = piece.remaining();
        if (size > LONGEST - length) {
            throw ApiException.unreachable("a line of a watch is longer than " + LONGEST + " bytes", null);
        }
        if (rest.length < length + size) {
            rest = Arrays.copyOf(rest, Math.max(length + size, Math.min(LONGEST, rest.length * 2)));
        }
        piece.get(rest, length, size);
        length += size;
        int start = 0;
        for (int i = from; i < length; i++) {
            if (rest[i] == '\n') {
                if (i > start) {
                    sink.accept(Arrays.copyOfRange(rest, start, i));
                }
                start = i + 1;
            }
        }
        keep(start);
    }

    /** Keeps the unfinished line, and no more room than it needs. */
    private void keep(int start) {
        if (start > 0) {
            rest = Arrays.copyOfRange(rest, start, length);
            length -= start;
        }
    }
}
