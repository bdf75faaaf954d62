package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A label selector as lists and watches take it: requirements between commas, all of which hold.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels and Selectors</a>
 */
final class LabelSelector {
    private static final Set<String> SYMBOLS = Set.of("!", "=", "==", "!=", ">", "<", "(", ")", ",");
    private static final String SPECIAL = "=!(),<>";
    private static final String BLANK = " \t\r\n";
    private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

    private final List<String> tokens = new ArrayList<>();
    private int position;

    private LabelSelector(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (BLANK.indexOf(c) >= 0) {
                at++;
            } else {
                String token = SPECIAL.indexOf(c) >= 0 ? symbol(text, at) : word(text, at);
                tokens.add(token);
                at += token.length();
            }
        }
        tokens.add("");
    }

    /** What the selector chooses; everything where it is empty. */
    static Predicate<Map<String, Object>> parse(String text) {
        try {
            return new LabelSelector(text).requirements();
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static String symbol(String text, int start) {
        int end = start + 1;
        while (end < text.length() && SYMBOLS.contains(text.substring(start, end + 1))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static String word(String text, int start) {
        int end = start;
        while (end < text.length() && SPECIAL.indexOf(text.charAt(end)) < 0 && BLANK.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean isIdentifier(String token) {
        return !token.isEmpty() && SPECIAL.indexOf(token.charAt(0)) < 0;
    }

    private String next() {
        return tokens.get(Math.min(position++, tokens.size() - 1));
    }

    private String ahead() {
        return tokens.get(Math.min(position, tokens.size() - 1));
    }

    private Predicate<Map<String, Object>> requirements() {
        Predicate<Map<String, Object>> all = object -> true;
        while (!ahead().isEmpty()) {
            if (!isIdentifier(ahead()) && !ahead().equals("!")) {
                throw unexpected(ahead(), ", expected: !, identifier, or 'end of string'");
            }
            try {
                all = all.and(requirement());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("unable to parse requirement: " + e.getMessage(), e);
            }
            String separator = next();
            if (separator.isEmpty()) {
                return all;
            }
            if (!separator.equals(",")) {
                throw unexpected(separator, ", expected: ',' or 'end of string'");
            }
            if (!isIdentifier(ahead()) && !ahead().equals("!")) {
                throw unexpected(ahead(), ", expected: identifier after ','");
            }
        }
        return all;
    }

    private Predicate<Map<String, Object>> requirement() {
        String key = next();
        boolean absent = key.equals("!");
        if (absent) {
            key = next();
        }
        if (!isIdentifier(key)) {
            throw unexpected(key, ", expected: identifier");
        }
        checkName(key);
        String label = key;
        if (absent || ahead().isEmpty() || ahead().equals(",")) {
            return object -> absent != has(object, label);
        }
        String operator = next();
        return switch (operator) {
            case "in" -> in(label, values());
            case "notin" -> in(label, values()).negate();
            case "=", "==" -> in(label, exactValue(label));
            case "!=" -> in(label, exactValue(label)).negate();
            case ">", "<" -> compares(label, exactNumber(label), operator);
            default -> throw unexpected(operator, ", expected: " + OPERATORS);
        };
    }

    private static Predicate<Map<String, Object>> in(String label, Set<String> values) {
        return object -> has(object, label) && values.contains(value(object, label));
    }

    private static Predicate<Map<String, Object>> compares(String label, long bound, String operator) {
        return object -> {
            try {
                long value = Long.parseLong(value(object, label));
                return operator.equals(">") ? value > bound : value < bound;
            } catch (NumberFormatException e) {
                return false;
            }
        };
    }

    private Set<String> values() {
        String open = next();
        if (!open.equals("(")) {
            throw unexpected(open, " expected: '('");
        }
        Set<String> values = new TreeSet<>();
        if (ahead().equals(")")) {
            next();
            values.add("");
            return values;
        }
        String last = ",";
        while (true) {
            String token = next();
            boolean identifier = isIdentifier(token);
            if (identifier && !last.equals(",")) {
                throw unexpected(token, ", expected: ',' or ')'");
            }
            if (identifier) {
                values.add(token);
            } else if (token.equals(",") || token.equals(")")) {
                if (last.equals(",") && (values.isEmpty() || token.equals(")") || token.equals(","))) {
                    values.add("");
                }
                if (token.equals(")")) {
                    return values;
                }
            } else {
                throw unexpected(
                        token, isIdentifier(last) ? ", expected: ',' or ')'" : ", expected: ',', or identifier");
            }
            last = token;
        }
    }

    private Set<String> exactValue(String label) {
        if (ahead().isEmpty() || ahead().equals(",")) {
            return Set.of("");
        }
        String value = next();
        if (!isIdentifier(value)) {
            throw unexpected(value, ", expected: identifier");
        }
        checkValue(label, value);
        return Set.of(value);
    }

    private long exactNumber(String label) {
        String value = exactValue(label).iterator().next();
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "values[0]: Invalid value: " + Json.print(value)
                            + ": for 'Gt', 'Lt' operators, the value must be an integer",
                    e);
        }
    }

    private static void checkName(String key) {
        List<FieldError> errors = Names.checkLabel(key, "");
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException("<nil>: " + message(errors));
        }
    }

    private static void checkValue(String key, String value) {
        List<FieldError> errors = Names.checkLabel(key, value);
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException("values[0][" + key + "]: " + message(errors));
        }
    }

    private static String message(List<FieldError> errors) {
        return errors.get(0).message();
    }

    private static IllegalArgumentException unexpected(String token, String expected) {
        return new IllegalArgumentException("found '" + token + "'" + expected);
    }

    private static boolean has(Map<String, Object> object, String label) {
        return Tree.mapAt(object, "metadata", "labels").containsKey(label);
    }

    private static String value(Map<String, Object> object, String label) {
        return Tree.text(object, "metadata", "labels", label);
    }
}
