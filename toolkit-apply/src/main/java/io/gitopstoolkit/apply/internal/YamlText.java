package io.gitopstoolkit.apply.internal;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes plain data as YAML for people to read and compare: in blocks, keys in the order of the map. */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./=+@%-]*(?: [A-Za-z0-9_./=+@%()-]+)*"
            + "|[A-Za-z0-9_./-]*[A-Za-z/_][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]+)+");
    private static final Pattern WORD = Pattern.compile("(?i)~|null|true|false|yes|no|on|off|y|n");

    private static final int LONGEST_PLAIN = 200;

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    /** The document, with a line break at the end; empty for an empty map. */
    public static String of(Map<String, @Nullable Object> document) {
        var yaml = new YamlText();
        yaml.map(document, 0);
        return yaml.text.toString();
    }

    private void map(Map<?, ?> map, int level) {
        map.forEach((key, value) -> {
            indent(level);
            entry(String.valueOf(key), value, level);
        });
    }

    private void entry(String key, @Nullable Object value, int level) {
        text.append(scalar(key)).append(':');
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('\n');
            map(map, level + 1);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            text.append('\n');
            list(list, level);
        } else {
            inline(value, level + 1);
        }
    }

    private void list(List<?> list, int level) {
        for (Object item : list) {
            indent(level);
            text.append('-');
            if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                var first = true;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    if (first) {
                        text.append(' ');
                    } else {
                        indent(level + 1);
                    }
                    first = false;
                    entry(String.valueOf(entry.getKey()), entry.getValue(), level + 1);
                }
            } else if (item instanceof List<?> inner && !inner.isEmpty()) {
                text.append('\n');
                list(inner, level + 1);
            } else {
                inline(item, level + 1);
            }
        }
    }

    /** A value behind its key or dash, to the end of the line; a text of several lines goes below. */
    private void inline(@Nullable Object value, int level) {
        if (value instanceof String string && isBlock(string)) {
            block(string, level);
        } else if (value instanceof Map) {
            text.append(" {}\n");
        } else if (value instanceof List) {
            text.append(" []\n");
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void block(String string, int level) {
        text.append(string.endsWith("\n") ? " |\n" : " |-\n");
        for (String line : string.stripTrailing().split("\n", -1)) {
            if (line.isEmpty()) {
                text.append('\n');
            } else {
                indent(level);
                text.append(line).append('\n');
            }
        }
    }

    /** Several lines, whose characters may all stand as they are, without blanks where a block would lose them. */
    private static boolean isBlock(String string) {
        String body = string.endsWith("\n") ? string.substring(0, string.length() - 1) : string;
        return body.indexOf('\n') > 0
                && body.equals(body.stripTrailing())
                && !Character.isWhitespace(body.charAt(0))
                && body.chars().allMatch(c -> c == '\n' || c == '\t' || Json.isPlain((char) c));
    }

    private static String scalar(@Nullable Object value) {
        if (!(value instanceof String string)) {
            return String.valueOf(value);
        }
        boolean plain = string.length() <= LONGEST_PLAIN
                && PLAIN.matcher(string).matches()
                && !WORD.matcher(string).matches();
        return plain ? string : Json.quote(string);
    }

    private void indent(int level) {
        text.append("  ".repeat(level));
    }
}
