package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Whether kind, name and namespace of a body are those of the request's path. */
final class Identity {
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    private static final int LONGEST_MANAGER = 128;
    private static final int LONGEST_GENERATED = 63;

    private Identity() {}

    static void checkKind(ApiRequest request, Map<String, Object> body) {
        if (request.resource().isCustom()) {
            DeclaredKind.checkBody(request, body);
            return;
        }
        String apiVersion = Tree.text(body, "apiVersion");
        String kind = Tree.text(body, "kind");
        Resource resource = request.resource();
        boolean otherVersion = !apiVersion.isEmpty() && !apiVersion.equals(resource.apiVersion());
        if (otherVersion || (!kind.isEmpty() && !kind.equals(resource.kind()))) {
            throw ApiException.badRequest(kind + " in version \"" + Resource.versionOf(apiVersion)
                    + "\" cannot be handled as a " + resource.kind() + ": "
                    + (otherVersion
                            ? "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                                    + "\" in scheme \"pkg/runtime/scheme.go:111\""
                            : "converting (" + resource.version() + "." + kind + ") to (" + resource.internalGroup()
                                    + "." + resource.kind() + "): unknown conversion"));
        }
    }

    static void checkNamespace(ApiRequest request, Map<String, Object> body) {
        String namespace = Tree.text(body, "metadata", "namespace");
        if (!namespace.isEmpty() && !namespace.equals(request.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    static void checkName(ApiRequest request, Map<String, Object> body) {
        String name = Tree.text(body, "metadata", "name");
        if (name.isEmpty()) {
            throw undeterminable(request);
        }
        if (!name.equals(request.name())) {
            throw mismatch(name, request.name());
        }
    }

    private static ApiException mismatch(String name, String expected) {
        return ApiException.badRequest(
                "the name of the object (" + name + ") does not match the name on the URL (" + expected + ")");
    }

    private static ApiException undeterminable(ApiRequest request) {
        return ApiException.badRequest("the name of the object (" + request.name()
                + " based on URL) was undeterminable: name must be provided");
    }

    static void checkUnchanged(ApiRequest request, Map<String, Object> live, Map<String, Object> patched) {
        String name = Tree.text(patched, "metadata", "name");
        if (name.isEmpty()) {
            throw undeterminable(request);
        }
        if (!name.equals(Tree.text(live, "metadata", "name"))) {
            throw mismatch(name, request.name());
        }
        String namespace = Tree.text(patched, "metadata", "namespace");
        if (!namespace.isEmpty() && !namespace.equals(Tree.text(live, "metadata", "namespace"))) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    /** Checks the name of the manager that the request gives. */
    static void checkManager(ApiRequest request) {
        if (request.parameter("fieldManager").length() > LONGEST_MANAGER) {
            throw ApiException.invalid(
                    "meta.k8s.io",
                    request.optionsKind(),
                    "",
                    List.of(new FieldError(
                            "FieldValueTooLong",
                            "fieldManager",
                            "Too long: may not be more than " + LONGEST_MANAGER + " bytes")));
        }
    }

    static void checkApply(ApiRequest request, Map<String, Object> configuration) {
        checkManager(request);
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiException.invalid(
                    "meta.k8s.io",
                    "PatchOptions",
                    "",
                    List.of(FieldError.required("fieldManager", "is required for apply patch")));
        }
        Resource resource = request.resource();
        String apiVersion = Tree.text(configuration, "apiVersion");
        String kind = Tree.text(configuration, "kind");
        if (!apiVersion.equals(resource.apiVersion()) || !kind.equals(resource.kind())) {
            throw ApiException.badRequest(
                    "invalid object type: " + (apiVersion.contains("/") ? "" : "/") + apiVersion + ", Kind=" + kind);
        }
        if (Tree.at(configuration, "metadata", "managedFields") instanceof List<?>) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
    }

    /** Checks the name of what an apply has made. */
    static void checkAppliedName(ApiRequest request, Map<String, Object> configuration) {
        String name = Tree.text(configuration, "metadata", "name");
        if (name.isEmpty()) {
            throw undeterminable(request);
        }
        if (!name.equals(request.name())) {
            throw mismatch(name, request.name());
        }
        checkNamespace(request, configuration);
    }

    /** Sets namespace and name of a new object, generated where only its beginning is given. */
    static void name(ApiRequest request, Map<String, Object> object) {
        Map<String, Object> metadata = Tree.child(object, "metadata");
        if (!request.namespace().isEmpty()) {
            metadata.put("namespace", request.namespace());
        }
        String prefix = Tree.text(metadata, "generateName");
        if (!request.name().isEmpty()) {
            metadata.put("name", request.name());
        } else if (Tree.text(metadata, "name").isEmpty() && !prefix.isEmpty()) {
            metadata.put("name", generated(prefix));
        }
    }

    private static String generated(String prefix) {
        var name = new StringBuilder(prefix);
        name.setLength(Math.min(name.length(), LONGEST_GENERATED - SUFFIX_LENGTH));
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            name.append(SUFFIX_LETTERS.charAt(ThreadLocalRandom.current().nextInt(SUFFIX_LETTERS.length())));
        }
        return name.toString();
    }
}
