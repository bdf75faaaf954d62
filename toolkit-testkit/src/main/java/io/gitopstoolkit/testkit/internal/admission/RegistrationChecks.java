package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What configurations of webhooks, policies and their bindings must be like, beside their expressions. */
final class RegistrationChecks {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern QUALIFIED = Pattern.compile(LABEL + "(\\." + LABEL + "){2,}");
    private static final List<String> OPERATIONS = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");

    private RegistrationChecks() {}

    static List<Violation> check(Map<String, Object> object) {
        var errors = new ArrayList<Violation>();
        switch (Tree.text(object, "kind")) {
            case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration" -> {
                List<Map<String, Object>> hooks = Tree.mapsAt(object, "webhooks");
                for (int i = 0; i < hooks.size(); i++) {
                    checkWebhook(hooks.get(i), Paths.item("webhooks", i), errors);
                }
                checkNames(hooks, errors);
            }
            case "ValidatingAdmissionPolicy" -> checkPolicy(Tree.mapAt(object, "spec"), errors);
            case "ValidatingAdmissionPolicyBinding" -> checkBinding(Tree.mapAt(object, "spec"), errors);
            default -> {}
        }
        return errors;
    }

    private static void checkNames(List<Map<String, Object>> hooks, List<Violation> errors) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < hooks.size(); i++) {
            String name = Tree.text(hooks.get(i), "name");
            if (seen.contains(name)) {
                errors.add(Violation.duplicate(Paths.item("webhooks", i) + ".name", name));
            }
            seen.add(name);
        }
    }

    private static void checkWebhook(Map<String, Object> hook, String path, List<Violation> errors) {
        String name = Tree.text(hook, "name");
        if (!QUALIFIED.matcher(name).matches()) {
            errors.add(Violation.invalid(
                    path + ".name", name, "should be a domain with at least three segments separated by dots"));
        }
        List<String> versions = Tree.textsAt(hook, "admissionReviewVersions");
        if (versions.isEmpty()) {
            errors.add(Violation.required(path + ".admissionReviewVersions", "must specify one of v1, v1beta1"));
        } else if (versions.stream().noneMatch(List.of("v1", "v1beta1")::contains)) {
            errors.add(Violation.invalid(
                    path + ".admissionReviewVersions", versions, "must include at least one of v1, v1beta1"));
        }
        checkRules(Tree.mapsAt(hook, "rules"), path + ".rules", errors);
        oneOf(hook, path, "failurePolicy", List.of("Fail", "Ignore"), errors);
        oneOf(hook, path, "matchPolicy", List.of("Equivalent", "Exact"), errors);
        String effects = Tree.text(hook, "sideEffects");
        if (effects.isEmpty()) {
            errors.add(Violation.required(path + ".sideEffects", "must specify one of None, NoneOnDryRun"));
        } else {
            oneOf(hook, path, "sideEffects", List.of("None", "NoneOnDryRun"), errors);
        }
        long timeout = Tree.number(hook, 10, "timeoutSeconds");
        if (timeout < 1 || timeout > 30) {
            errors.add(Violation.invalid(
                    path + ".timeoutSeconds", timeout, "the timeout value must be between 1 and 30 seconds"));
        }
        checkClient(Tree.mapAt(hook, "clientConfig"), path + ".clientConfig", errors);
    }

    private static void oneOf(
            Map<String, Object> hook, String path, String field, List<String> allowed, List<Violation> errors) {
        String value = Tree.text(hook, field);
        if (!value.isEmpty() && !allowed.contains(value)) {
            errors.add(Violation.unsupported(path + "." + field, value, allowed));
        }
    }

    private static void checkRules(List<Map<String, Object>> rules, String path, List<Violation> errors) {
        for (int i = 0; i < rules.size(); i++) {
            String at = Paths.item(path, i);
            List<String> operations = Tree.textsAt(rules.get(i), "operations");
            for (int j = 0; j < operations.size(); j++) {
                if (!OPERATIONS.contains(operations.get(j))) {
                    errors.add(Violation.unsupported(Paths.item(at + ".operations", j), operations.get(j), OPERATIONS));
                }
            }
            for (String field : List.of("operations", "apiGroups", "apiVersions", "resources")) {
                if (Tree.textsAt(rules.get(i), field).isEmpty()) {
                    errors.add(Violation.required(at + "." + field, ""));
                }
            }
        }
    }

    private static void checkClient(Map<String, Object> client, String path, List<Violation> errors) {
        String url = Tree.text(client, "url");
        boolean hasService = client.get("service") != null;
        if (url.isEmpty() == !hasService) {
            errors.add(Violation.required(path, "exactly one of url or service is required"));
        } else if (!url.isEmpty()) {
            checkUrl(url, path + ".url", errors);
        }
    }

    private static void checkUrl(String url, String path, List<Violation> errors) {
        String form = "; desired format: https://host[/path]";
        try {
            URI uri = new URI(url);
            if (!"https".equals(uri.getScheme())) {
                errors.add(Violation.invalid(path, uri.getScheme(), "'https' is the only allowed URL scheme" + form));
            }
            if (uri.getHost() == null) {
                errors.add(Violation.invalid(path, "", "host must be specified" + form));
            }
            if (uri.getUserInfo() != null) {
                errors.add(Violation.invalid(path, uri.getUserInfo(), "user information is not permitted in the URL"));
            }
            if (uri.getFragment() != null) {
                errors.add(Violation.invalid(path, uri.getFragment(), "fragments are not permitted in the URL"));
            }
            if (uri.getRawQuery() != null) {
                errors.add(Violation.invalid(path, uri.getRawQuery(), "query parameters are not permitted in the URL"));
            }
        } catch (URISyntaxException e) {
            errors.add(Violation.required(path, "url must be a valid URL: " + e.getMessage() + form));
        }
    }

    private static void checkPolicy(Map<String, Object> spec, List<Violation> errors) {
        if (Tree.mapsAt(spec, "validations").isEmpty()
                && Tree.mapsAt(spec, "auditAnnotations").isEmpty()) {
            String detail = "validations or auditAnnotations must contain at least one item";
            errors.add(Violation.required("spec.validations", detail));
            errors.add(Violation.required("spec.auditAnnotations", detail));
        }
        if (spec.get("matchConstraints") == null) {
            errors.add(Violation.required("spec.matchConstraints", ""));
        } else if (Tree.mapsAt(spec, "matchConstraints", "resourceRules").isEmpty()) {
            errors.add(Violation.required("spec.matchConstraints.resourceRules", ""));
        }
    }

    private static void checkBinding(Map<String, Object> spec, List<Violation> errors) {
        if (Tree.text(spec, "policyName").isEmpty()) {
            errors.add(Violation.required("spec.policyName", ""));
        }
        List<String> actions = Tree.textsAt(spec, "validationActions");
        if (actions.isEmpty()) {
            errors.add(Violation.required("spec.validationActions", "at least one validation action is required"));
        }
        if (actions.contains("Deny") && actions.contains("Warn")) {
            errors.add(Violation.invalid(
                    "spec.validationActions",
                    actions,
                    "must not contain both Deny and Warn (repeating the same validation failure information in the API"
                            + " response and headers serves no purpose)"));
        }
        Map<String, Object> reference = Tree.map(spec.get("paramRef"));
        if (reference != null && Tree.text(reference, "parameterNotFoundAction").isEmpty()) {
            errors.add(Violation.required("spec.paramRef.parameterNotFoundAction", ""));
        }
    }
}
