package io.gitopstoolkit.kustomize.internal.patch;

/** Whether a text is one value of JSON and nothing else, as Go's {@code encoding/json} takes it. */
final class StrictJson {
    private static final int MAX_DEPTH = 1_000;

    private final String text;
    private int at;
    private int depth;

    private StrictJson(String text) {
        this.text = text;
    }

    static boolean isValid(String text) {
        var json = new StrictJson(text);
        return json.value() && json.peek() == 0 && json.at == text.length();
    }

    private boolean value() {
        if (++depth > MAX_DEPTH) {
            return false;
        }
        boolean valid = switch (peek()) {
            case '{' -> members('}', true);
            case '[' -> members(']', false);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
        depth--;
        return valid;
    }

    /** The inside of an object or array, and what closes it. */
    private boolean members(char close, boolean named) {
        at++;
        if (peek() == close) {
            at++;
            return true;
        }
        while (true) {
            if (named && !(peek() == '"' && string() && skip(':'))) {
                return false;
            }
            if (!value()) {
                return false;
            }
            if (!skip(',')) {
                return skip(close);
            }
        }
    }

    private boolean string() {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c < ' ' || (c == '\\' && !escape())) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (int end = at + 4; at < end; at++) {
            if (at >= text.length() || Character.digit(text.charAt(at), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        boolean zero = at < text.length() && text.charAt(at) == '0';
        int whole = digits();
        if (whole == 0 || (zero && whole > 1)) {
            return false;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            if (digits() == 0) {
                return false;
            }
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            return digits() > 0;
        }
        return true;
    }

    private int digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private boolean word(String word) {
        boolean here = text.startsWith(word, at);
        at += here ? word.length() : 0;
        return here;
    }

    private boolean skip(char expected) {
        boolean here = peek() == expected;
        at += here ? 1 : 0;
        return here;
    }

    /** The next character that is no white space, or 0 at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }
}
