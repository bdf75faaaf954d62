package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.admission.Admissions;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether an object may be stored: its namespace takes it, and it keeps the rules of its kind. */
final class Admission {
    private final Store store;
    private final Admissions admissions;
    private final Resource definitions;
    private final Resource namespaces;
    private final ServiceAddresses addresses;

    Admission(Store store, Registry registry, Admissions admissions) {
        this.admissions = admissions;
        this.store = store;
        this.definitions = registry.builtIn("apiextensions.k8s.io", "v1", "customresourcedefinitions");
        this.namespaces = registry.builtIn("", "v1", "namespaces");
        this.addresses = new ServiceAddresses(store, registry.builtIn("", "v1", "services"));
    }

    void admitCreate(Resource resource, String namespace, Map<String, Object> object) {
        if (resource.isNamespaced()) {
            checkNamespace(resource, namespace, Tree.text(object, "metadata", "name"));
        }
        if (resource.isCustom()) {
            checkDefinition(resource, Tree.text(object, "metadata", "name"));
        }
        var errors = new ArrayList<FieldError>(Names.check(resource, object));
        errors.addAll(Rules.check(resource, object));
        var warnings = new ArrayList<String>();
        errors.addAll(DefinedRules.check(resource, "", object, null, warnings));
        if (isDefinition(resource)) {
            errors.addAll(DefinedRules.checkDefinition(object, null));
        }
        errors.addAll(DefinedRules.checkRegistration(admissions, resource, object));
        refuseIf(resource, object, errors);
        if (resource.is("", "services")) {
            addresses.allocate(object);
        }
    }

    private static boolean isDefinition(Resource resource) {
        return resource.is("apiextensions.k8s.io", "customresourcedefinitions");
    }

    private void checkDefinition(Resource resource, String name) {
        Map<String, Object> definition = store.get(definitions, "", resource.qualifiedName());
        if (!Tree.text(definition, "metadata", "deletionTimestamp").isEmpty()) {
            throw ApiException.forbidden(
                    resource, name, "create not allowed while custom resource definition is terminating");
        }
    }

    private void checkNamespace(Resource resource, String namespace, String name) {
        Map<String, Object> found = store.get(namespaces, "", namespace);
        if (found == null) {
            throw ApiException.notFound(namespaces, namespace);
        }
        if (!Tree.text(found, "metadata", "deletionTimestamp").isEmpty()) {
            throw ApiException.terminating(resource, name, namespace);
        }
    }

    /** Refuses a change that may not be; gives what the client is told beside. */
    List<String> admitUpdate(
            Resource resource, String subresource, Map<String, Object> live, Map<String, Object> object) {
        var warnings = new ArrayList<String>();
        var errors = new ArrayList<FieldError>(Names.checkMetadata(Tree.mapAt(object, "metadata")));
        checkFinalizers(live, object, errors);
        if (subresource.isEmpty()) {
            errors.addAll(Rules.check(resource, object));
            errors.addAll(Immutability.check(resource, live, object));
        }
        if (subresource.isEmpty() || subresource.equals("status")) {
            errors.addAll(DefinedRules.check(resource, subresource, object, live, warnings));
        }
        if (subresource.isEmpty()) {
            errors.addAll(DefinedRules.checkRegistration(admissions, resource, object));
        }
        if (isDefinition(resource) && subresource.isEmpty()) {
            errors.addAll(DefinedRules.checkDefinition(object, live));
        }
        refuseIf(resource, object, errors);
        if (resource.is("", "services") && subresource.isEmpty()) {
            addresses.allocate(object);
        }
        return warnings;
    }

    private static void checkFinalizers(Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
        List<String> added = new ArrayList<>(Tree.textsAt(object, "metadata", "finalizers"));
        added.removeAll(Tree.textsAt(live, "metadata", "finalizers"));
        if (!added.isEmpty()
                && !Tree.text(live, "metadata", "deletionTimestamp").isEmpty()) {
            String shown =
                    String.join(", ", added.stream().sorted().map(Json::print).toList());
            errors.add(FieldError.forbidden(
                    "metadata.finalizers",
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                            + shown + "}"));
        }
    }

    /** An apply that names the object's uid means one that is there; it does not create another. */
    void checkNotDeleted(Map<String, Object> configuration, Resource resource, String name) {
        String uid = Tree.text(configuration, "metadata", "uid");
        if (!uid.isEmpty()) {
            throw ApiException.conflict(
                    resource,
                    name,
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
    }

    static ApiException wrongUid(Resource resource, String name, String uid) {
        FieldError error = FieldError.immutable("metadata.uid", uid);
        return ApiException.invalid(resource.group(), resource.kind(), name, List.of(error, error));
    }

    private static void refuseIf(Resource resource, Map<String, Object> object, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiException.invalid(
                    resource.group(), resource.kind(), Tree.text(object, "metadata", "name"), errors);
        }
    }
}
