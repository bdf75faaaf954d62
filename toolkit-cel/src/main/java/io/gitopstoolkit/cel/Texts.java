package io.gitopstoolkit.cel;

import java.util.List;

/**
 * The functions on texts that make much of little. They stop when the text is longer than one may be, which {@link Budget}
 * then finds: an exception here would be told with all that the function was given.
 */
final class Texts {
    private Texts() {}

    /** Replaces up to {@code most} occurrences, all of them where it is negative. */
    static String replace(String text, String old, String by, long most) {
        var result = new StringBuilder();
        int from = 0;
        int at = text.indexOf(old);
        for (long done = 0; at >= 0 && done != most && !isTooLong(result); done++) {
            result.append(text, from, at).append(by);
            from = at + old.length();
            int next = old.isEmpty() ? at + 1 : from;
            at = next > text.length() ? -1 : text.indexOf(old, next);
        }
        return result.append(text, from, text.length()).toString();
    }

    /** Joins the texts of a list. */
    static String join(List<?> list, String separator) {
        var result = new StringBuilder();
        String before = "";
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw new IllegalArgumentException("no such overload");
            }
            if (isTooLong(result)) {
                break;
            }
            result.append(before).append(text);
            before = separator;
        }
        return result.toString();
    }

    private static boolean isTooLong(StringBuilder text) {
        return text.length() > Budget.LONGEST_TEXT;
    }
}
