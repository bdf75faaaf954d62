package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Authentication;
import io.gitopstoolkit.testkit.internal.access.Authorizer;
import io.gitopstoolkit.testkit.internal.access.Authorizer.Decision;
import io.gitopstoolkit.testkit.internal.access.Call;
import io.gitopstoolkit.testkit.internal.access.Caller;
import io.gitopstoolkit.testkit.internal.access.Target;
import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import java.util.List;

/** Finds out who asks for what, and lets in who may. */
final class Gate {
    private static final List<String> ACCESS_KINDS =
            List.of("roles", "clusterroles", "rolebindings", "clusterrolebindings");
    private static final List<String> WRITES = List.of("create", "update", "patch");

    private final Authentication authentication;
    private final Authorizer authorizer;

    Gate(Authentication authentication, Authorizer authorizer) {
        this.authentication = authentication;
        this.authorizer = authorizer;
    }

    /** The request on record; somebody whose token is nobody's is anonymous in it. */
    Call record(HttpRequest request) {
        var head = new HttpRequest(request.method(), request.target(), request.headers(), "");
        Caller sender = authentication.of(request);
        Caller known = sender == null ? Caller.ANONYMOUS : sender;
        Caller wanted = Authentication.impersonated(request);
        Caller acting = wanted == null || wanted.name().isEmpty() ? known : Authentication.complete(wanted);
        return new Call(head, Target.of(request), acting, known);
    }

    /**
     * Lets the call in.
     *
     * @throws ApiException 401, 403, or 400 if it cannot be told who is to be impersonated
     */
    void check(HttpRequest request, Call call) {
        if (authentication.of(request) == null) {
            throw ApiException.unauthorized();
        }
        Caller wanted = Authentication.impersonated(request);
        if (wanted != null) {
            checkImpersonation(call, wanted);
        }
        Decision decision = authorizer.decide(call);
        if (!decision.allowed()) {
            throw ApiException.refused(call.target(), call.caller().name(), decision.reason());
        }
        if (authorizer.rbac() != null) {
            checkEscalation(call);
        }
    }

    private void checkImpersonation(Call call, Caller wanted) {
        if (wanted.name().isEmpty()) {
            throw ApiException.badRequest("requested an impersonation without impersonating a user name");
        }
        for (Target right : Authentication.rightsToBe(wanted)) {
            if (!authorizer.decide(call, call.impersonator(), right).allowed()) {
                throw ApiException.refused(
                        call.target()
                                .withVerb("impersonate-on:user-info:"
                                        + call.target().verb()),
                        call.impersonator().name(),
                        "");
            }
        }
    }

    /** Who writes roles must hold what they give: whether they do is not looked at here, so it is not guessed. */
    private void checkEscalation(Call call) {
        Target target = call.target();
        boolean grants = target.group().equals("rbac.authorization.k8s.io")
                && ACCESS_KINDS.contains(target.resource())
                && WRITES.contains(target.verb());
        if (!grants || call.caller().groups().contains(Caller.MASTERS)) {
            return;
        }
        String right = target.resource().endsWith("bindings") ? "bind" : "escalate";
        var needed =
                new Target(right, target.group(), target.version(), "clusterroles", "", target.namespace(), "", "");
        if (!authorizer.decide(call, call.caller(), needed).allowed()) {
            throw ApiException.notImplemented("RBAC's check of escalation, for users without the right to " + right);
        }
    }
}
