package io.gitopstoolkit.kustomize.internal.substitute;

import java.util.function.IntPredicate;

/** Takes a template apart, character by character. A character zero ends it. */
final class Scanner {
    /** What was found. */
    enum Token {
        END,
        OPEN,
        CLOSE,
        TEXT,
        OTHER
    }

    /** Which tokens are looked for besides text. */
    enum Mode {
        /** None. */
        TEXT(true, false, false),
        /** <code>${</code>. */
        TEXT_OR_OPEN(true, true, false),
        /** <code>}</code>. */
        TEXT_OR_CLOSE(true, false, true),
        /** <code>}</code> alone. */
        CLOSE(false, false, true);

        private final boolean text;
        private final boolean open;
        private final boolean close;

        Mode(boolean text, boolean open, boolean close) {
            this.text = text;
            this.open = open;
            this.close = close;
        }
    }

    /** Which characters make text. */
    @FunctionalInterface
    interface Accept {
        /** Whether a character belongs to the text, of which it is the one at {@code index}, counted from 1 in bytes. */
        boolean test(int character, int index);

        /** The same at every place. */
        static Accept each(IntPredicate predicate) {
            return (character, index) -> predicate.test(character);
        }
    }

    private static final int END = 0;

    private final String bytes;
    private final StringBuilder text = new StringBuilder();
    private int position;
    private int start;
    private int width;
    private String escapes = "";

    Scanner(String bytes) {
        this.bytes = bytes;
    }

    /** The text that the last {@link #scan} found, escapes resolved. */
    String text() {
        return text.append(bytes, start, position).toString();
    }

    /** The next character, which stays. */
    int peek() {
        int character = read();
        unread();
        return character;
    }

    /** Passes one character. */
    void skip() {
        read();
    }

    /** Goes back by the width of the last character that was looked at, be it by {@link #peek}. */
    void unread() {
        position -= width;
    }

    /** The next token, without escapes. */
    Token scan(Accept accept, Mode mode) {
        return scan(accept, mode, "");
    }

    /**
     * The next token.
     *
     * @param escapes the characters that escape: a dollar another dollar, a backslash a slash or a backslash
     */
    Token scan(Accept accept, Mode mode, String escapes) {
        this.escapes = escapes;
        text.setLength(0);
        start = position;
        int character = read();
        if (character == END) {
            return Token.END;
        }
        if (mode.open && isOpen(character)) {
            return Token.OPEN;
        }
        if (mode.close && character == '}') {
            return Token.CLOSE;
        }
        return mode.text && scanText(character, accept, mode) ? Token.TEXT : Token.OTHER;
    }

    private boolean scanText(int first, Accept accept, Mode mode) {
        if (!tookEscape(first) && !accept.test(first, position - start)) {
            return false;
        }
        while (true) {
            int character = read();
            if (character == END) {
                unread();
                return true;
            }
            if (mode.open && isOpen(character)) {
                position -= 2;
                return true;
            }
            if (!tookEscape(character) && !accept.test(character, position - start)) {
                unread();
                return true;
            }
        }
    }

    private boolean isOpen(int character) {
        if (character != '$') {
            return false;
        }
        if (read() == '{') {
            return true;
        }
        unread();
        return false;
    }

    /** Leaves an escaping character out, and passes the one that it escapes. */
    private boolean tookEscape(int character) {
        if (character > 0x7F || escapes.indexOf(character) < 0) {
            return false;
        }
        int next = peek();
        boolean escaped = character == '$' ? next == '$' : next == '/' || next == '\\';
        if (escaped) {
            text.append(bytes, start, position - 1);
            start = position;
            position++;
        }
        return escaped;
    }

    private int read() {
        if (position >= bytes.length()) {
            width = 0;
            return END;
        }
        width = ByteText.width(bytes, position);
        int character = ByteText.characterAt(bytes, position);
        position += width;
        return character;
    }
}
