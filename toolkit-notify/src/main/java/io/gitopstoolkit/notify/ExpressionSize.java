package io.gitopstoolkit.notify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many parts an expression has when its counted repetitions are written out, as RE2/J does: {@code (a{50}){50}} has
 * 2,500. RE2/J bounds each count, but not their product, which takes all memory.
 */
final class ExpressionSize {
    private static final long MOST = Integer.MAX_VALUE;
    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");
    private static final Pattern CLASS =
            Pattern.compile("\\[\\^?]?(?:\\[:\\^?[a-z]+:]|\\\\.|[^]\\\\])*]", Pattern.DOTALL);
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:Q.*?(?:\\\\E|$)|[pP]\\{[^}]*}|x\\{[^}]*}|.)", Pattern.DOTALL);

    private final Deque<Long> groups = new ArrayDeque<>(); // sizes of the open groups, without their last atom
    private long size; // of the innermost group, without its last atom
    private long atom;

    private ExpressionSize() {}

    static long of(String expression) {
        return new ExpressionSize().measure(expression);
    }

    private long measure(String expression) {
        int at = 0;
        while (at < expression.length()) {
            char c = expression.charAt(at);
            at += switch (c) {
                case '\\' -> atom(ESCAPE, expression, at);
                case '[' -> atom(CLASS, expression, at);
                case '{' -> repeat(expression, at);
                case '(' -> open();
                case ')' -> close();
                default -> atom(1);
            };
        }
        while (!groups.isEmpty()) {
            close();
        }
        return sum(size, atom);
    }

    private int atom(Pattern form, String expression, int at) {
        Matcher found = form.matcher(expression).region(at, expression.length());
        int length = found.lookingAt() ? found.end() - at : 1;
        // A quoted text may be long; any other form counts for one.
        return atom(length > 2 && expression.startsWith("\\Q", at) ? length : 1, length);
    }

    private int atom(int parts) {
        return atom(parts, 1);
    }

    private int atom(long parts, int length) {
        size = sum(size, atom);
        atom = parts;
        return length;
    }

    private int repeat(String expression, int at) {
        Matcher count = COUNT.matcher(expression).region(at, expression.length());
        if (!count.lookingAt()) {
            return atom(1);
        }
        long most = Long.parseLong(count.group(1));
        if (count.group(2) != null && !count.group(2).isEmpty()) {
            most = Math.max(most, Long.parseLong(count.group(2)));
        }
        atom = Math.min(MOST, Math.max(1, atom) * Math.max(1, most));
        return count.end() - at;
    }

    private int open() {
        groups.push(sum(size, atom));
        size = 0;
        atom = 0;
        return 1;
    }

    private int close() {
        atom = sum(size, atom);
        size = groups.isEmpty() ? 0 : groups.pop();
        return 1;
    }

    private static long sum(long a, long b) {
        return Math.min(MOST, a + b);
    }
}
