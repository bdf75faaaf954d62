package io.gitopstoolkit.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The functions and options that expressions are parsed, checked and run with: those of Flux. */
final class Environment {
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(10_000)
            .maxParseRecursionDepth(250)
            .comprehensionMaxIterations(10_000)
            .maxRegexProgramSize(10_000)
            .build();

    /** Two make much of little: these have bounds of their own. */
    private static final Set<Function> UNBOUNDED = EnumSet.of(Function.REPLACE, Function.JOIN);

    private static final CelOptionalLibrary OPTIONAL = CelExtensions.optional(2);

    static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(OPTIONAL)
            .build();

    static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(
                    CelExtensions.strings(EnumSet.complementOf(EnumSet.copyOf(UNBOUNDED))),
                    CelExtensions.sets(OPTIONS),
                    CelExtensions.encoders(OPTIONS),
                    OPTIONAL)
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    "replace",
                    CelFunctionBinding.from(
                            "string_replace_string_string",
                            List.of(String.class, String.class, String.class),
                            texts -> Texts.replace((String) texts[0], (String) texts[1], (String) texts[2], -1)),
                    CelFunctionBinding.from(
                            "string_replace_string_string_int",
                            List.of(String.class, String.class, String.class, Long.class),
                            texts -> Texts.replace(
                                    (String) texts[0], (String) texts[1], (String) texts[2], (Long) texts[3]))))
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    "join",
                    CelFunctionBinding.from("list_join", List.class, list -> Texts.join(list, "")),
                    CelFunctionBinding.from("list_join_string", List.class, String.class, Texts::join)))
            .build();

    private Environment() {}

    /** A compiler that knows these variables, as objects, and no others. */
    static CelCompiler compiler(Collection<String> variables) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(libraries());
        variables.forEach(name -> builder.addVar(name, MapType.create(SimpleType.STRING, SimpleType.DYN)));
        return builder.build();
    }

    private static CelCompilerLibrary[] libraries() {
        CelStringExtensions strings = CelExtensions.strings();
        return new CelCompilerLibrary[] {strings, CelExtensions.sets(OPTIONS), CelExtensions.encoders(OPTIONS), OPTIONAL
        };
    }
}
