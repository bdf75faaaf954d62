package io.gitopstoolkit.kustomize.internal.yaml;

/**
 * Where a scanner stands in the bytes of a document, which are checked UTF-8 and end with zeros. Lines end as in YAML 1.1:
 * also at U+0085, U+2028 and U+2029.
 */
final class Cursor {
    private static final byte BLANK = 1;
    private static final byte BREAK = 2;
    private static final byte END = 4;
    private static final byte MAYBE_BREAK = 8;
    private static final byte WORD = 16;
    private static final byte[] KINDS = kinds();

    /** The document from its first byte on; zeros from {@link #end} on. */
    final byte[] bytes;

    final int end;
    /** The next byte. */
    int at;
    /** How many bytes before the next one continue a character. */
    int continued;
    /** The number of characters before the line. */
    int lineStart;
    /** The number of lines before this one. */
    int line;

    Cursor(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
        this.lineStart = start;
    }

    private static byte[] kinds() {
        var kinds = new byte[256];
        kinds[' '] = BLANK;
        kinds['\t'] = BLANK;
        kinds['\n'] = BREAK;
        kinds['\r'] = BREAK;
        kinds[0] = END;
        kinds[0xC2] = MAYBE_BREAK;
        kinds[0xE2] = MAYBE_BREAK;
        for (int c = '0'; c <= 'z'; c++) {
            if (Character.isLetterOrDigit(c) || c == '_') {
                kinds[c] = WORD;
            }
        }
        kinds['-'] = WORD;
        return kinds;
    }

    byte current() {
        return bytes[at];
    }

    byte ahead(int distance) {
        return bytes[at + distance];
    }

    /** How many characters stand before the next one. */
    int index() {
        return at - continued;
    }

    /** How many characters of the line stand before the next one. */
    int column() {
        return at - continued - lineStart;
    }

    boolean isEnd() {
        return at >= end;
    }

    boolean isBlank() {
        return KINDS[bytes[at] & 0xFF] == BLANK;
    }

    static boolean isLetter(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isLetterOrDigit(byte c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    /** The end of the letters, digits, dots, slashes, dashes and underscores from here on. */
    int wordEnd() {
        int position = at;
        while (KINDS[bytes[position] & 0xFF] == WORD || bytes[position] == '.' || bytes[position] == '/') {
            position++;
        }
        return position;
    }

    /** Whether an anchor or a tag handle may hold the next character. */
    boolean isWord() {
        return KINDS[bytes[at] & 0xFF] == WORD;
    }

    boolean isBreak() {
        return isBreak(at);
    }

    boolean isBreak(int position) {
        byte kind = KINDS[bytes[position] & 0xFF];
        return kind == BREAK || (kind == MAYBE_BREAK && isWideBreak(position));
    }

    boolean isBreakOrEnd() {
        return isBreak(at) || at >= end;
    }

    boolean isBlankBreakOrEnd(int position) {
        byte kind = KINDS[bytes[position] & 0xFF];
        return kind != 0 && kind != WORD && (kind != MAYBE_BREAK || isWideBreak(position));
    }

    private boolean isWideBreak(int position) {
        if (bytes[position] == (byte) 0xC2) {
            return bytes[position + 1] == (byte) 0x85;
        }
        return bytes[position + 1] == (byte) 0x80
                && (bytes[position + 2] == (byte) 0xA8 || bytes[position + 2] == (byte) 0xA9);
    }

    /** Whether the line begins with three of a byte and then a blank, a break or the end. */
    boolean isMarker(char mark) {
        return bytes[at] == mark
                && bytes[at + 1] == mark
                && bytes[at + 2] == mark
                && column() == 0
                && isBlankBreakOrEnd(at + 3);
    }

    /** Goes past a character that ends no line. */
    void skip() {
        int width = width(bytes[at]);
        at += width;
        continued += width - 1;
    }

    /** Goes past a line break. */
    void skipBreak() {
        int width = bytes[at] == '\r' && bytes[at + 1] == '\n' ? 2 : width(bytes[at]);
        if (bytes[at] < 0) {
            continued += width - 1;
        }
        at += width;
        line++;
        lineStart = at - continued;
    }

    /** Goes past a line break and appends what it means: a line feed, except for the two separators of Unicode. */
    void readBreak(ByteText text) {
        int from = at;
        skipBreak();
        if (bytes[from] == (byte) 0xE2) {
            text.append(bytes, from, at);
        } else {
            text.append('\n');
        }
    }

    /** Goes on to the end of the line. */
    void skipLine() {
        while (!isBreakOrEnd()) {
            skip();
        }
    }

    static int width(byte first) {
        return first >= 0 ? 1 : (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
    }
}
