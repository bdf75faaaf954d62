package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;

/** Scans the blocks of text that follow {@code |} and {@code >}. */
final class BlockScalars {
    private final Cursor cursor;
    private final Tokens tokens;
    private final ByteText text = new ByteText();
    private final ByteText breaks = new ByteText();
    private int start;
    /** The column of the block's text; 0 while it is not known. */
    private int column;

    BlockScalars(Cursor cursor, Tokens tokens) {
        this.cursor = cursor;
        this.tokens = tokens;
    }

    /** Scans a block from its indicator on, in a collection that is indented by {@code indent}. */
    void scan(boolean literal, int indent) {
        start = cursor.at++;
        column = 0;
        int chomping = readHeader(indent);
        text.clear();
        breaks.clear();
        readBreaks(indent);
        int lastBreak = literal ? readLiteral(indent) : readFolded(indent);
        if (chomping >= 0) {
            appendBreak(lastBreak);
        }
        if (chomping > 0) {
            text.append(breaks);
        }
        tokens.addScalar(start, text.toString(), 0, -1, literal ? ScalarStyle.LITERAL : ScalarStyle.FOLDED);
    }

    /** Reads the rest of the first line: 1 where all breaks at the end count, -1 where none does, else 0. */
    private int readHeader(int indent) {
        int chomping = readChomping();
        byte c = cursor.current();
        if (c >= '0' && c <= '9') {
            if (c == '0') {
                throw new YamlProblem("a block of text cannot be indented by 0", start);
            }
            column = Math.max(indent, 0) + c - '0';
            cursor.at++;
            if (chomping == 0) {
                chomping = readChomping();
            }
        }
        while (cursor.isBlank()) {
            cursor.at++;
        }
        if (cursor.current() == '#') {
            cursor.skipLine();
        }
        if (!cursor.isBreakOrEnd()) {
            throw new YamlProblem("only a comment may stand behind the | or > of a block of text", start);
        }
        if (!cursor.isEnd()) {
            cursor.skipBreak();
        }
        return chomping;
    }

    private int readChomping() {
        byte c = cursor.current();
        if (c != '+' && c != '-') {
            return 0;
        }
        cursor.at++;
        return c == '+' ? 1 : -1;
    }

    /** Reads the lines as they stand; where the break behind the last one is, or -1. */
    private int readLiteral(int indent) {
        int lastBreak = -1;
        while (cursor.column() == column && !cursor.isEnd()) {
            appendBreak(lastBreak);
            text.append(breaks);
            breaks.clear();
            lastBreak = readLine();
            readBreaks(indent);
        }
        return lastBreak;
    }

    /** Reads the lines, joining those that do not begin with a blank; where the break behind the last one is, or -1. */
    private int readFolded(int indent) {
        int lastBreak = -1;
        boolean afterBlank = false;
        while (cursor.column() == column && !cursor.isEnd()) {
            boolean blank = cursor.isBlank();
            boolean joins = !afterBlank && !blank && lastBreak >= 0 && cursor.bytes[lastBreak] != (byte) 0xE2;
            if (!joins) {
                appendBreak(lastBreak);
            } else if (breaks.isEmpty()) {
                text.append(' ');
            }
            text.append(breaks);
            breaks.clear();
            afterBlank = blank;
            lastBreak = readLine();
            readBreaks(indent);
        }
        return lastBreak;
    }

    /** Appends a line without its break; where that is, or -1 at the end of the document. */
    private int readLine() {
        int from = cursor.at;
        cursor.skipLine();
        text.append(cursor.bytes, from, cursor.at);
        if (cursor.isEnd()) {
            return -1;
        }
        int lineBreak = cursor.at;
        cursor.skipBreak();
        return lineBreak;
    }

    private void appendBreak(int position) {
        if (position >= 0) {
            if (cursor.bytes[position] == (byte) 0xE2) {
                text.append(cursor.bytes, position, position + 3);
            } else {
                text.append('\n');
            }
        }
    }

    /** Reads indentation and empty lines; settles the column of the text where it was not given. */
    private void readBreaks(int indent) {
        int widest = 0;
        while (true) {
            while (cursor.current() == ' ' && (column == 0 || cursor.column() < column)) {
                cursor.at++;
            }
            int at = cursor.column();
            widest = Math.max(widest, at);
            if (cursor.current() == '\t' && (column == 0 || at < column)) {
                throw new YamlProblem("a tab in the indentation of a block of text", start);
            }
            if (!cursor.isBreak()) {
                break;
            }
            cursor.readBreak(breaks);
        }
        if (column == 0) {
            column = Math.max(Math.max(widest, indent + 1), 1);
        }
    }
}
