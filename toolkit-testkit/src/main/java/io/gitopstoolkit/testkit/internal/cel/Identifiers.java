package io.gitopstoolkit.testkit.internal.cel;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of fields as expressions write them.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apiserver/pkg/cel#Escape">Kubernetes: cel.Escape</a>
 */
final class Identifiers {
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern POSSIBLE = Pattern.compile("[a-zA-Z_./-][a-zA-Z0-9_./-]*");
    private static final Pattern ESCAPED = Pattern.compile("__|[-./]");

    private Identifiers() {}

    /** The name as an identifier; null where it cannot be one. */
    static @Nullable String escape(String name) {
        if (RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        if (!POSSIBLE.matcher(name).matches()) {
            return null;
        }
        if (PLAIN.matcher(name).matches() && !name.contains("__")) {
            return name;
        }
        return ESCAPED.matcher(name).replaceAll(match -> Matcher.quoteReplacement(word(match.group())));
    }

    private static String word(String symbol) {
        return switch (symbol) {
            case "__" -> "__underscores__";
            case "." -> "__dot__";
            case "-" -> "__dash__";
            default -> "__slash__";
        };
    }
}
