package io.gitopstoolkit.notify;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gitopstoolkit.api.Event;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the filters have in common. */
final class Filters {
    private static final int MAX_EXPRESSION = 1_000;
    private static final int MAX_SIZE = 10_000;

    private Filters() {}

    static EventFilter oneOf(String what, String[] values, Function<Event, String> field) {
        Set<String> allowed = Set.copyOf(List.of(values));
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("a filter by " + what + " needs at least one, or *");
        }
        return allowed.contains("*") ? EventFilter.ALL : event -> allowed.contains(field.apply(event));
    }

    static List<Pattern> patterns(String[] expressions) {
        if (expressions.length == 0) {
            throw new IllegalArgumentException("a filter by message needs at least one expression");
        }
        return Stream.of(expressions).map(Filters::pattern).toList();
    }

    static boolean isFound(List<Pattern> patterns, String message) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(message).find());
    }

    private static Pattern pattern(String expression) {
        if (expression.length() > MAX_EXPRESSION) {
            throw new IllegalArgumentException(
                    "an expression of a filter has more than " + MAX_EXPRESSION + " characters; split it into several");
        }
        if (ExpressionSize.of(expression) > MAX_SIZE) {
            throw new IllegalArgumentException("the repetitions in the expression '" + Headers.printable(expression)
                    + "' of a filter multiply to more than " + MAX_SIZE + " parts; use fewer");
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the expression '" + Headers.printable(expression) + "' of a filter is not valid: "
                            + e.getDescription(),
                    e);
        }
    }
}
