package io.gitopstoolkit.testkit.internal.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Functions of texts in expressions that are not in the library: {@code find}, {@code findAll}, {@code format}. */
final class Texts {
    private Texts() {}

    static void addTo(FunctionSet functions) {
        functions
                .member(
                        "find",
                        SimpleType.STRING,
                        args -> find((String) args[0], (String) args[1]),
                        SimpleType.STRING,
                        SimpleType.STRING)
                .member(
                        "findAll",
                        ListType.create(SimpleType.STRING),
                        args -> findAll((String) args[0], (String) args[1], -1),
                        SimpleType.STRING,
                        SimpleType.STRING)
                .member(
                        "findAll",
                        ListType.create(SimpleType.STRING),
                        args -> findAll((String) args[0], (String) args[1], (Long) args[2]),
                        SimpleType.STRING,
                        SimpleType.STRING,
                        SimpleType.INT)
                .member(
                        "format",
                        SimpleType.STRING,
                        args -> format((String) args[0], (List<?>) args[1]),
                        SimpleType.STRING,
                        ListType.create(SimpleType.DYN));
    }

    private static String find(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static List<String> findAll(String text, String regex, long limit) {
        var found = new ArrayList<String>();
        Matcher matcher = Pattern.compile(regex).matcher(text);
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    /** Fills in the values of {@code %s}, {@code %d}, {@code %f}, {@code %e}, {@code %b}, {@code %x}, {@code %o}. */
    private static String format(String pattern, List<?> values) {
        var text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%') {
                text.append(c);
                continue;
            }
            int start = ++i;
            while (i < pattern.length() && (pattern.charAt(i) == '.' || Character.isDigit(pattern.charAt(i)))) {
                i++;
            }
            if (i >= pattern.length()) {
                throw new IllegalArgumentException("unexpected end of string");
            }
            if (pattern.charAt(i) == '%') {
                text.append('%');
                continue;
            }
            if (next >= values.size()) {
                throw new IllegalArgumentException("index " + next + " out of range");
            }
            int precision = i == start ? 6 : Integer.parseInt(pattern.substring(start + 1, i));
            text.append(clause(pattern.charAt(i), precision, values.get(next++)));
        }
        return text.toString();
    }

    private static String clause(char verb, int precision, Object value) {
        return switch (verb) {
            case 's' -> text(value);
            case 'd' -> value instanceof Long ? value.toString() : refuse(verb, value);
            case 'f' ->
                value instanceof Number number
                        ? new BigDecimal(number.toString())
                                .setScale(precision, RoundingMode.HALF_EVEN)
                                .toPlainString()
                        : refuse(verb, value);
            case 'e' ->
                value instanceof Number number
                        ? String.format(Locale.ROOT, "%." + precision + "e", number.doubleValue())
                        : refuse(verb, value);
            case 'b' ->
                value instanceof Long number
                        ? Long.toString(number, 2)
                        : value instanceof Boolean flag ? (flag ? "1" : "0") : refuse(verb, value);
            case 'o' -> value instanceof Long number ? Long.toString(number, 8) : refuse(verb, value);
            case 'x', 'X' -> hexadecimal(verb, value);
            default -> throw new IllegalArgumentException("unrecognized formatting clause \"" + verb + "\"");
        };
    }

    private static String hexadecimal(char verb, Object value) {
        String digits = value instanceof Long number
                ? Long.toString(number, 16)
                : value instanceof String text
                        ? text.chars().mapToObj(c -> String.format("%02x", c)).collect(Collectors.joining())
                        : refuse(verb, value);
        return verb == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
    }

    private static String refuse(char verb, Object value) {
        throw new IllegalArgumentException("could not format value " + text(value) + " with %" + verb);
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Texts::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, String>();
            map.forEach((key, item) -> sorted.put(text(key), text(item)));
            return sorted.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Duration duration) {
            BigDecimal seconds =
                    BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
            return seconds.stripTrailingZeros().toPlainString() + "s";
        }
        if (value instanceof Double number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value instanceof NullValue ? "null" : String.valueOf(value);
    }
}
