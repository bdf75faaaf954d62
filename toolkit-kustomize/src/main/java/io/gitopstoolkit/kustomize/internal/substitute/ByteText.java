package io.gitopstoolkit.kustomize.internal.substitute;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Text as bytes of UTF-8, one {@code char} for each: what Go's strings are. */
final class ByteText {
    /** What Go sees in place of bytes that are no character. */
    private static final int REPLACEMENT = 0xFFFD;

    private ByteText() {}

    static String of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text; null where the bytes are not UTF-8. */
    static @Nullable String decoded(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The character at a position, which is before the end. */
    static int characterAt(String bytes, int position) {
        return characterAt(bytes, position, bytes.length());
    }

    /** The character at a position, of bytes that are cut off at {@code end}. */
    static int characterAt(String bytes, int position, int end) {
        int width = width(bytes, position, end);
        int first = bytes.charAt(position);
        if (width == 1) {
            return first < 0x80 ? first : REPLACEMENT;
        }
        int character = first & (0x7F >> width);
        for (int i = 1; i < width; i++) {
            character = character << 6 | (bytes.charAt(position + i) & 0x3F);
        }
        return character;
    }

    /** How many bytes the character at a position has; one for a byte that begins none. */
    static int width(String bytes, int position) {
        return width(bytes, position, bytes.length());
    }

    /** How many bytes the character at a position has, of bytes that are cut off at {@code end}. */
    static int width(String bytes, int position, int end) {
        int first = bytes.charAt(position);
        int width = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
        if (position + width > end) {
            return 1;
        }
        for (int i = 1; i < width; i++) {
            int next = bytes.charAt(position + i);
            if (next < lowest(first, i) || next > highest(first, i)) {
                return 1;
            }
        }
        return width;
    }

    private static int lowest(int first, int index) {
        if (index > 1) {
            return 0x80;
        }
        return first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    }

    private static int highest(int first, int index) {
        if (index > 1) {
            return 0xBF;
        }
        return first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    }

    /** Each character changed. */
    static String map(String bytes, IntUnaryOperator change) {
        var mapped = new StringBuilder(bytes.length());
        for (int i = 0; i < bytes.length(); i += width(bytes, i)) {
            mapped.append(of(Character.toString(change.applyAsInt(characterAt(bytes, i)))));
        }
        return mapped.toString();
    }

    /** The characters from the last to the first. */
    static String reversed(String bytes) {
        Deque<String> characters = new ArrayDeque<>();
        for (int i = 0; i < bytes.length(); i += width(bytes, i)) {
            characters.addFirst(of(Character.toString(characterAt(bytes, i))));
        }
        return String.join("", characters);
    }
}
