package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A compiled expression. Immutable; safe between threads. */
public final class CelProgram {
    private static final Pattern KEY = Pattern.compile("key '(.*)' is not present in map\\.", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("Error resolving field '(.*?)'");
    private static final Pattern FUNCTION_FAILED =
            Pattern.compile("Function '.*' failed with arg\\(s\\).*", Pattern.DOTALL);

    private static final Pattern EXCEPTION = Pattern.compile("^[\\w.]+Exception: ");

    /** What an expression gives. */
    public enum Kind {
        /** True or false. */
        BOOL,
        /** A text. */
        STRING,
        /** What shows when it runs. */
        DYNAMIC,
        /** Anything else. */
        OTHER
    }

    private final CelRuntime.Program program;
    private final Kind kind;
    private final List<String> names;
    /** The library does not tell a division from a remainder. */
    private final boolean isModulus;

    CelProgram(CelRuntime.Program program, String text, Kind kind, List<String> names) {
        this.program = program;
        this.isModulus = text.indexOf('%') >= 0 && text.indexOf('/') < 0;
        this.kind = kind;
        this.names = names;
    }

    /** What it gives. */
    public Kind kind() {
        return kind;
    }

    /** Whether it reads the variable. */
    public boolean reads(String variable) {
        return names.contains(variable);
    }

    /**
     * The value for these variables, as the library has it.
     *
     * @throws CelException if it has none
     */
    public Object evaluate(Map<String, Object> variables) {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            throw new CelException(message(e));
        } catch (IllegalArgumentException | ClassCastException | ArithmeticException e) {
            throw new CelException(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a value is the null of expressions. */
    public static boolean isNull(Object value) {
        return value instanceof NullValue;
    }

    private static String plain(String text) {
        return EXCEPTION.matcher(text).replaceFirst("");
    }

    private String message(CelEvaluationException e) {
        Throwable cause = e.getCause();
        String text = cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
        if (cause != null && FUNCTION_FAILED.matcher(text).matches() && cause.getCause() != null) {
            return String.valueOf(cause.getCause().getMessage());
        }
        CelErrorCode code = e.getErrorCode();
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> {
                Matcher key = KEY.matcher(text);
                Matcher field = FIELD.matcher(text);
                yield "no such key: " + (key.matches() ? key.group(1) : field.find() ? field.group(1) : text);
            }
            case INDEX_OUT_OF_BOUNDS -> text.replaceFirst("^Index", "index");
            case DIVIDE_BY_ZERO -> isModulus ? "modulus by zero" : "division by zero";
            case OVERLOAD_NOT_FOUND -> "no such overload";
            case NUMERIC_OVERFLOW -> "integer overflow";
            case BAD_FORMAT ->
                text.contains("NumberFormatException") ? "type conversion error from 'string' to 'int'" : plain(text);
            default -> plain(text);
        };
    }
}
