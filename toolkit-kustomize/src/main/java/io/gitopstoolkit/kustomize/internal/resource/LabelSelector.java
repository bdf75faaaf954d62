package io.gitopstoolkit.kustomize.internal.resource;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A selector over labels as Kubernetes writes it: {@code a=b,c!=d,e in (f, g),h notin (i),j,!k,l>1}.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors">Label
 *     selectors</a>
 */
public final class LabelSelector {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int MAX_LENGTH = 63;
    private static final int MAX_PREFIX_LENGTH = 253;

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /**
     * Parses a selector.
     *
     * @throws KustomizeException if it is not well formed
     */
    public static LabelSelector parse(String text) {
        return new LabelSelector(new Parser(text).requirements());
    }

    /** Whether the labels fulfil every requirement. */
    public boolean matches(@Nullable MapNode labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    private enum Operator {
        EXISTS,
        MISSING,
        IN,
        NOT_IN,
        GREATER,
        LESS
    }

    private record Requirement(String key, Operator operator, Set<String> values) {
        boolean matches(@Nullable MapNode labels) {
            boolean has = labels != null && labels.has(key);
            String value = has && labels != null ? Scalars.rawText(labels.get(key)) : "";
            return switch (operator) {
                case EXISTS -> has;
                case MISSING -> !has;
                case IN -> has && values.contains(value);
                case NOT_IN -> !has || !values.contains(value);
                case GREATER -> has && compare(value) > 0;
                case LESS -> has && compare(value) < 0;
            };
        }

        private int compare(String value) {
            try {
                return Long.compare(
                        Long.parseLong(value), Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    /** Reads word by word: names and values, {@code ( ) , ! = == != > <}. */
    private static final class Parser {
        private static final String SYMBOLS = "=!(),><";

        private final String text;
        private final List<String> words = new ArrayList<>();
        private int at;

        Parser(String text) {
            this.text = text;
            split();
        }

        List<Requirement> requirements() {
            var found = new ArrayList<Requirement>();
            if (words.isEmpty()) {
                return found;
            }
            while (true) {
                found.add(requirement());
                if (at == words.size()) {
                    return found;
                }
                expect(",");
                if (at == words.size() || peek().equals(",")) {
                    throw invalid("a requirement is missing after ','");
                }
            }
        }

        private Requirement requirement() {
            if (peek().equals("!")) {
                at++;
                return new Requirement(key(), Operator.MISSING, Set.of());
            }
            String key = key();
            String operator = peek();
            if (operator.isEmpty() || operator.equals(",")) {
                return new Requirement(key, Operator.EXISTS, Set.of());
            }
            at++;
            return switch (operator) {
                case "in" -> new Requirement(key, Operator.IN, values());
                case "notin" -> new Requirement(key, Operator.NOT_IN, values());
                case "=", "==" -> new Requirement(key, Operator.IN, Set.of(exactValue()));
                case "!=" -> new Requirement(key, Operator.NOT_IN, Set.of(exactValue()));
                case ">" -> new Requirement(key, Operator.GREATER, Set.of(number()));
                case "<" -> new Requirement(key, Operator.LESS, Set.of(number()));
                default -> throw invalid("'" + operator + "' is no operator");
            };
        }

        private String key() {
            String key = peek();
            at++;
            int slash = key.indexOf('/');
            String prefix = slash < 0 ? "" : key.substring(0, slash);
            String name = key.substring(slash + 1);
            boolean validPrefix = slash < 0
                    || (prefix.length() <= MAX_PREFIX_LENGTH
                            && PREFIX.matcher(prefix).matches());
            if (!validPrefix
                    || name.length() > MAX_LENGTH
                    || !NAME.matcher(name).matches()) {
                throw invalid("'" + key + "' is not the name of a label");
            }
            return key;
        }

        private Set<String> values() {
            expect("(");
            var values = new TreeSet<String>();
            while (true) {
                String word = peek();
                if (word.equals(",") || word.equals(")")) {
                    values.add("");
                } else {
                    values.add(value());
                }
                if (peek().equals(")")) {
                    at++;
                    return values;
                }
                expect(",");
                if (peek().equals(")")) {
                    values.add("");
                    at++;
                    return values;
                }
            }
        }

        private String exactValue() {
            String word = peek();
            return word.isEmpty() || word.equals(",") ? "" : value();
        }

        private String value() {
            String value = peek();
            at++;
            if (value.length() > MAX_LENGTH || !NAME.matcher(value).matches()) {
                throw invalid("'" + value + "' is not the value of a label");
            }
            return value;
        }

        private String number() {
            String value = value();
            try {
                Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw invalid("'" + value + "' is not a number");
            }
            return value;
        }

        private void expect(String word) {
            if (!peek().equals(word)) {
                throw invalid("'" + word + "' is missing");
            }
            at++;
        }

        private String peek() {
            return at < words.size() ? words.get(at) : "";
        }

        private void split() {
            int i = 0;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                    i++;
                    continue;
                }
                int end = i + 1;
                if (SYMBOLS.indexOf(c) < 0) {
                    while (end < text.length()
                            && SYMBOLS.indexOf(text.charAt(end)) < 0
                            && " \t\r\n".indexOf(text.charAt(end)) < 0) {
                        end++;
                    }
                } else if ((c == '=' || c == '!') && end < text.length() && text.charAt(end) == '=') {
                    end++;
                }
                words.add(text.substring(i, end));
                i = end;
            }
        }

        private KustomizeException invalid(String why) {
            return new KustomizeException(
                    KustomizeException.Reason.INVALID_KUSTOMIZATION, "the selector '" + text + "' is invalid: " + why);
        }
    }
}
