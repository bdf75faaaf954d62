package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.cel.CelException;
import io.gitopstoolkit.testkit.internal.cel.CelProgram;
import io.gitopstoolkit.testkit.internal.cel.PlainValues;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates ValidatingAdmissionPolicies on requests.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">Kubernetes:
 *     validating admission policy</a>
 */
final class Policies {
    private final Conditions conditions;
    private final Parameters parameters;

    Policies(Conditions conditions, Parameters parameters) {
        this.conditions = conditions;
        this.parameters = parameters;
    }

    /** The objects that bindings give to policies. */
    interface Parameters {
        /** Those of a kind that a reference names, or selects; null where there is no such kind. */
        @Nullable
        List<Map<String, Object>> find(Map<String, Object> kind, Map<String, Object> reference, String namespace);
    }

    /**
     * Asks all policies that are bound.
     *
     * @param warnings collects what the client is told
     * @throws Refusal if one of them denies the request
     */
    void validate(
            List<Map<String, Object>> policies,
            List<Map<String, Object>> bindings,
            AdmissionRequest request,
            List<String> warnings) {
        if (policies.isEmpty() || bindings.isEmpty() || Matching.isExempt(request.target())) {
            return;
        }
        for (Map<String, Object> policy : policies) {
            String name = Tree.text(policy, "metadata", "name");
            String version = version(Tree.mapAt(policy, "spec", "matchConstraints"), request);
            for (Map<String, Object> binding : bindings) {
                boolean isBound = Tree.text(binding, "spec", "policyName").equals(name) && isMatched(binding, request);
                if (version != null && isBound) {
                    validate(new Bound(policy, binding, request, version), warnings);
                }
            }
        }
    }

    private record Bound(
            Map<String, Object> policy, Map<String, Object> binding, AdmissionRequest request, String version) {
        boolean isIgnoredOnFailure() {
            return Tree.text(policy, "spec", "failurePolicy").equals("Ignore");
        }
    }

    private static boolean isMatched(Map<String, Object> binding, AdmissionRequest request) {
        Map<String, Object> resources = Tree.mapAt(binding, "spec", "matchResources");
        return resources.isEmpty()
                || (Tree.mapsAt(resources, "resourceRules").isEmpty()
                        ? Matching.isSelected(resources, request) && !isExcluded(resources, request)
                        : version(resources, request) != null);
    }

    private static boolean isExcluded(Map<String, Object> resources, AdmissionRequest request) {
        return Matching.matches(Tree.mapsAt(resources, "excludeResourceRules"), request.target(), request.operation());
    }

    private static @Nullable String version(Map<String, Object> resources, AdmissionRequest request) {
        if (isExcluded(resources, request) || !Matching.isSelected(resources, request)) {
            return null;
        }
        return Matching.version(Tree.mapsAt(resources, "resourceRules"), Tree.text(resources, "matchPolicy"), request);
    }

    private void validate(Bound bound, List<String> warnings) {
        try {
            List<Map<String, Object>> matchConditions = Tree.mapsAt(bound.policy(), "spec", "matchConditions");
            if (!conditions.hold(matchConditions, bound.request(), bound.version())) {
                return;
            }
        } catch (CelException e) {
            settle(bound, "", e.message(), "", warnings);
            return;
        }
        Map<String, Object> kind = Tree.map(Tree.at(bound.policy(), "spec", "paramKind"));
        if (kind == null) {
            validate(bound, null, warnings);
            return;
        }
        Map<String, Object> reference = Tree.mapAt(bound.binding(), "spec", "paramRef");
        List<Map<String, Object>> found =
                parameters.find(kind, reference, bound.request().target().namespace());
        if (found == null) {
            settle(
                    bound,
                    "",
                    "failed to configure binding: failed to find resource referenced by paramKind: '"
                            + Tree.text(kind, "apiVersion") + ", Kind=" + Tree.text(kind, "kind") + "'",
                    "",
                    warnings);
        } else if (found.isEmpty()
                && Tree.text(reference, "parameterNotFoundAction").equals("Deny")) {
            settle(
                    bound,
                    "",
                    "failed to configure binding: no params found for policy binding with `Deny`"
                            + " parameterNotFoundAction",
                    "",
                    warnings);
        } else {
            found.forEach(params -> validate(bound, params, warnings));
        }
    }

