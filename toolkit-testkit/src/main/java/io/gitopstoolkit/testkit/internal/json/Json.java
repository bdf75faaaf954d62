package io.gitopstoolkit.testkit.internal.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and prints JSON as trees of {@link Map}, {@link List}, String, Long, Double, Boolean and null. */
public final class Json {
    private Json() {}

    /**
     * The tree that {@code text} holds.
     *
     * @throws JsonException if it is no JSON, or is nested deeper than 500 levels
     */
    public static @Nullable Object parse(String text) {
        return new JsonReader(text).document();
    }

    /** The text of a tree, without blanks, in the order of its keys. */
    public static String print(@Nullable Object value) {
        var out = new StringBuilder(512);
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            writeMap(out, map);
        } else if (value instanceof List<?> list) {
            writeList(out, list);
        } else if (value instanceof String text) {
            writeString(out, text);
        } else if (value instanceof Double number) {
            writeNumber(out, number);
        } else {
            out.append(value);
        }
    }

    private static void writeMap(StringBuilder out, Map<?, ?> map) {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            writeString(out, (String) entry.getKey());
            out.append(':');
            write(out, entry.getValue());
            separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static void writeList(StringBuilder out, List<?> list) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(out, list.get(i));
        }
        out.append(']');
    }

    /** As Go prints it: no exponent and no fraction where the number is whole. */
    private static void writeNumber(StringBuilder out, double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            out.append((long) number);
        } else {
            out.append(number);
        }
    }

    private static void writeString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> writePlain(out, c);
            }
        }
        out.append('"');
    }

    private static void writePlain(StringBuilder out, char c) {
        if (c < ' ') {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
            out.append(c);
        }
    }
}
