package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.admission.AdmissionRequest.Target;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which requests the rules and selectors of webhooks and policies choose. */
final class Matching {
    private static final Set<String> EXEMPT = Set.of(
            "mutatingwebhookconfigurations",
            "validatingwebhookconfigurations",
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings");

    private Matching() {}

    /** Whether admission is not asked about the resource, so that nobody locks themselves out. */
    static boolean isExempt(Target target) {
        return target.group().equals("admissionregistration.k8s.io") && EXEMPT.contains(target.resource());
    }

    /** The version in which the request matches one of the rules; null where it matches none. */
    static @Nullable String version(List<Map<String, Object>> rules, String matchPolicy, AdmissionRequest request) {
        Target target = request.target();
        if (matches(rules, target, request.operation())) {
            return target.version();
        }
        if (!matchPolicy.equals("Exact")) {
            for (String version : target.versions()) {
                if (matches(rules, target.in(version), request.operation())) {
                    return version;
                }
            }
        }
        return null;
    }

    static boolean matches(List<Map<String, Object>> rules, Target target, String operation) {
        return rules.stream().anyMatch(rule -> matches(rule, target, operation));
    }

    private static boolean matches(Map<String, Object> rule, Target target, String operation) {
        List<String> names = Tree.textsAt(rule, "resourceNames");
        return has(rule, "operations", operation)
                && has(rule, "apiGroups", target.group())
                && has(rule, "apiVersions", target.version())
                && Tree.textsAt(rule, "resources").stream().anyMatch(resource -> names(resource, target))
                && (names.isEmpty() || names.contains(target.name()))
                && isInScope(Tree.text(rule, "scope"), target);
    }

    private static boolean has(Map<String, Object> rule, String field, String value) {
        List<String> values = Tree.textsAt(rule, field);
        return values.contains("*") || values.contains(value);
    }

    private static boolean names(String resource, Target target) {
        int slash = resource.indexOf('/');
        String name = slash < 0 ? resource : resource.substring(0, slash);
        String subresource = slash < 0 ? "" : resource.substring(slash + 1);
        return (name.equals("*") || name.equals(target.resource()))
                && (subresource.equals("*") || subresource.equals(target.subresource()));
    }

    private static boolean isInScope(String scope, Target target) {
        boolean isNamespace = target.group().isEmpty() && target.resource().equals("namespaces");
        return switch (scope) {
            case "Namespaced" -> target.isNamespaced();
            case "Cluster" -> !target.isNamespaced() || isNamespace;
            default -> true;
        };
    }

    /** Whether both selectors of a webhook or policy choose the request. */
    static boolean isSelected(Map<String, Object> selectors, AdmissionRequest request) {
        Map<String, Object> ofObject = Tree.mapAt(selectors, "objectSelector");
        boolean object = ofObject.isEmpty()
                || (request.object() != null && LabelSelector.matches(ofObject, request.object()))
                || (request.oldObject() != null && LabelSelector.matches(ofObject, request.oldObject()));
        return object && isNamespaceSelected(Tree.mapAt(selectors, "namespaceSelector"), request);
    }

    private static boolean isNamespaceSelected(Map<String, Object> selector, AdmissionRequest request) {
        Target target = request.target();
        if (selector.isEmpty()) {
            return true;
        }
        if (target.group().isEmpty() && target.resource().equals("namespaces")) {
            return LabelSelector.matches(selector, request.subject());
        }
        return !target.isNamespaced() || LabelSelector.matches(selector, target.namespaceObject());
    }
}