    private void validate(Bound bound, @Nullable Map<String, Object> params, List<String> warnings) {
        Map<String, Object> variables = Conditions.variables(bound.request(), bound.version());
        variables.put("params", PlainValues.toCel(params));
        List<Map<String, Object>> declared = Tree.mapsAt(bound.policy(), "spec", "variables");
        for (Map<String, Object> validation : Tree.mapsAt(bound.policy(), "spec", "validations")) {
            String expression = Tree.text(validation, "expression");
            try {
                withVariables(declared, expression, variables);
                if (!Boolean.TRUE.equals(conditions.compile(expression).evaluate(variables))) {
                    settle(
                            bound,
                            Tree.text(validation, "reason"),
                            message(validation, variables),
                            expression,
                            warnings);
                }
            } catch (CelException e) {
                if (!bound.isIgnoredOnFailure()) {
                    settle(
                            bound,
                            "",
                            "expression '" + expression.trim() + "' resulted in error: " + e.message(),
                            expression,
                            warnings);
                }
            }
        }
    }

    /** Evaluates the declared variables that are needed; one that has no value fails whoever reads it. */
    private void withVariables(List<Map<String, Object>> declared, String expression, Map<String, Object> variables) {
        if (declared.isEmpty() || !expression.contains("variables.")) {
            return;
        }
        var values = new LinkedHashMap<String, Object>();
        for (Map<String, Object> variable : declared) {
            String name = Tree.text(variable, "name");
            variables.put("variables", values);
            try {
                values.put(
                        name,
                        conditions.compile(Tree.text(variable, "expression")).evaluate(variables));
            } catch (CelException e) {
                if (expression.matches("(?s).*\\bvariables\\." + name + "\\b.*")) {
                    throw new VariableFailure(name, e).asCelException();
                }
            }
        }
        variables.put("variables", values);
    }

    /** Why a variable has no value. */
    private record VariableFailure(String name, CelException cause) {
        CelException asCelException() {
            return CelException.of("composited variable \"" + name + "\" fails to evaluate: " + cause.message());
        }
    }

    private String message(Map<String, Object> validation, Map<String, Object> variables) {
        String expression = Tree.text(validation, "messageExpression");
        String given = Tree.text(validation, "message").trim();
        if (!expression.isEmpty()) {
            try {
                CelProgram program = conditions.compile(expression);
                String made = String.valueOf(program.evaluate(variables)).trim();
                if (!made.isEmpty() && made.indexOf('\n') < 0) {
                    return made;
                }
            } catch (CelException e) {
                return fallback(validation, given);
            }
        }
        return fallback(validation, given);
    }

    private static String fallback(Map<String, Object> validation, String given) {
        return given.isEmpty()
                ? "failed expression: " + Tree.text(validation, "expression").trim()
                : given;
    }

    private static void settle(Bound bound, String reason, String message, String expression, List<String> warnings) {
        if (bound.isIgnoredOnFailure() && expression.isEmpty()) {
            return;
        }
        String policy = Tree.text(bound.policy(), "metadata", "name");
        String binding = Tree.text(bound.binding(), "metadata", "name");
        List<String> actions = new ArrayList<>(Tree.textsAt(bound.binding(), "spec", "validationActions"));
        if (actions.contains("Warn")) {
            warnings.add("Validation failed for ValidatingAdmissionPolicy '" + policy + "' with binding '" + binding
                    + "': " + message);
        }
        if (actions.contains("Deny")) {
            String denial = "ValidatingAdmissionPolicy '" + policy + "' with binding '" + binding + "' denied request: "
                    + message;
            String why = reason.isEmpty() ? "Invalid" : reason;
            throw Refusal.forbidden(bound.request(), code(why), why, denial).withCause(denial);
        }
    }

    private static int code(String reason) {
        return switch (reason) {
            case "Unauthorized" -> 401;
            case "Forbidden" -> 403;
            case "RequestEntityTooLarge" -> 413;
            default -> 422;
        };
    }
}
