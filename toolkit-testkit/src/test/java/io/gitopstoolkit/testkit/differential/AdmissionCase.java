package io.gitopstoolkit.testkit.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is registered, and what is answered to the creation of a ConfigMap then.
 *
 * @param kind of what is registered: {@code Validating}, {@code Mutating} or {@code Policy}
 * @param specification as YAML: fields of the webhook, or the specification of the policy
 * @param answer a part of the answer, normalised
 */
record AdmissionCase(String name, String kind, String specification, int status, String answer) {
    static Stream<AdmissionCase> all() {
        var all = new ArrayList<AdmissionCase>(hooks());
        all.addAll(policies());
        return all.stream();
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<AdmissionCase> hooks() {
        return List.of(
                hook(
                        "refusal",
                        "Validating",
                        "/deny",
                        403,
                        "admission webhook \\\"h.example.org\\\" denied the request: no way"),
                hook("silent refusal", "Validating", "/silent", 400, "denied the request without explanation"),
                hook("patch", "Mutating", "/patch", 201, "\"data\":{\"a\":\"b\",\"patched\":\"yes\"}"),
                hook("misfit", "Mutating", "/misfit", 500, "Unable to remove nonexistent key: nope: missing value"),
                hook(
                        "patch of a validating webhook",
                        "Validating",
                        "/patch",
                        500,
                        "received invalid webhook response: validating webhook may not return response.patch"),
                hook("broken", "Validating", "/broken", 500, "has prevented the request from succeeding"),
                hook("other review", "Validating", "/other", 500, "expected response.uid="),
                hook("ignored failure", "Validating", "/broken, failurePolicy: Ignore", 201, "\"data\":{\"a\":\"b\"}"),
                hook(
                        "condition that holds",
                        "Validating",
                        "/deny, matchConditions: [{name: x, expression: \"object.metadata.name == 'c'\"}]",
                        403,
                        "no way"),
                hook(
                        "condition that does not hold",
                        "Validating",
                        "/deny, matchConditions: [{name: x, expression: \"object.metadata.name == 'd'\"}]",
                        201,
                        "\"data\":{\"a\":\"b\"}"),
                hook(
                        "condition without a value",
                        "Validating",
                        "/deny, matchConditions: [{name: x, expression: \"object.metadata.nope == 'd'\"}]",
                        403,
                        "expression 'object.metadata.nope == 'd'' resulted in error: no such key: nope"),
                hook(
                        "selected object",
                        "Validating",
                        "/deny, objectSelector: {matchExpressions: [{key: l, operator: DoesNotExist}]}",
                        403,
                        "no way"),
                hook(
                        "other object",
                        "Validating",
                        "/deny, objectSelector: {matchLabels: {l: x}}",
                        201,
                        "\"data\":{\"a\":\"b\"}"));
    }

    private static AdmissionCase hook(String name, String kind, String path, int status, String answer) {
        return new AdmissionCase(name, kind, path, status, answer);
    }

    private static List<AdmissionCase> policies() {
        String denied = "ValidatingAdmissionPolicy '{ns}' with binding '{ns}' denied request: ";
        return List.of(
                policy("validations: [{expression: \"object.data.a == 'b'\"}]", 201, "\"data\":{\"a\":\"b\"}"),
                policy(
                        "validations: [{expression: \"object.data.a == 'c'\"}]",
                        422,
                        denied + "failed expression: object.data.a == 'c'"),
                policy(
                        "validations: [{expression: \"false\", message: not this, reason: Forbidden}]",
                        403,
                        denied + "not this"),
                policy(
                        "validations: [{expression: \"false\", messageExpression: \"'is ' + object.data.a\"}]",
                        422,
                        denied + "is b"),
                policy(
                        "validations: [{expression: \"object.data.zz == 'b'\"}]",
                        422,
                        denied + "expression 'object.data.zz == 'b'' resulted in error: no such key: zz"),
                policy(
                        "failurePolicy: Ignore, validations: [{expression: \"object.data.zz == 'b'\"}]",
                        201,
                        "\"data\":{\"a\":\"b\"}"),
                policy(
                        "variables: [{name: a, expression: object.data.a}, {name: c, expression: variables.a + '!'}],"
                                + " validations: [{expression: \"variables.c == 'c!'\"}]",
                        422,
                        denied + "failed expression: variables.c == 'c!'"),
                policy(
                        "matchConditions: [{name: x, expression: \"request.operation == 'UPDATE'\"}], validations:"
                                + " [{expression: \"false\"}]",
                        201,
                        "\"data\":{\"a\":\"b\"}"),
                policy(
                        "validations: [{expression: \"namespaceObject.metadata.name != request.namespace\"}]",
                        422,
                        denied + "failed expression"));
    }

    private static AdmissionCase policy(String specification, int status, String answer) {
        return new AdmissionCase(specification, "Policy", specification, status, answer);
    }

    /** The objects to register. */
    List<Exchange> registration(AdmissionHook hook) {
        return switch (kind) {
            case "Policy" ->
                List.of(
                        create(
                                "validatingadmissionpolicies",
                                "kind: ValidatingAdmissionPolicy",
                                "spec: {matchConstraints: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name:"
                                        + " '{ns}'}}, resourceRules: [{operations: ['*'], apiGroups: [''], apiVersions:"
                                        + " [v1], resources: [configmaps]}]}, " + specification + "}"),
                        create(
                                "validatingadmissionpolicybindings",
                                "kind: ValidatingAdmissionPolicyBinding",
                                "spec: {policyName: '{ns}', validationActions: [Deny]}"));
            default ->
                List.of(create(
                        kind.equals("Mutating") ? "mutatingwebhookconfigurations" : "validatingwebhookconfigurations",
                        "kind: " + kind + "WebhookConfiguration",
                        "webhooks: [{name: h.example.org, rules: [{operations: [CREATE], apiGroups: [''], apiVersions:"
                                + " [v1], resources: [configmaps]}], sideEffects: None, admissionReviewVersions: [v1],"
                                + " timeoutSeconds: 20, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name:"
                                + " '{ns}'}}, clientConfig: {caBundle: " + AdmissionHook.caBundle() + ", url: '"
                                + hook.url() + path() + "'}" + rest() + "}]"));
        };
    }

    private String path() {
        return specification.indexOf(',') < 0 ? specification : specification.substring(0, specification.indexOf(','));
    }

    private String rest() {
        return specification.substring(path().length());
    }

    private static Exchange create(String resource, String kind, String rest) {
        return Exchange.parse("> POST /apis/admissionregistration.k8s.io/v1/" + resource + "\n"
                        + "apiVersion: admissionregistration.k8s.io/v1\n" + kind + "\nmetadata: {name: '{ns}'}\n"
                        + rest + "\n")
                .get(0);
    }
}
