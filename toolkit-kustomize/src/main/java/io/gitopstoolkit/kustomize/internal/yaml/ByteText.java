package io.gitopstoolkit.kustomize.internal.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text under construction, in UTF-8. */
final class ByteText {
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int length;

    void clear() {
        length = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte first() {
        return bytes[0];
    }

    void append(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    void append(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    void append(ByteText other) {
        append(other.bytes, 0, other.length);
    }

    void appendCodePoint(int codePoint) {
        room(4);
        if (codePoint < 0x80) {
            bytes[length++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | (codePoint >> 6));
            trail(codePoint);
        } else if (codePoint < 0x10000) {
            bytes[length++] = (byte) (0xE0 | (codePoint >> 12));
            trail(codePoint >> 6);
            trail(codePoint);
        } else {
            bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
            trail(codePoint >> 12);
            trail(codePoint >> 6);
            trail(codePoint);
        }
    }

    private void trail(int bits) {
        bytes[length++] = (byte) (0x80 | (bits & 0x3F));
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.max(bytes.length * 2, length + more), 128));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
