package io.gitopstoolkit.source.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A pack on its way in: it ends the transfer where the pack announces too many objects or has too many bytes. */
final class PackLimit extends FilterInputStream {
    private static final int HEADER = 12;

    private final Limits limits;
    private long read;
    private long objects;

    PackLimit(InputStream in, Limits limits) {
        super(in);
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        for (int i = 0; i < count && read + i < HEADER; i++) {
            if (read + i >= HEADER - Integer.BYTES) {
                objects = (objects << Byte.SIZE) | (bytes[offset + i] & 0xff);
            }
        }
        read += Math.max(0, count);
        if (read >= HEADER && objects > limits.objects()) {
            throw Failures.tooLarge("a pack of " + objects + " objects, more than " + limits.objects());
        }
        if (read > limits.packBytes()) {
            throw Failures.tooLarge("a pack of more than " + limits.packBytes() + " bytes");
        }
        return count;
    }
}
