package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule of {@code x-kubernetes-validations}, compiled for the schema that it stands in.
 *
 * @param definition the rule as it is written
 * @param program null where it could not be compiled
 * @param error why it could not; empty where it could
 * @param message what makes the message; null where there is none, or it could not be compiled
 * @param messageError why it could not; empty where it could
 */
public record CompiledRule(
        Map<String, Object> definition,
        @Nullable CelProgram program,
        String error,
        @Nullable CelProgram message,
        String messageError) {
    private static final String SELF = "self";
    private static final String OLD_SELF = "oldSelf";

    /** Compiles the rules of a schema, without those of the schemas in it. */
    public static List<CompiledRule> ofSchema(Map<String, Object> schema, boolean isResource) {
        List<Map<String, Object>> rules = Tree.mapsAt(schema, "x-kubernetes-validations");
        var compiled = new ArrayList<CompiledRule>();
        if (rules.isEmpty()) {
            return compiled;
        }
        var types = new DeclaredTypes();
        CelType self = types.of(schema, "selfType1", isResource);
        if (self == null) {
            return rules.stream()
                    .map(rule -> new CompiledRule(
                            rule, null, "failed to convert to declType for CEL validation rules", null, ""))
                    .toList();
        }
        CelEnvironment plain = null;
        CelEnvironment optional = null;
        for (Map<String, Object> rule : rules) {
            if (Boolean.TRUE.equals(rule.get("optionalOldSelf"))) {
                optional = optional == null ? environment(types, self, OptionalType.create(self)) : optional;
                compiled.add(compile(rule, optional));
            } else {
                plain = plain == null ? environment(types, self, self) : plain;
                compiled.add(compile(rule, plain));
            }
        }
        return compiled;
    }

    private static CelEnvironment environment(DeclaredTypes types, CelType self, CelType old) {
        var variables = new LinkedHashMap<String, CelType>();
        variables.put(SELF, self);
        variables.put(OLD_SELF, old);
        return CelEnvironment.typed(types, variables);
    }

    private static CompiledRule compile(Map<String, Object> rule, CelEnvironment environment) {
        CelProgram program;
        try {
            program = environment.compile(Tree.text(rule, "rule"));
        } catch (CelException e) {
            return new CompiledRule(rule, null, "compilation failed: " + e.message(), null, "");
        }
        if (program.kind() != CelProgram.Kind.BOOL) {
            return new CompiledRule(rule, null, "cel expression must evaluate to a bool", null, "");
        }
        String text = Tree.text(rule, "messageExpression");
        if (text.isEmpty()) {
            return new CompiledRule(rule, program, "", null, "");
        }
        try {
            CelProgram message = environment.compile(text);
            boolean isText = message.kind() == CelProgram.Kind.STRING;
            return new CompiledRule(
                    rule,
                    program,
                    "",
                    isText ? message : null,
                    isText ? "" : "messageExpression must evaluate to a string");
        } catch (CelException e) {
            return new CompiledRule(rule, program, "", null, "messageExpression compilation failed: " + e.message());
        }
    }

    /** Whether it compares with what was there before. */
    public boolean usesOldSelf() {
        return program != null && program.reads(OLD_SELF);
    }

    boolean takesNoOldSelf() {
        return Boolean.TRUE.equals(definition.get("optionalOldSelf"));
    }

    /** The variables for a value; {@code old} is null where there is none. */
    static Map<String, Object> variables(Object self, @Nullable Object old, boolean optional) {
        var variables = new LinkedHashMap<String, Object>();
        variables.put(SELF, self);
        if (optional) {
            variables.put(OLD_SELF, Optional.ofNullable(old));
        } else if (old != null) {
            variables.put(OLD_SELF, old);
        }
        return variables;
    }

    /** How errors name the rule: by its message, or by its text. */
    String shown() {
        String given = Tree.text(definition, "message").trim();
        return given.isEmpty() ? Tree.text(definition, "rule").trim() : given;
    }

    /** What is said where the rule is broken, unless an expression makes it. */
    String defaultMessage() {
        String given = Tree.text(definition, "message").trim();
        return given.isEmpty() ? "failed rule: " + shown() : given;
    }
}
