package io.gitopstoolkit.kustomize.internal.load;

import java.util.regex.Pattern;

/** Tells JSON from YAML that looks like it. */
final class JsonSyntax {
    private static final int MAX_DEPTH = 500;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int at;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** Whether a text is one JSON value. */
    static boolean isValid(String text) {
        var syntax = new JsonSyntax(text);
        return syntax.value(0) && syntax.peek() == 0 && syntax.at == text.length();
    }

    private boolean value(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        return switch (peek()) {
            case '[' -> items(']', depth);
            case '{' -> items('}', depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean items(char end, int depth) {
        at++;
        if (peek() == end) {
            at++;
            return true;
        }
        while (true) {
            if (end == '}' && !key()) {
                return false;
            }
            if (!value(depth + 1)) {
                return false;
            }
            char next = peek();
            at++;
            if (next == end) {
                return true;
            }
            if (next != ',') {
                return false;
            }
        }
    }

    private boolean key() {
        if (peek() != '"' || !string() || peek() != ':') {
            return false;
        }
        at++;
        return true;
    }

    private boolean string() {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return true;
            }
            if (c < ' ') {
                return false;
            }
            if (c == '\\') {
                i++;
            }
        }
        return false;
    }

    private boolean word(String word) {
        boolean found = text.startsWith(word, at);
        at += word.length();
        return found;
    }

    private boolean number() {
        var matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        at = matcher.end();
        return true;
    }

    /** The next character that is no blank; zero at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }
}
