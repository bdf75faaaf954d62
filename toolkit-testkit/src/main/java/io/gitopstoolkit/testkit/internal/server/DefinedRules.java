package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.admission.Admissions;
import io.gitopstoolkit.testkit.internal.cel.CelSupport;
import io.gitopstoolkit.testkit.internal.definition.DefinitionChecks;
import io.gitopstoolkit.testkit.internal.definition.StructuralSchema;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of custom resource definitions, and those that they give to their objects. */
final class DefinedRules {
    private DefinedRules() {}

    /**
     * What an object of a custom resource breaks.
     *
     * @param live the object before; null for a new one
     * @param warnings collects what is broken as it was before
     */
    static List<FieldError> check(
            Resource resource,
            String subresource,
            Map<String, Object> object,
            @Nullable Map<String, Object> live,
            List<String> warnings) {
        StructuralSchema schema = resource.structural();
        if (schema == null) {
            return List.of();
        }
        var tolerated = new ArrayList<Violation>();
        List<Violation> errors = subresource.equals("status") && live != null
                ? schema.checkStatus(object, live, tolerated)
                : schema.check(object, live, tolerated);
        tolerated.forEach(one -> warnings.add(one.field() + ": " + one.message()));
        return errors(errors);
    }

    /**
     * What a definition breaks.
     *
     * @throws ApiException 501 if it asks for what this API cannot do
     */
    static List<FieldError> checkDefinition(Map<String, Object> definition, @Nullable Map<String, Object> live) {
        var errors = new ArrayList<Violation>(DefinitionChecks.check(definition));
        errors.addAll(
                live == null ? DefinitionChecks.checkName(definition) : DefinitionChecks.checkUpdate(live, definition));
        if (errors.isEmpty()) {
            requirePossible(definition);
        }
        return errors(errors);
    }

    /**
     * What an object of {@code admissionregistration.k8s.io} breaks.
     *
     * @throws ApiException 501 if it asks for what this API cannot do
     */
    static List<FieldError> checkRegistration(Admissions admissions, Resource resource, Map<String, Object> object) {
        if (!resource.group().equals("admissionregistration.k8s.io")) {
            return List.of();
        }
        if (resource.name().startsWith("mutatingadmissionpolic")) {
            throw ApiException.notImplemented(resource.kind());
        }
        List<FieldError> form = errors(admissions.checkForm(object));
        if (!form.isEmpty() || !Admissions.hasExpressions(object)) {
            return form;
        }
        if (!CelSupport.isPresent()) {
            throw ApiException.notImplemented(
                    "expressions of admission without the library " + CelSupport.LIBRARY + " on the class path");
        }
        List<FieldError> errors = errors(admissions.checkExpressions(object));
        if (errors.isEmpty() && Admissions.usesAuthorizer(object)) {
            throw ApiException.notImplemented("the variable authorizer of expressions of admission");
        }
        return errors;
    }

    private static void requirePossible(Map<String, Object> definition) {
        if (Tree.text(definition, "spec", "conversion", "strategy").equals("Webhook")) {
            throw ApiException.notImplemented("the conversion of custom resources by webhook");
        }
        boolean hasRules = Tree.mapsAt(definition, "spec", "versions").stream()
                .anyMatch(version -> CelSupport.hasRules(Tree.mapAt(version, "schema", "openAPIV3Schema")));
        if (hasRules && !CelSupport.isPresent()) {
            throw ApiException.notImplemented(
                    "x-kubernetes-validations without the library " + CelSupport.LIBRARY + " on the class path");
        }
    }

    private static List<FieldError> errors(List<Violation> violations) {
        return violations.stream()
                .map(one -> new FieldError(one.reason(), one.field(), one.message()))
                .toList();
    }
}
