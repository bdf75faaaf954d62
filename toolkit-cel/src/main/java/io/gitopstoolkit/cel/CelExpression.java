package io.gitopstoolkit.cel;

import static java.util.Objects.requireNonNull;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import io.gitopstoolkit.api.Expression;
import io.gitopstoolkit.cel.CelException.Reason;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An expression in CEL, with the functions that Flux gives to its own: the standard ones, optional values, and the
 * extensions for strings, sets and Base64, of which the function {@code format} alone is missing. Numbers of different
 * types compare by value; times are in UTC.
 *
 * <p>Expressions may come from strangers: one is no longer than 10,000 characters, and an evaluation takes no more than
 * 100,000 steps, 10,000 turns of its loops and one second, and makes no text over 1,000,000 characters and no list or map
 * over 100,000 entries. Flux has no such limits but time.
 *
 * <p>Immutable, and safe between threads. Parsing takes a millisecond or less after the first time, evaluation
 * microseconds: parse once.
 *
 * @see <a href="https://github.com/fluxcd/pkg/tree/main/runtime/cel">Flux: runtime/cel</a>
 */
public final class CelExpression implements Expression {
    private final String text;
    private final Program program;

    private CelExpression(String text, CelAbstractSyntaxTree tree) {
        this.text = text;
        try {
            this.program = Environment.RUNTIME.createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new CelException(
                    Reason.INVALID_EXPRESSION, "the CEL expression '" + text + "': " + e.getMessage(), e);
        }
    }

    /**
     * Parses {@code text}. What variables there are, shows at evaluation: Flux treats its health expressions in this way,
     * for which fields an object has is not known before.
     *
     * @throws CelException if it is no expression; the message has line and column
     */
    public static CelExpression parse(String text) {
        requireNonNull(text, "text");
        return new CelExpression(text, valid(text, Environment.PARSER.parse(text)));
    }

    /**
     * Parses {@code text} and checks its types, given that each of {@code variables} is an object with fields of any
     * type, such as {@code self} and {@code dep}.
     *
     * @throws CelException if it is no expression, uses other variables or unknown functions, or cannot have a value
     *     because of its types; the message has line and column
     */
    public static CelExpression compile(String text, Collection<String> variables) {
        requireNonNull(text, "text");
        return new CelExpression(
                text, valid(text, Environment.compiler(variables).compile(text)));
    }

    private static CelAbstractSyntaxTree valid(String text, CelValidationResult result) {
        try {
            if (!result.hasError()) {
                return result.getAst();
            }
        } catch (CelValidationException e) {
            throw new CelException(Reason.INVALID_EXPRESSION, invalid(text, "") + e.getMessage(), e);
        }
        CelIssue first = result.getErrors().get(0);
        var place = first.getSourceLocation();
        String at = " at " + place.getLine() + ':' + (place.getColumn() + 1);
        throw new CelException(Reason.INVALID_EXPRESSION, invalid(text, at) + first.getMessage(), null);
    }

    private static String invalid(String text, String at) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return "the CEL expression '" + shown + "' is invalid" + at + ": ";
    }

    /**
     * {@inheritDoc}
     *
     * <p>Whole numbers are {@link Long}, others {@link Double}; a time or a duration comes as text.
     *
     * @throws CelException if it has no value for these variables, or exceeds a limit
     */
    @Override
    public @Nullable Object evaluate(Map<String, ? extends @Nullable Object> variables) {
        var given = new LinkedHashMap<String, Object>();
        variables.forEach((name, value) -> {
            // Converting costs more than evaluating: most expressions read one or two fields of an object.
            if (text.contains(name)) {
                given.put(name, Values.toCel(value));
            }
        });
        var budget = new Budget();
        try {
            return Values.fromCel(program.trace(given, budget));
        } catch (CelEvaluationException | IllegalArgumentException e) {
            Reason why = budget.isSpent(e) ? Reason.LIMIT_EXCEEDED : Reason.NO_VALUE;
            throw new CelException(why, "the CEL expression '" + text + "': " + e.getMessage(), e);
        }
    }

    /** The text of the expression. */
    @Override
    public String toString() {
        return text;
    }
}
