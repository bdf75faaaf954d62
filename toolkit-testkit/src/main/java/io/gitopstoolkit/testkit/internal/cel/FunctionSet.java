package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions by name, each with its overloads: what the compiler is told of them, and what runs. */
final class FunctionSet {
    private final Map<String, List<CelOverloadDecl>> declarations = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bindings = new LinkedHashMap<>();
    private final Map<String, Class<?>> classes = new LinkedHashMap<>();

    /** Says which Java class the values of an opaque type have. */
    FunctionSet type(CelType type, Class<?> javaClass) {
        classes.put(type.name(), javaClass);
        return this;
    }

    /** A function that is called as {@code name(arguments)}. */
    FunctionSet function(String name, CelType result, CelFunctionOverload body, CelType... arguments) {
        String id = id(name, arguments);
        return add(name, CelOverloadDecl.newGlobalOverload(id, result, arguments), body, arguments);
    }

    /** A function that is called as {@code first.name(further)}. */
    FunctionSet member(String name, CelType result, CelFunctionOverload body, CelType... arguments) {
        String id = id(name, arguments);
        return add(name, CelOverloadDecl.newMemberOverload(id, result, arguments), body, arguments);
    }

    private FunctionSet add(String name, CelOverloadDecl declaration, CelFunctionOverload body, CelType... arguments) {
        declarations.computeIfAbsent(name, key -> new ArrayList<>()).add(declaration);
        var types = new ArrayList<Class<?>>();
        for (CelType argument : arguments) {
            types.add(javaClass(argument));
        }
        bindings.computeIfAbsent(name, key -> new ArrayList<>())
                .add(CelFunctionBinding.from(declaration.overloadId(), types, body));
        return this;
    }

    private static String id(String name, CelType... arguments) {
        var id = new StringBuilder("k8s_" + name.replace('.', '_'));
        for (CelType argument : arguments) {
            id.append('_').append(argument.name());
            argument.parameters().forEach(parameter -> id.append('_').append(parameter.name()));
        }
        return id.toString();
    }

    private Class<?> javaClass(CelType type) {
        if (type.kind() == CelKind.LIST) {
            return List.class;
        }
        return switch (type.kind()) {
            case BOOL -> Boolean.class;
            case INT -> Long.class;
            case DOUBLE -> Double.class;
            case STRING -> String.class;
            default -> classes.getOrDefault(type.name(), Object.class);
        };
    }

    List<CelFunctionDecl> declarations() {
        var all = new ArrayList<CelFunctionDecl>();
        declarations.forEach((name, overloads) -> all.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        return all;
    }

    List<CelFunctionBinding> bindings() {
        var all = new ArrayList<CelFunctionBinding>();
        bindings.forEach((name, overloads) -> all.addAll(CelFunctionBinding.fromOverloads(name, overloads)));
        return all;
    }
}
