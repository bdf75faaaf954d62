package io.gitopstoolkit.kustomize.internal.substitute;

import io.gitopstoolkit.kustomize.internal.substitute.Scanner.Accept;
import io.gitopstoolkit.kustomize.internal.substitute.Scanner.Mode;
import io.gitopstoolkit.kustomize.internal.substitute.Scanner.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads a template; accepts and refuses what Flux does, in its words. For one use. */
final class TemplateParser {
    private static final int MAX_DEPTH = 200;
    private static final String BAD = "bad substitution";
    private static final String BAD_ARGUMENT = "unable to parse substitution within function";
    private static final String DOLLAR = "$";
    private static final String DOLLAR_AND_BACKSLASH = "$\\";

    private static final Accept ANY = Accept.each(c -> true);
    private static final Accept NAME = Accept.each(c -> Character.isLetter(c) || Character.isDigit(c) || c == '_');
    private static final Accept NOT_CLOSING = Accept.each(c -> c != '}');

    private final Scanner scanner;
    private int depth;

    TemplateParser(String bytes) {
        this.scanner = new Scanner(bytes);
    }

    List<Part> parse() {
        var parts = new ArrayList<Part>();
        while (true) {
            switch (scanner.scan(ANY, Mode.TEXT_OR_OPEN, DOLLAR)) {
                case TEXT -> parts.add(new Part.Text(scanner.text()));
                case OPEN -> parts.add(expression());
                case END -> {
                    return parts;
                }
                default -> throw new SubstitutionProblem(BAD);
            }
        }
    }

    private Part expression() {
        if (++depth > MAX_DEPTH) {
            throw new SubstitutionProblem("more than " + MAX_DEPTH + " substitutions within each other");
        }
        Part expression = scanner.peek() == '#' ? length() : named();
        depth--;
        return expression;
    }

    private Part named() {
        String name = text(NAME, "unable to parse variable name");
        return switch (scanner.peek()) {
            case ':' -> defaultOrSubstring(name);
            case '=' -> defaultValue(name);
            case ',', '^' -> casing(name);
            case '/' -> replacement(name);
            case '#' -> trimming(name, '#');
            case '%' -> trimming(name, '%');
            default -> {
                close("missing closing brace");
                yield new Part.Expression(name, "", List.of());
            }
        };
    }

    private Part length() {
        String operator = text((c, i) -> c == '#' && i == 1, BAD);
        String name = text(NAME, BAD);
        return closed(name, operator, List.of());
    }

    private Part casing(String name) {
        return closed(name, text((c, i) -> (c == ',' || c == '^') && i < 3, BAD), List.of());
    }

    private Part trimming(String name, char sign) {
        String operator = text((c, i) -> c == sign && i < 3, BAD);
        return closed(name, operator, List.of(argument(NOT_CLOSING, "")));
    }

    private Part defaultOrSubstring(String name) {
        scanner.skip();
        int operator = scanner.peek();
        scanner.unread();
        return switch (operator) {
            case '=', '-', '?', '+' -> defaultValue(name);
            default -> substring(name);
        };
    }

    private Part substring(String name) {
        String operator = text((c, i) -> i == 1 && c == ':', BAD);
        Part offset = argument(Accept.each(c -> c != ':' && c != '}'), "");
        return switch (scanner.scan(Accept.each(c -> c == ':'), Mode.TEXT_OR_CLOSE)) {
            case CLOSE -> new Part.Expression(name, operator, List.of(offset));
            case TEXT -> closed(name, operator, List.of(offset, argument(NOT_CLOSING, "")));
            default -> throw new SubstitutionProblem(BAD);
        };
    }

    private Part replacement(String name) {
        String operator = text((c, i) -> i == 1 ? c == '/' : i == 2 && (c == '/' || c == '#' || c == '%'), BAD);
        Part pattern = argument(Accept.each(c -> c != '/'), DOLLAR_AND_BACKSLASH);
        text(Accept.each(c -> c == '/'), BAD);
        if (scanner.peek() == '}') {
            return closed(name, operator, List.of(pattern));
        }
        return closed(name, operator, List.of(pattern, argument(NOT_CLOSING, DOLLAR_AND_BACKSLASH)));
    }

    private Part defaultValue(String name) {
        Accept accept = scanner.peek() == '='
                ? (c, i) -> i == 1 && c == '='
                : (c, i) -> i == 1 ? c == ':' : i == 2 && (c == '=' || c == '-' || c == '?' || c == '+');
        String operator = text(accept, "unable to parse default function");
        var arguments = new ArrayList<Part>();
        while (scanner.peek() != '}') {
            arguments.add(argument(NOT_CLOSING, ""));
        }
        return closed(name, operator, arguments);
    }

    private Part argument(Accept accept, String escapes) {
        Token token = scanner.scan(accept, Mode.TEXT_OR_OPEN, escapes);
        return switch (token) {
            case OPEN -> expression();
            case TEXT -> new Part.Text(scanner.text());
            default -> throw new SubstitutionProblem(BAD_ARGUMENT);
        };
    }

    private Part closed(String name, String operator, List<Part> arguments) {
        close(BAD);
        return new Part.Expression(name, operator, arguments);
    }

    private void close(String otherwise) {
        if (scanner.scan(ANY, Mode.CLOSE) != Token.CLOSE) {
            throw new SubstitutionProblem(otherwise);
        }
    }

    private String text(Accept accept, String otherwise) {
        if (scanner.scan(accept, Mode.TEXT) != Token.TEXT) {
            throw new SubstitutionProblem(otherwise);
        }
        return scanner.text();
    }
}
