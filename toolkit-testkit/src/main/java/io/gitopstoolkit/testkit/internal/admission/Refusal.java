package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;

/** Admission refuses a write, with the {@code Status} that the client gets. */
@SuppressWarnings("serial") // never sent about as a Java object
public final class Refusal extends RuntimeException {
    private final int code;
    private final Map<String, Object> status;

    private Refusal(int code, Map<String, Object> status) {
        super(Tree.text(status, "message"));
        this.code = code;
        this.status = status;
    }

    /** The status of the answer. */
    public int code() {
        return code;
    }

    /** The body of the answer. */
    public Map<String, Object> status() {
        return status;
    }

    static Refusal of(int code, String reason, String message, Map<String, Object> details) {
        Map<String, Object> status =
                Tree.of("kind", "Status", "apiVersion", "v1", "metadata", new LinkedHashMap<>(), "status", "Failure");
        status.put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty()) {
            status.put("details", details);
        }
        status.put("code", (long) code);
        return new Refusal(code, status);
    }

    /** What the real server answers when a webhook cannot be asked. */
    static Refusal internal(String message) {
        return of(
                500,
                "InternalError",
                "Internal error occurred: " + message,
                Tree.of("causes", Tree.listOf(Tree.of("message", message))));
    }

    static Refusal badRequest(String message) {
        return of(400, "BadRequest", message, Map.of());
    }

    /** What a webhook said, with its name before it. */
    static Refusal denied(String webhook, Map<String, Object> result) {
        String by = "admission webhook \"" + webhook + "\" denied the request";
        int code = (int) Math.max(400, Tree.number(result, 0, "code"));
        String said = Tree.text(result, "message");
        String reason = Tree.text(result, "reason");
        String explanation = said.isEmpty() ? reason : said;
        Map<String, Object> details = Tree.mapAt(result, "details");
        return of(code, reason, explanation.isEmpty() ? by + " without explanation" : by + ": " + explanation, details);
    }

    /** What an object is forbidden for, as built-in plugins say it. */
    static Refusal forbidden(AdmissionRequest request, String message) {
        return forbidden(request, 403, "Forbidden", message);
    }

    static Refusal forbidden(AdmissionRequest request, int code, String reason, String message) {
        AdmissionRequest.Target target = request.target();
        String qualified = target.group().isEmpty() ? target.resource() : target.resource() + "." + target.group();
        Map<String, Object> details = Tree.of("name", target.name());
        if (!target.group().isEmpty()) {
            details.put("group", target.group());
        }
        details.put("kind", target.resource());
        return of(code, reason, qualified + " \"" + target.name() + "\" is forbidden: " + message, details);
    }

    Refusal withCause(String message) {
        Tree.child(status, "details").put("causes", Tree.listOf(Tree.of("message", message)));
        return this;
    }
}
