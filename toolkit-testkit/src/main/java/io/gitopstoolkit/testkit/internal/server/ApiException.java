package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Target;
import io.gitopstoolkit.testkit.internal.admission.Refusal;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that is refused, with the {@code Status} object that the real server answers with. */
@SuppressWarnings("serial") // never sent about as a Java object
final class ApiException extends RuntimeException {
    private final int code;
    private final Map<String, Object> status;
    private List<String> warnings = List.of();

    private ApiException(int code, String reason, String message, Map<String, Object> details) {
        super(message);
        this.code = code;
        this.status =
                Tree.of("kind", "Status", "apiVersion", "v1", "metadata", new LinkedHashMap<>(), "status", "Failure");
        status.put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty() || reason.equals("NotFound") || reason.equals("Invalid") || reason.equals("Forbidden")) {
            status.put("details", details);
        }
        status.put("code", (long) code);
    }

    private ApiException(int code, Map<String, Object> status) {
        super(Tree.text(status, "message"));
        this.code = code;
        this.status = status;
    }

    int code() {
        return code;
    }

    /** The same refusal, with what the client is told beside. */
    ApiException warning(List<String> messages) {
        warnings = messages;
        return this;
    }

    List<String> warnings() {
        return warnings;
    }

    Map<String, Object> status() {
        return status;
    }

    /** The same of an object that a patch made: the patch is what is wrong. */
    ApiException ofPatch(Map<String, Object> patched) {
        String message = String.valueOf(getMessage());
        return badPatch(patched, message.substring(message.indexOf(": ") + 2));
    }

    /** A patch that makes of an object what cannot be read. */
    static ApiException badPatch(Map<String, Object> patched, String detail) {
        Map<String, Object> shown = Tree.copy(patched);
        Tree.mapAt(shown, "metadata").remove("managedFields");
        return invalid("", "", "", List.of(FieldError.invalid("patch", Json.print(shown), detail)));
    }

    /** A write of an object of another identity than the stored one has; empty where there is none. */
    static ApiException otherUid(ApiRequest request, String uid, String stored) {
        String key =
                (request.isDryRun() ? "/" : "/registry/") + request.resource().storagePrefix() + "/"
                        + (request.namespace().isEmpty() ? "" : request.namespace() + "/") + request.name();
        return conflict(
                request.resource(),
                request.name(),
                "StorageError: invalid object, Code: 4, Key: " + key
                        + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: " + uid
                        + ", UID in object meta: " + stored);
    }

    /** What admission refuses. */
    static ApiException of(Refusal refusal) {
        return new ApiException(refusal.code(), refusal.status());
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message, Map.of());
    }

    static ApiException internal(String message) {
        return new ApiException(500, "", message, Map.of());
    }

    static ApiException internalError(String message) {
        var causes = Tree.of("causes", Tree.listOf(Tree.of("message", message)));
        return new ApiException(500, "InternalError", "Internal error occurred: " + message, causes);
    }

    /** The same of a name that the server made up: another try would make up another. */
    ApiException ofGeneratedName() {
        Tree.mapAt(status, "details").put("retryAfterSeconds", 1L);
        status.put("message", getMessage() + ", the server was not able to generate a unique name for the object");
        return this;
    }

    /** What this API cannot do, and says so rather than pretend. */
    static ApiException notImplemented(String feature) {
        return new ApiException(
                501, "NotImplemented", "the embedded Kubernetes API does not implement " + feature, Map.of());
    }

    static ApiException unknownResource() {
        return new ApiException(404, "NotFound", "the server could not find the requested resource", Map.of());
    }

    /** A deletion of another object of that name than the one that is there. */
    static ApiException precondition(Resource resource, String name, String message) {
        Map<String, Object> details = details(resource, name);
        details.put("kind", resource.kind());
        String qualified = resource.group().isEmpty() ? resource.kind() : resource.kind() + "." + resource.group();
        return new ApiException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + qualified + " \"" + name + "\": " + message,
                details);
    }

    static ApiException notFound(Resource resource, String name) {
        return new ApiException(
                404, "NotFound", resource.qualifiedName() + " \"" + name + "\" not found", details(resource, name));
    }

    static ApiException alreadyExists(Resource resource, String name, boolean isGoing) {
        return new ApiException(
                409,
                "AlreadyExists",
                (isGoing ? "object is being deleted: " : "") + resource.qualifiedName() + " \"" + name
                        + "\" already exists",
                details(resource, name));
    }

    static ApiException modified(Resource resource, String name) {
        return conflict(
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiException conflict(Resource resource, String name, String message) {
        return new ApiException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + resource.qualifiedName() + " \"" + name + "\": " + message,
                details(resource, name));
    }

    static ApiException forbidden(Resource resource, String name, String message) {
        return new ApiException(
                403,
                "Forbidden",
                resource.qualifiedName() + " \"" + name + "\" is forbidden: " + message,
                details(resource, name));
    }

    /** The namespace is on its way out and takes nothing new. */
    static ApiException terminating(Resource resource, String name, String namespace) {
        String message = "unable to create new content in namespace " + namespace + " because it is being terminated";
        ApiException refusal = forbidden(resource, name, message);
        Map<String, Object> details = Tree.mapAt(refusal.status, "details");
        details.put(
                "causes",
                Tree.listOf(Tree.of(
                        "reason",
                        "NamespaceTerminating",
                        "message",
                        "namespace " + namespace + " is being terminated",
                        "field",
                        "metadata.namespace")));
        return refusal;
    }

    static ApiException applyConflict(String message, List<Object> causes) {
        return new ApiException(409, "Conflict", message, Tree.of("causes", causes));
    }

    static ApiException methodNotAllowed() {
        return new ApiException(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                new LinkedHashMap<>());
    }

    static ApiException notAcceptable(String message) {
        return new ApiException(406, "NotAcceptable", message, Map.of());
    }

    /** A request of somebody whose token is nobody's. */
    static ApiException unauthorized() {
        return new ApiException(401, "Unauthorized", "Unauthorized", Map.of());
    }

    /** A request of somebody who may not. */
    static ApiException refused(Target target, String user, String reason) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (target.isResource()) {
            if (!target.name().isEmpty()) {
                details.put("name", target.name());
            }
            if (!target.group().isEmpty()) {
                details.put("group", target.group());
            }
            details.put("kind", target.resource());
        }
        return new ApiException(403, "Forbidden", target.refusal(user, reason), details);
    }

    static ApiException unsupportedMediaType(String type) {
        return new ApiException(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + type,
                Map.of());
    }

    /** A patch that does not fit the object; the real server does not say why. */
    static ApiException unprocessable() {
        return new ApiException(
                422, "Invalid", "the server rejected our request due to an error in our request", Map.of());
    }

    static ApiException expired(String message) {
        return new ApiException(410, "Expired", message, Map.of());
    }

    /** An object that breaks rules of its kind; the message lists them as the real server does. */
    static ApiException invalid(String group, String kind, String name, List<FieldError> errors) {
        var causes = new ArrayList<Object>();
        errors.forEach(error -> causes.add(error.toTree()));
        String qualified = group.isEmpty() ? kind : kind + "." + group;
        List<String> messages =
                errors.stream().map(FieldError::toString).distinct().toList();
        String list = messages.size() == 1 ? messages.get(0) : "[" + String.join(", ", messages) + "]";
        Map<String, Object> details = new LinkedHashMap<>();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        if (!kind.isEmpty()) {
            details.put("kind", kind);
        }
        details.put("causes", causes);
        return new ApiException(422, "Invalid", qualified + " \"" + name + "\" is invalid: " + list, details);
    }

    private static Map<String, Object> details(Resource resource, String name) {
        Map<String, Object> details = Tree.of("name", name);
        if (!resource.group().isEmpty()) {
            details.put("group", resource.group());
        }
        details.put("kind", resource.name());
        return details;
    }
}
