package io.gitopstoolkit.kustomize.internal.yaml;

/** Scans text without quotes. A text that stands on one line is not copied. */
final class PlainScalars {
    private static final byte STOPS = 1;
    private static final byte STOPS_IN_FLOW = 2;
    private static final byte[] KINDS = kinds();

    private final Cursor cursor;
    private final ByteText text = new ByteText();
    private final ByteText breaks = new ByteText();
    /** Where the line break behind the last word stands, or -1. */
    private int firstBreak;
    /** Where the last text ends if it stands in the document as it is, else -1. */
    private int end;

    PlainScalars(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Where the last text ends if it stands in the document as it is, or -1 where it had to be {@link #composed}. */
    int end() {
        return end;
    }

    /** The last text if it spans lines. */
    String composed() {
        return text.toString();
    }

    /** What a word may end before; and the bytes beyond ASCII, of which some break a line and some count as no column. */
    private static byte[] kinds() {
        var kinds = new byte[256];
        for (char c : new char[] {0, ' ', '\t', '\n', '\r', ':'}) {
            kinds[c] = STOPS;
        }
        for (char c : new char[] {',', '?', '[', ']', '{', '}'}) {
            kinds[c] = STOPS_IN_FLOW;
        }
        for (int c = 0x80; c < 256; c++) {
            kinds[c] = STOPS;
        }
        return kinds;
    }

    /**
     * Scans one text.
     *
     * @param indent the column from which on a further line belongs to the text, outside of flow collections
     * @return whether line breaks behind the text were read as well
     */
    boolean scan(int indent, boolean inFlow) {
        int start = cursor.at;
        int piece = start;
        int last = start;
        boolean composed = false;
        firstBreak = -1;
        while (cursor.current() != '#' && !isDocumentMarker()) {
            int from = cursor.at;
            skipWord(inFlow);
            if (cursor.at > from) {
                if (firstBreak >= 0) {
                    fold(composed, piece, last);
                    composed = true;
                    piece = from;
                }
                last = cursor.at;
            }
            if (!cursor.isBlank() && !cursor.isBreak()) {
                break;
            }
            skipSpace(indent, start);
            if (!inFlow && cursor.column() < indent) {
                break;
            }
        }
        if (composed) {
            text.append(cursor.bytes, piece, last);
        }
        end = composed ? -1 : last;
        return firstBreak >= 0;
    }

    private boolean isDocumentMarker() {
        byte c = cursor.current();
        return (c == '-' && cursor.isMarker('-')) || (c == '.' && cursor.isMarker('.'));
    }

    /** Goes past what is no blank, no break and none of the characters that end the text. */
    private void skipWord(boolean inFlow) {
        byte[] bytes = cursor.bytes;
        int at = cursor.at;
        while (true) {
            byte c = bytes[at];
            byte kind = KINDS[c & 0xFF];
            if (kind == 0) {
                at++;
            } else if (kind == STOPS_IN_FLOW) {
                if (inFlow) {
                    break;
                }
                at++;
            } else if (c == ':') {
                if (cursor.isBlankBreakOrEnd(at + 1)) {
                    break;
                }
                at++;
            } else if (c >= 0 || cursor.isBreak(at)) {
                break;
            } else {
                int width = Cursor.width(c);
                at += width;
                cursor.continued += width - 1;
            }
        }
        cursor.at = at;
    }

    private void skipSpace(int indent, int start) {
        while (true) {
            if (cursor.isBlank()) {
                if (firstBreak >= 0 && cursor.current() == '\t' && cursor.column() < indent) {
                    throw new YamlProblem("a tab in the indentation of a text that began before", start);
                }
                cursor.at++;
            } else if (!cursor.isBreak()) {
                return;
            } else if (firstBreak < 0) {
                firstBreak = cursor.at;
                breaks.clear();
                cursor.skipBreak();
            } else {
                cursor.readBreak(breaks);
            }
        }
    }

    /** Appends what was read before a line break, and what the break means between two words. */
    private void fold(boolean composed, int piece, int end) {
        if (!composed) {
            text.clear();
        }
        text.append(cursor.bytes, piece, end);
        if (cursor.bytes[firstBreak] == (byte) 0xE2) {
            text.append(cursor.bytes, firstBreak, firstBreak + 3);
            text.append(breaks);
        } else if (breaks.isEmpty()) {
            text.append(' ');
        } else {
            text.append(breaks);
        }
        firstBreak = -1;
    }
}
