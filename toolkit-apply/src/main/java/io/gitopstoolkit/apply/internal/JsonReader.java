package io.gitopstoolkit.apply.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text. */
final class JsonReader {
    private static final int MAX_DEPTH = 1_000;
    private static final int LONGEST_NUMBER = 400;

    private final String text;
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    @Nullable
    Object read() {
        Object value = value(0);
        skipBlanks();
        if (at < text.length()) {
            throw error("more text after the end of the value");
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw error("more than " + MAX_DEPTH + " levels deep");
        }
        skipBlanks();
        return switch (peek()) {
            case '{' -> map(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> map(int depth) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        at++;
        skipBlanks();
        if (peek() == '}') {
            at++;
            return map;
        }
        do {
            skipBlanks();
            if (peek() != '"') {
                throw error("a key in quotes is missing");
            }
            String key = string();
            skipBlanks();
            expect(':');
            if (map.containsKey(key)) {
                throw error("a key appears twice in one object");
            }
            map.put(key, value(depth + 1));
            skipBlanks();
        } while (goesOn('}'));
        return map;
    }

    private List<@Nullable Object> list(int depth) {
        var list = new ArrayList<@Nullable Object>();
        at++;
        skipBlanks();
        if (peek() == ']') {
            at++;
            return list;
        }
        do {
            list.add(value(depth + 1));
            skipBlanks();
        } while (goesOn(']'));
        return list;
    }

    private boolean goesOn(char end) {
        if (peek() == ',') {
            at++;
            return true;
        }
        expect(end);
        return false;
    }

    private String string() {
        at++;
        int start = at;
        while (peek() != '"' && peek() != '\\') {
            requirePlain();
            at++;
        }
        var string = new StringBuilder(text.substring(start, at));
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
                string.append(escaped());
            } else {
                requirePlain();
                string.append(text.charAt(at++));
            }
        }
        at++;
        return string.toString();
    }

    private void requirePlain() {
        if (peek() < ' ') {
            throw error("a string that does not end, or holds a control character");
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw error("an escape that JSON does not have");
        };
    }

    private char unicode() {
        String hex = text.substring(at, Math.min(text.length(), at + 4));
        if (!hex.matches("[0-9a-fA-F]{4}")) {
            throw error("an escape without four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(hex, 16);
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw error("no JSON value");
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.0123456789Ee".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, Math.min(at, start + LONGEST_NUMBER + 1));
        if (number.length() > LONGEST_NUMBER || !number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            at = start;
            throw error(number.isEmpty() ? "no JSON value" : "no JSON number");
        }
        if (number.matches("-?[0-9]+")) {
            var whole = new BigInteger(number);
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            at = start;
            throw error("a number out of range");
        }
        return value;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw error("'" + c + "' is missing");
        }
        at++;
    }

    /** The next character; where the text is over, one that JSON has no place for. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private IllegalArgumentException error(String what) {
        String before = text.substring(0, Math.min(at, text.length()));
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        String over = at >= text.length() ? ", where the text ends" : "";
        return new IllegalArgumentException("line " + line + ", column " + column + over + ": " + what);
    }
}
