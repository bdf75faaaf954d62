package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.cel.CelEnvironment;
import io.gitopstoolkit.testkit.internal.cel.CelException;
import io.gitopstoolkit.testkit.internal.cel.CelProgram;
import io.gitopstoolkit.testkit.internal.cel.PlainValues;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Expressions of webhooks and policies: compiled once, evaluated on requests. */
final class Conditions {
    private static final List<String> VARIABLES =
            List.of("object", "oldObject", "request", "params", "namespaceObject", "variables", "authorizer");
    private static final int MOST = 1_000;

    private final Map<String, CelProgram> compiled = new ConcurrentHashMap<>();
    private @Nullable CelEnvironment environment;

    /**
     * Compiles an expression.
     *
     * @throws CelException if it is none
     */
    CelProgram compile(String text) {
        CelProgram known = compiled.get(text);
        if (known != null) {
            return known;
        }
        if (compiled.size() >= MOST) {
            compiled.clear();
        }
        CelProgram program = environment().compile(text);
        compiled.put(text, program);
        return program;
    }

    private synchronized CelEnvironment environment() {
        CelEnvironment made = environment;
        if (made == null) {
            made = CelEnvironment.dynamic(VARIABLES);
            environment = made;
        }
        return made;
    }

    /** The variables of a request. */
    static Map<String, Object> variables(AdmissionRequest request, String version) {
        var variables = new LinkedHashMap<String, Object>();
        variables.put("object", PlainValues.toCel(request.in(version, request.object())));
        variables.put("oldObject", PlainValues.toCel(request.in(version, request.oldObject())));
        variables.put("request", PlainValues.toCel(request.tree("", version)));
        variables.put("namespaceObject", PlainValues.toCel(request.target().namespaceObject()));
        variables.put("params", PlainValues.toCel(null));
        variables.put("variables", Map.of());
        return variables;
    }

    /**
     * Whether all conditions hold.
     *
     * @throws CelException if one of them has no value and none is false
     */
    boolean hold(List<Map<String, Object>> conditions, AdmissionRequest request, String version) {
        if (conditions.isEmpty()) {
            return true;
        }
        Map<String, Object> variables = variables(request, version);
        CelException failed = null;
        for (Map<String, Object> condition : conditions) {
            try {
                if (!Boolean.TRUE.equals(
                        compile(Tree.text(condition, "expression")).evaluate(variables))) {
                    return false;
                }
            } catch (CelException e) {
                failed = CelException.of("expression '"
                        + Tree.text(condition, "expression").trim() + "' resulted in error: " + e.message());
            }
        }
        if (failed != null) {
            throw failed;
        }
        return true;
    }
}
