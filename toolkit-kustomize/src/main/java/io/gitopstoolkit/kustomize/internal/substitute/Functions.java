package io.gitopstoolkit.kustomize.internal.substitute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators do with a value. */
final class Functions {
    private Functions() {}

    static String apply(String operator, String value, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        return switch (operator) {
            case "," -> first(value, ByteText.map(firstOf(value), Character::toLowerCase));
            case ",," -> ByteText.map(value, Character::toLowerCase);
            case "^" -> first(value, ByteText.map(firstOf(value), Character::toUpperCase));
            case "^^" -> ByteText.map(value, Character::toUpperCase);
            case "#" -> arguments.isEmpty() ? Integer.toString(value.length()) : trimmed(value, first, false);
            case "##" -> trimmed(value, first, true);
            case "%" -> ByteText.reversed(trimmed(ByteText.reversed(value), ByteText.reversed(first), false));
            case "%%" -> ByteText.reversed(trimmed(ByteText.reversed(value), ByteText.reversed(first), true));
            case ":" -> substring(value, arguments);
            case "/", "//", "/#", "/%" -> replaced(operator, value, arguments);
            default -> value.isEmpty() ? String.join("", arguments) : value;
        };
    }

    private static String firstOf(String value) {
        return value.isEmpty() ? "" : value.substring(0, ByteText.width(value, 0));
    }

    private static String first(String value, String changed) {
        return value.isEmpty() ? "" : changed + value.substring(ByteText.width(value, 0));
    }

    /** Without what a pattern matches at the start. An invalid pattern matches nothing. */
    private static String trimmed(String value, String pattern, boolean longest) {
        return value.substring(new Glob(pattern, value).matchedPrefix(longest));
    }

    private static String substring(String value, List<String> arguments) {
        Long offset = number(arguments.get(0));
        Long length = arguments.size() > 1 ? number(arguments.get(1)) : Long.valueOf(Integer.MAX_VALUE);
        if (offset == null || (arguments.size() > 1 && length == null)) {
            return value;
        }
        int size = value.length();
        long start = offset < 0 ? Math.max(0, size + offset) : offset;
        long count = length == null ? 0 : length;
        long end = count < 0 ? size + count : Math.min(size, Math.min(start, size) + count);
        return start >= size || end < start ? "" : value.substring((int) start, (int) end);
    }

    /** A decimal number, with or without a sign, of 64 bits; null for anything else. */
    private static @Nullable Long number(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-' || c == '+');
        try {
            return digits ? Long.valueOf(text) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String replaced(String operator, String value, List<String> arguments) {
        String pattern = arguments.get(0);
        boolean hasReplacement = arguments.size() > 1;
        String replacement = hasReplacement ? arguments.get(1) : "";
        return switch (operator) {
            case "/" -> replacedFirst(value, pattern, replacement);
            case "//" -> pattern.isEmpty() ? between(value, replacement) : value.replace(pattern, replacement);
            case "/#" ->
                hasReplacement && value.startsWith(pattern) ? replacedFirst(value, pattern, replacement) : value;
            default ->
                hasReplacement && value.endsWith(pattern)
                        ? value.substring(0, value.length() - pattern.length()) + replacement
                        : value;
        };
    }

    private static String replacedFirst(String value, String pattern, String replacement) {
        int at = value.indexOf(pattern);
        return at < 0 ? value : value.substring(0, at) + replacement + value.substring(at + pattern.length());
    }

    /** With a text before each character and at the end. */
    private static String between(String value, String text) {
        var result = new StringBuilder(text);
        for (int i = 0; i < value.length(); ) {
            int end = i + ByteText.width(value, i);
            result.append(value, i, end).append(text);
            i = end;
        }
        return result.toString();
    }
}
