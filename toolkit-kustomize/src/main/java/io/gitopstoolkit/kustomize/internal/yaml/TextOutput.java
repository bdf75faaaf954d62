package io.gitopstoolkit.kustomize.internal.yaml;

/** The text under construction, and where its last line stands. */
final class TextOutput {
    /** In place of an indent: a text that is not to be folded. */
    static final int NO_FOLD = -1;

    private static final String BLANKS = " ".repeat(64);

    private final StringBuilder text;
    private int lineStart;
    private boolean blank;
    private boolean atIndention;

    TextOutput(int capacity) {
        text = new StringBuilder(capacity);
    }

    boolean isEmpty() {
        return text.length() == 0;
    }

    void startDocument() {
        lineStart = text.length();
        blank = true;
        atIndention = true;
    }

    void endDocument() {
        indent(0);
    }

    /** How many characters the line holds. */
    int column() {
        return text.length() - lineStart;
    }

    /** Whether the line holds nothing but indention and list or key marks. */
    boolean isAtIndention() {
        return atIndention;
    }

    /** Goes to a column, on the same line where that is possible. */
    void indent(int column) {
        if (!atIndention || column() > column || (column() == column && !blank)) {
            lineBreak();
        }
        int missing = column - column();
        while (missing > 0) {
            int step = Math.min(missing, BLANKS.length());
            text.append(BLANKS, 0, step);
            missing -= step;
        }
        blank = true;
        atIndention = true;
    }

    void indicator(String mark, boolean afterBlank, boolean keepsIndention) {
        if (afterBlank) {
            space();
        }
        text.append(mark);
        blank = false;
        atIndention = atIndention && keepsIndention;
    }

    /** A text without breaks, after a blank. */
    void word(String word) {
        space();
        text.append(word);
        inText();
    }

    /** A blank, unless there is one. */
    void space() {
        if (!blank) {
            text.append(' ');
        }
    }

    void lineBreak() {
        text.append('\n');
        lineStart = text.length();
    }

    /** A character that breaks the line. */
    void breakWith(char c) {
        text.append(c);
        lineStart = text.length();
        atIndention = true;
    }

    void put(char c) {
        text.append(c);
    }

    void put(String source, int from, int to) {
        text.append(source, from, to);
    }

    void raw(String part) {
        text.append(part);
    }

    /** Notes that the line holds text now. */
    void inText() {
        blank = false;
        atIndention = false;
    }

    /** Notes that the line holds text now, and leaves alone whether a blank stood before it. */
    void inBlock() {
        atIndention = false;
    }

    /** Notes that a block begins on the next line. */
    void startBlock() {
        lineBreak();
        blank = true;
        atIndention = true;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
