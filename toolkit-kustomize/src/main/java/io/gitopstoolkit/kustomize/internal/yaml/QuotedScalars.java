package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;

/** Scans text in quotes. A text on one line without escapes is not copied. */
final class QuotedScalars {
    private static final boolean[] ORDINARY = ordinary();

    private final Cursor cursor;
    private final Tokens tokens;
    private final Escapes escapes;
    private final ByteText text = new ByteText();
    private final ByteText breaks = new ByteText();

    QuotedScalars(Cursor cursor, Tokens tokens) {
        this.cursor = cursor;
        this.tokens = tokens;
        this.escapes = new Escapes(cursor, text);
    }

    private static boolean[] ordinary() {
        var ordinary = new boolean[256];
        for (int c = ' '; c < 0x7F; c++) {
            ordinary[c] = c != '\'' && c != '"' && c != '\\';
        }
        ordinary['\t'] = true;
        return ordinary;
    }

    /** Scans a text from its quote on. */
    void scan(byte quote) {
        if (!scanOneLine(quote)) {
            scanLines(quote);
        }
    }

    private static ScalarStyle style(byte quote) {
        return quote == '"' ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.SINGLE_QUOTED;
    }

    /** Scans a text without breaks and escapes; does nothing where it has some. */
    private boolean scanOneLine(byte quote) {
        byte[] bytes = cursor.bytes;
        int at = cursor.at + 1;
        int continued = 0;
        while (true) {
            byte c = bytes[at];
            if (ORDINARY[c & 0xFF]) {
                at++;
            } else if (c < 0) {
                if (cursor.isBreak(at)) {
                    return false;
                }
                int width = Cursor.width(c);
                at += width;
                continued += width - 1;
            } else if (c == quote) {
                if (c == '\'' && bytes[at + 1] == '\'') {
                    return false;
                }
                tokens.addScalar(cursor.at, null, cursor.at + 1, at, style(quote));
                cursor.at = at + 1;
                cursor.continued += continued;
                return true;
            } else if (c < ' ' || (c == '\\' && quote == '"')) {
                return false;
            } else {
                at++;
            }
        }
    }

    private void scanLines(byte quote) {
        int start = cursor.at++;
        text.clear();
        while (true) {
            if (cursor.isMarker('-') || cursor.isMarker('.')) {
                throw new YamlProblem("a text in quotes that does not end before the document does", start);
            }
            if (cursor.isEnd()) {
                throw new YamlProblem("a text in quotes that does not end", start);
            }
            boolean escapedBreak = readWord(quote, start);
            if (cursor.current() == quote) {
                break;
            }
            readSpace(escapedBreak);
        }
        cursor.at++;
        tokens.addScalar(start, text.toString(), 0, -1, style(quote));
    }

    /** Reads up to a blank, a break or the closing quote; whether it ended with an escaped break. */
    private boolean readWord(byte quote, int start) {
        while (!cursor.isBlankBreakOrEnd(cursor.at)) {
            byte c = cursor.current();
            if (c == quote) {
                if (c == '"' || cursor.ahead(1) != '\'') {
                    return false;
                }
                text.append('\'');
                cursor.at += 2;
            } else if (c == '\\' && quote == '"') {
                if (cursor.isBreak(cursor.at + 1)) {
                    cursor.at++;
                    cursor.skipBreak();
                    return true;
                }
                escapes.read(start);
            } else {
                int from = cursor.at;
                cursor.skip();
                text.append(cursor.bytes, from, cursor.at);
            }
        }
        return false;
    }

    /** Reads blanks, or breaks with the blanks around them. */
    private void readSpace(boolean afterBreak) {
        int from = cursor.at;
        int firstBreak = -1;
        boolean broken = afterBreak;
        breaks.clear();
        while (true) {
            if (cursor.isBlank()) {
                cursor.at++;
            } else if (!cursor.isBreak()) {
                break;
            } else if (!broken) {
                firstBreak = cursor.at;
                broken = true;
                cursor.skipBreak();
            } else {
                cursor.readBreak(breaks);
            }
        }
        if (!broken) {
            text.append(cursor.bytes, from, cursor.at);
        } else if (firstBreak >= 0 && cursor.bytes[firstBreak] == (byte) 0xE2) {
            text.append(cursor.bytes, firstBreak, firstBreak + 3);
            text.append(breaks);
        } else if (firstBreak >= 0 && breaks.isEmpty()) {
            text.append(' ');
        } else {
            text.append(breaks);
        }
    }
}
