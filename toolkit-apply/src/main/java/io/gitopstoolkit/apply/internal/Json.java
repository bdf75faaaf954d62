package io.gitopstoolkit.apply.internal;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads plain data (maps with string keys, lists, strings, numbers, booleans and nulls) as JSON. The order of
 * keys is that of the map, and equal data gives equal bytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class Json {
    private final StringBuilder text = new StringBuilder();
    private final boolean pretty;

    private Json(boolean pretty) {
        this.pretty = pretty;
    }

    /** On one line, without blanks. */
    public static String compact(@Nullable Object value) {
        var json = new Json(false);
        json.write(value, 0);
        return json.text.toString();
    }

    /** Indented by two spaces, with a line break at the end. */
    public static String pretty(@Nullable Object value) {
        var json = new Json(true);
        json.write(value, 0);
        return json.text.append('\n').toString();
    }

    /**
     * Reads one value. Whole numbers are {@link Long}, or {@link BigInteger} beyond its range; others {@link Double}.
     *
     * @param maxChars the longest text that is read
     * @throws IllegalArgumentException if {@code json} is longer, deeper than 1,000 levels, or no JSON; the message says
     *     where, and repeats nothing of the text
     */
    public static @Nullable Object read(String json, int maxChars) {
        if (json.length() > maxChars) {
            throw new IllegalArgumentException(
                    "longer than " + maxChars + " characters: " + json.length() + " of them");
        }
        return new JsonReader(json).read();
    }

    private void write(@Nullable Object value, int level) {
        if (value instanceof Map<?, ?> map) {
            writeMap(map, level);
        } else if (value instanceof List<?> list) {
            writeList(list, level);
        } else if (value instanceof String string) {
            writeString(string);
        } else {
            text.append(value); // a number, a boolean or null
        }
    }

    private void writeMap(Map<?, ?> map, int level) {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            breakLine(level + 1);
            writeString(String.valueOf(entry.getKey()));
            text.append(pretty ? ": " : ":");
            write(entry.getValue(), level + 1);
            text.append(entries.hasNext() ? "," : "");
        }
        close('}', map.isEmpty(), level);
    }

    private void writeList(List<?> list, int level) {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            breakLine(level + 1);
            write(list.get(i), level + 1);
            text.append(i + 1 < list.size() ? "," : "");
        }
        close(']', list.isEmpty(), level);
    }

    private void close(char bracket, boolean empty, int level) {
        if (!empty) {
            breakLine(level);
        }
        text.append(bracket);
    }

    private void breakLine(int level) {
        if (pretty) {
            text.append('\n').append("  ".repeat(level));
        }
    }

    private void writeString(String string) {
        text.append(quote(string));
    }

    /** {@code string} in quotes; control characters, and whatever is no character by itself, are escaped. */
    public static String quote(String string) {
        var quoted = new StringBuilder(string.length() + 2).append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1));
            if (paired) {
                quoted.append(c).append(string.charAt(++i));
            } else {
                escape(c, quoted);
            }
        }
        return quoted.append('"').toString();
    }

    private static void escape(char c, StringBuilder quoted) {
        switch (c) {
            case '"', '\\' -> quoted.append('\\').append(c);
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (isPlain(c)) {
                    quoted.append(c);
                } else {
                    quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
                }
            }
        }
    }

    /** Neither of the characters that move a terminal's cursor or turn the direction of writing, nor half a pair. */
    static boolean isPlain(char c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.SURROGATE
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
