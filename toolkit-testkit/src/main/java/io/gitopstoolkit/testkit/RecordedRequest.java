package io.gitopstoolkit.testkit;

import io.gitopstoolkit.testkit.internal.access.Call;
import io.gitopstoolkit.testkit.internal.access.Target;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A request to an {@link EmbeddedKubernetes}, in HTTP's words and in those of Kubernetes, without its body and without
 * credentials.
 *
 * @param method such as {@code PATCH}
 * @param path decoded, without the query
 * @param query the decoded parameters, each with its values in order
 * @param user as whom it was carried out: the one that is impersonated, if any
 * @param groups of that user
 * @param extra what else is said of that user
 * @param sender who sent it; the same as {@code user} where nobody is impersonated
 * @param verb as a Role names it, such as {@code list} or {@code deletecollection}; of a path that is no resource, the method
 *     in lower case
 * @param group empty for the core group
 * @param resource such as {@code deployments}; empty for a path that is no resource, such as {@code /version}
 * @param subresource such as {@code status}; empty for the object itself
 * @param namespace empty for cluster scope and for all namespaces
 * @param name empty for a collection
 * @param userAgent what the client calls itself
 * @param status of the answer; 0 while there is none, and if the connection ended without one
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#review-your-request-attributes">the
 *     attributes of requests</a>
 */
public record RecordedRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        String user,
        List<String> groups,
        Map<String, List<String>> extra,
        String sender,
        String verb,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        String userAgent,
        int status) {
    static RecordedRequest of(Call call) {
        Target target = call.target();
        return new RecordedRequest(
                call.head().method(),
                call.head().path(),
                call.head().query(),
                call.caller().name(),
                call.caller().groups(),
                call.caller().extra(),
                call.impersonator().name(),
                target.verb(),
                target.group(),
                target.resource(),
                target.subresource(),
                target.namespace(),
                target.name(),
                call.head().header("user-agent"),
                call.status());
    }

    static Predicate<Call> test(Predicate<RecordedRequest> predicate) {
        return call -> predicate.test(of(call));
    }

    /** Whether it may have changed something: any verb but {@code get}, {@code list} and {@code watch}. */
    public boolean isWrite() {
        return !List.of("get", "list", "watch", "head").contains(verb);
    }
}
