package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Caller;
import io.gitopstoolkit.testkit.internal.admission.AdmissionRequest;
import io.gitopstoolkit.testkit.internal.admission.AdmissionRequest.Target;
import io.gitopstoolkit.testkit.internal.admission.Admissions;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.server.Hearing.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Brings writes before the webhooks and policies. Callers hold the server's lock. */
final class Hooks {
    static final String CREATE = "CREATE";
    static final String UPDATE = "UPDATE";
    private static final String DELETE = "DELETE";

    private final Store store;
    private final Registry registry;
    private final Resource namespaces;
    private final Admissions admissions;

    Hooks(Store store, Registry registry, Admissions admissions) {
        this.store = store;
        this.registry = registry;
        this.namespaces = registry.builtIn("", "v1", "namespaces");
        this.admissions = admissions;
    }

    /**
     * What mutating webhooks make of an object that is to be stored.
     *
     * @param live the stored one; null on creation
     * @throws PendingRound if they have to be called first
     */
    Map<String, Object> mutate(ApiRequest request, Map<String, Object> object, @Nullable Map<String, Object> live) {
        if (admissions.isIdle()) {
            return object;
        }
        AdmissionRequest asked = asked(request, live == null ? CREATE : UPDATE, object, live);
        Admissions.Round round = admissions.mutatingRound(asked);
        if (round == null) {
            return object;
        }
        Verdict verdict = verdict(request, round, live);
        return verdict.object() == null ? object : Tree.copy(verdict.object());
    }

    /**
     * Asks policies and validating webhooks about an object that is to be stored.
     *
     * @throws PendingRound if webhooks have to be called first
     */
    void validate(ApiRequest request, Map<String, Object> object, @Nullable Map<String, Object> live) {
        if (admissions.isIdle()) {
            return;
        }
        AdmissionRequest asked = asked(request, live == null ? CREATE : UPDATE, Tree.copy(object), live);
        checkPolicies(request, asked);
        Admissions.Round round = admissions.validatingRound(asked);
        if (round != null) {
            Map<String, Object> seen = verdict(request, round, live).object();
            if (live == null && seen != null) {
                // What the webhooks saw is what is stored.
                Tree.child(object, "metadata").put("uid", Tree.text(seen, "metadata", "uid"));
            }
        }
    }

    /**
     * Asks about the deletion of an object.
     *
     * @throws PendingRound if webhooks have to be called first
     */
    void delete(ApiRequest request, Map<String, Object> live) {
        if (admissions.isIdle()) {
            return;
        }
        AdmissionRequest asked = asked(request, DELETE, null, live);
        Admissions.Round mutating = admissions.mutatingRound(asked);
        if (mutating != null) {
            verdict(request, mutating, live);
        }
        checkPolicies(request, asked);
        Admissions.Round validating = admissions.validatingRound(asked);
        if (validating != null) {
            verdict(request, validating, live);
        }
    }

    private void checkPolicies(ApiRequest request, AdmissionRequest asked) {
        var warnings = new ArrayList<String>();
        admissions.checkPolicies(asked, warnings);
        request.hearing().warn(warnings);
    }

    private Verdict verdict(ApiRequest request, Admissions.Round round, @Nullable Map<String, Object> live) {
        Target target = round.request().target();
        if (target.subresource().equals("scale")) {
            throw ApiException.notImplemented("admission webhooks for the subresource scale");
        }
        String version = Tree.text(live, "metadata", "resourceVersion");
        String name = (round.isMutating() ? "mutate " : "validate ") + target.namespace() + "/"
                + Tree.text(live, "metadata", "name");
        Verdict known = request.hearing().find(name, version);
        if (known == null) {
            UnaryOperator<Map<String, Object>> form = changed -> ObjectForm.of(request.resource(), changed);
            throw new PendingRound(request.hearing(), name, version, round, form);
        }
        request.hearing().warn(known.warnings());
        return known;
    }

    private AdmissionRequest asked(
            ApiRequest request,
            String operation,
            @Nullable Map<String, Object> object,
            @Nullable Map<String, Object> live) {
        Resource resource = request.resource();
        Map<String, Object> subject = object == null ? live : object;
        String namespace = resource.isNamespaced() ? Tree.text(subject, "metadata", "namespace") : "";
        boolean isNamespace = resource.is("", "namespaces");
        String name = Tree.text(subject, "metadata", "name");
        Map<String, Object> holder = namespace.isEmpty() ? null : store.get(namespaces, "", namespace);
        List<String> versions = registry.all().stream()
                .filter(one -> one.is(resource.group(), resource.name()))
                .map(Resource::version)
                .toList();
        var target = new Target(
                resource.group(),
                resource.version(),
                versions,
                resource.name(),
                request.subresource(),
                resource.kind(),
                resource.isNamespaced(),
                isNamespace ? name : namespace,
                name,
                holder);
        return new AdmissionRequest(
                operation, target, object, live, request.isDryRun(), options(request, operation), user(request));
    }

    private static Map<String, Object> options(ApiRequest request, String operation) {
        boolean isPatch = request.http().method().equals("PATCH");
        String kind = switch (operation) {
            case CREATE -> "CreateOptions";
            case DELETE -> "DeleteOptions";
            default -> "UpdateOptions";
        };
        Map<String, Object> options = Tree.of("kind", kind, "apiVersion", "meta.k8s.io/v1");
        if (request.isDryRun()) {
            options.put("dryRun", Tree.listOf("All"));
        }
        if (isPatch && request.flag("force")) {
            options.put("force", true);
        }
        for (String parameter : List.of("fieldManager", "fieldValidation")) {
            if (!request.parameter(parameter).isEmpty()) {
                options.put(parameter, request.parameter(parameter));
            }
        }
        return options;
    }

    private static Map<String, Object> user(ApiRequest request) {
        Caller caller = request.hearing().caller();
        Map<String, Object> user = Tree.of("username", caller.name());
        if (!caller.uid().isEmpty()) {
            user.put("uid", caller.uid());
        }
        user.put("groups", new ArrayList<Object>(caller.groups()));
        if (!caller.extra().isEmpty()) {
            user.put("extra", new LinkedHashMap<String, Object>(caller.extra()));
        }
        return user;
    }
}
