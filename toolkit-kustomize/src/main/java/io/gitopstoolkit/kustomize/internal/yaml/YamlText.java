package io.gitopstoolkit.kustomize.internal.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes for the scanner: a copy of our own in UTF-8, with zeros behind it.
 *
 * @see <a href="https://yaml.org/spec/1.1/#id868518">YAML 1.1 on character streams</a>
 */
final class YamlText {
    /** No token needs more bytes behind its end. */
    private static final int PADDING = 16;

    private static final byte PRINTABLE = 0;
    private static final byte CONTROL = 1;
    private static final byte WIDE = 2;
    private static final byte[] KINDS = kinds();

    final byte[] bytes;
    /** How many there are without the zeros. */
    final int length;

    private YamlText(byte[] padded, int length) {
        this.bytes = padded;
        this.length = length;
    }

    private static byte[] kinds() {
        var kinds = new byte[256];
        Arrays.fill(kinds, 0, ' ', CONTROL);
        Arrays.fill(kinds, 0x80, 256, WIDE);
        kinds['\t'] = PRINTABLE;
        kinds['\n'] = PRINTABLE;
        kinds['\r'] = PRINTABLE;
        kinds[0x7F] = CONTROL;
        return kinds;
    }

    /** The text of a file in UTF-8, or in UTF-16 after a byte order mark. */
    static YamlText of(byte[] content) {
        if (content.length >= 2 && (content[0] & content[1] & 0xFE) == 0xFE && content[0] != content[1]) {
            byte[] converted = new String(content, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8);
            return new YamlText(Arrays.copyOf(converted, converted.length + PADDING), converted.length);
        }
        return new YamlText(Arrays.copyOf(content, content.length + PADDING), content.length);
    }

    /** The same text with each pair of carriage return and line feed made one line feed. */
    YamlText withUnixLineEnds() {
        int from = 0;
        while (from < length && bytes[from] != '\r') {
            from++;
        }
        int to = from;
        for (int i = from; i < length; i++) {
            if (bytes[i] != '\r' || bytes[i + 1] != '\n') {
                bytes[to++] = bytes[i];
            }
        }
        Arrays.fill(bytes, to, length, (byte) 0);
        return new YamlText(bytes, to);
    }

    /** Where the content of a document begins that begins here, behind a byte order mark. */
    int contentStart(int from) {
        boolean marked = bytes[from] == (byte) 0xEF && bytes[from + 1] == (byte) 0xBB && bytes[from + 2] == (byte) 0xBF;
        return marked ? from + 3 : from;
    }

    /** The bytes before one that the scanner must not come upon, with zeros behind them. */
    byte[] bytesUpTo(int end) {
        return Arrays.copyOf(Arrays.copyOf(bytes, end), end + PADDING);
    }

    /** The first thing that is no character or one that YAML does not allow, or null. */
    @Nullable
    YamlProblem findIllegal(int from, int to) {
        try {
            checkCharacters(from, to);
            return null;
        } catch (YamlProblem e) {
            return e;
        }
    }

    private void checkCharacters(int from, int to) {
        int i = from;
        while (i < to) {
            byte kind = KINDS[bytes[i] & 0xFF];
            if (kind == PRINTABLE) {
                i++;
            } else if (kind == CONTROL) {
                throw new YamlProblem(String.format("the control character U+%04X is not allowed", bytes[i]), i);
            } else {
                i += checkWide(i, to);
            }
        }
    }

    /** Checks a character of several bytes; returns how many. */
    private int checkWide(int at, int to) {
        int first = bytes[at] & 0xFF;
        int width = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (width == 0 || at + width > to) {
            throw new YamlProblem("not a text in UTF-8", at);
        }
        int value = first & (0xFF >> (width + 1));
        for (int i = 1; i < width; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                throw new YamlProblem("not a text in UTF-8", at);
            }
            value = (value << 6) | (bytes[at + i] & 0x3F);
        }
        int least = width == 2 ? 0x80 : width == 3 ? 0x800 : 0x10000;
        if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
            throw new YamlProblem("not a text in UTF-8", at);
        }
        if ((value < 0xA0 && value != 0x85) || value == 0xFFFE || value == 0xFFFF) {
            throw new YamlProblem(String.format("the control character U+%04X is not allowed", value), at);
        }
        return width;
    }
}
