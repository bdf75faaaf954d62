package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Compiles expressions with the functions that Kubernetes 1.36 gives to them, for given variables. Immutable; safe
 * between threads.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/">Kubernetes: Common Expression Language</a>
 */
public final class CelEnvironment {
    private static final int MOST_TURNS = 1_000_000;
    private static final CelOptions OPTIONS = options();
    private static final CelStringExtensions STRINGS =
            CelExtensions.strings(EnumSet.complementOf(EnumSet.of(CelStringExtensions.Function.REVERSE)));
    private static final CelListsExtensions LISTS = CelExtensions.lists();
    private static final CelOptionalLibrary OPTIONAL = CelExtensions.optional(2);
    private static final FunctionSet FUNCTIONS = functions();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(STRINGS, LISTS, CelExtensions.sets(OPTIONS), CelExtensions.comprehensions(), OPTIONAL)
            .addFunctionBindings(FUNCTIONS.bindings())
            .build();

    private final CelCompiler compiler;

    private CelEnvironment(CelCompiler compiler) {
        this.compiler = compiler;
    }

    /** An environment whose variables have types that are found out when expressions run. */
    public static CelEnvironment dynamic(List<String> variables) {
        CelCompilerBuilder builder = builder();
        variables.forEach(name -> builder.addVar(name, SimpleType.DYN));
        return new CelEnvironment(builder.build());
    }

    /** An environment with variables of types that are known. */
    static CelEnvironment typed(DeclaredTypes types, Map<String, CelType> variables) {
        CelCompilerBuilder builder = builder().setTypeProvider(types.provider());
        variables.forEach(builder::addVar);
        return new CelEnvironment(builder.build());
    }

    private static CelOptions options() {
        return CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .comprehensionMaxIterations(MOST_TURNS)
                .build();
    }

    private static CelCompilerBuilder builder() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(new CelCompilerLibrary[] {
                    STRINGS, LISTS, CelExtensions.sets(OPTIONS), CelExtensions.comprehensions(), OPTIONAL
                })
                .addFunctionDeclarations(FUNCTIONS.declarations());
    }

    private static FunctionSet functions() {
        var functions = new FunctionSet();
        Quantities.addTo(functions);
        Addresses.addTo(functions);
        Lists.addTo(functions);
        Urls.addTo(functions);
        Texts.addTo(functions);
        NamedFormats.addTo(functions);
        Semvers.addTo(functions);
        return functions;
    }

    /**
     * Compiles an expression.
     *
     * @throws CelException if it is none, or uses what there is not
     */
    public CelProgram compile(String text) {
        CelValidationResult result = compiler.compile(text);
        if (result.hasError()) {
            throw new CelException(issues(result.getErrors(), text));
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            List<CelIssue> literals = Literals.check(tree);
            if (!literals.isEmpty()) {
                throw new CelException(issues(literals, text));
            }
            return new CelProgram(RUNTIME.createProgram(tree), text, kind(tree.getResultType()), names(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new CelException(String.valueOf(e.getMessage()));
        }
    }

    private static CelProgram.Kind kind(CelType type) {
        if (type.kind() == CelKind.BOOL) {
            return CelProgram.Kind.BOOL;
        }
        return switch (type.kind()) {
            case STRING -> CelProgram.Kind.STRING;
            case DYN -> CelProgram.Kind.DYNAMIC;
            default -> CelProgram.Kind.OTHER;
        };
    }

    private static List<String> names(CelAbstractSyntaxTree tree) {
        return tree.getReferenceMap().values().stream()
                .map(reference -> reference.name())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** As cel-go prints them: each with its line, and a mark below it. */
    private static String issues(List<CelIssue> issues, String text) {
        List<String> lines = text.lines().toList();
        var printed = new ArrayList<String>();
        for (CelIssue issue : issues) {
            int line = issue.getSourceLocation().getLine();
            int column = issue.getSourceLocation().getColumn();
            String source = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
            printed.add("ERROR: <input>:" + line + ":" + (column + 1) + ": " + message(issue.getMessage()) + "\n | "
                    + source.replace('\t', ' ') + "\n | " + ".".repeat(Math.max(column, 0)) + "^");
        }
        return String.join("\n", printed);
    }

    private static String message(String message) {
        int candidates = message.indexOf(" (candidates: ");
        String shown = candidates < 0 ? message : message.substring(0, candidates);
        boolean syntax = shown.startsWith("mismatched input")
                || shown.startsWith("extraneous input")
                || shown.startsWith("no viable alternative")
                || shown.startsWith("missing ")
                || shown.startsWith("token recognition error");
        return syntax ? "Syntax error: " + shown : shown;
    }
}
