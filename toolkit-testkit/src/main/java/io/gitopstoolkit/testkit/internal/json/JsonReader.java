package io.gitopstoolkit.testkit.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recursive descent over one text. */
final class JsonReader {
    private static final int MAX_DEPTH = 500;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    @Nullable
    Object document() {
        Object value = value();
        blanks();
        if (at < text.length()) {
            throw unexpected("after top-level value");
        }
        return value;
    }

    private @Nullable Object value() {
        blanks();
        if (at >= text.length()) {
            throw new JsonException("unexpected end of JSON input");
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        enter();
        var map = new LinkedHashMap<String, Object>();
        if (!tryTake('}')) {
            do {
                blanks();
                if (at >= text.length() || text.charAt(at) != '"') {
                    throw unexpected("looking for beginning of object key string");
                }
                String key = string();
                take(':', "after object key");
                map.put(key, value());
            } while (tryTake(','));
            take('}', "after object key:value pair");
        }
        depth--;
        return map;
    }

    private List<Object> array() {
        enter();
        var list = new ArrayList<Object>();
        if (!tryTake(']')) {
            do {
                list.add(value());
            } while (tryTake(','));
            take(']', "after array element");
        }
        depth--;
        return list;
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new JsonException("exceeded max depth");
        }
    }

    private String string() {
        at++;
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return text.substring(start, at - 1);
            }
            if (c == '\\') {
                at--;
                return stringWithEscapes(new StringBuilder(text.substring(start, at)));
            }
        }
        throw new JsonException("unexpected end of JSON input");
    }

    private String stringWithEscapes(StringBuilder out) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escape() : c);
        }
        throw new JsonException("unexpected end of JSON input");
    }

    private char escape() {
        if (at >= text.length()) {
            throw new JsonException("unexpected end of JSON input");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> c;
            case 'u' -> unicode();
            default -> throw new JsonException("invalid character '" + c + "' in string escape code");
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw new JsonException("unexpected end of JSON input");
        }
        try {
            char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return c;
        } catch (NumberFormatException e) {
            throw new JsonException("invalid character in \\u hexadecimal character escape");
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw unexpected("looking for beginning of value");
        }
        at += word.length();
        return value;
    }

    private Number number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        try {
            boolean whole = number.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
            return whole && number.length() < 19 ? (Number) Long.valueOf(number) : Double.valueOf(number);
        } catch (NumberFormatException e) {
            at = start;
            throw unexpected("looking for beginning of value");
        }
    }

    private boolean tryTake(char expected) {
        blanks();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void take(char expected, String where) {
        if (!tryTake(expected)) {
            throw unexpected(where);
        }
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private JsonException unexpected(String where) {
        return new JsonException(
                at < text.length()
                        ? "invalid character '" + text.charAt(at) + "' " + where
                        : "unexpected end of JSON input");
    }
}
