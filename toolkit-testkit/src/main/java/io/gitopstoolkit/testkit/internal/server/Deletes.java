package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deletes objects, one or a collection. Callers hold the server's lock. */
final class Deletes {
    /** The resources whose deletion is answered with the object rather than with a status. */
    private static final Set<String> ANSWERED_WITH_OBJECT = Set.of(
            "namespaces",
            "pods",
            "podtemplates",
            "services",
            "serviceaccounts",
            "persistentvolumeclaims",
            "persistentvolumes",
            "resourcequotas",
            "storageclasses",
            "csidrivers",
            "csinodes",
            "volumeattachments");

    private static final Set<String> POLICIES = Set.of("", "Foreground", "Background", "Orphan");

    private final Store store;
    private final Reads reads;
    private final Aftermath aftermath;
    private final Hooks hooks;

    Deletes(Store store, Reads reads, Aftermath aftermath, Hooks hooks) {
        this.hooks = hooks;
        this.store = store;
        this.reads = reads;
        this.aftermath = aftermath;
    }

    Writes.Answer delete(ApiRequest request) {
        Map<String, Object> options = request.bodyIfAny();
        List<String> warnings = warnings(request, options);
        Map<String, Object> answer;
        try {
            answer = deleted(request, options);
        } catch (ApiException e) {
            throw e.warning(warnings);
        }
        boolean held = !Tree.text(answer, "metadata", "deletionTimestamp").isEmpty()
                && !Tree.textsAt(answer, "metadata", "finalizers").isEmpty();
        boolean accepted = held && Boolean.FALSE.equals(options.get("orphanDependents"));
        return new Writes.Answer(accepted ? 202 : 200, answer, warnings);
    }

    private Map<String, Object> deleted(ApiRequest request, Map<String, Object> options) {
        checkPropagation(request, options);
        Map<String, Object> live = reads.get(request);
        checkPreconditions(request, live, options);
        hooks.delete(request, live);
        if (request.isDryRun() || isDryRun(options)) {
            return answer(request, live, aftermath.deleted(request.resource(), live, propagation(request, options)));
        }
        Map<String, Object> deleted = aftermath.delete(request.resource(), live, propagation(request, options));
        return answer(request, live, deleted);
    }

    /** What the client is told beside. */
    private static List<String> warnings(ApiRequest request, Map<String, Object> options) {
        boolean says = !Tree.text(options, "propagationPolicy").isEmpty()
                || !request.parameter("propagationPolicy").isEmpty()
                || options.get("orphanDependents") != null;
        return says || !request.resource().is("batch", "jobs")
                ? List.of()
                : List.of("child pods are preserved by default when jobs are deleted; set propagationPolicy=Background"
                        + " to remove them or set propagationPolicy=Orphan to suppress this warning");
    }

    private static boolean isDryRun(Map<String, Object> options) {
        return Tree.textsAt(options, "dryRun").contains("All");
    }

    Map<String, Object> deleteCollection(ApiRequest request) {
        Map<String, Object> options = request.bodyIfAny();
        Map<String, Object> list = reads.list(request);
        checkPropagation(request, options);
        Tree.mapsAt(list, "items").forEach(item -> hooks.delete(request, item));
        if (!request.isDryRun() && !isDryRun(options)) {
            for (Map<String, Object> item : Tree.mapsAt(list, "items")) {
                Map<String, Object> live = store.get(
                        request.resource(),
                        Tree.text(item, "metadata", "namespace"),
                        Tree.text(item, "metadata", "name"));
                if (live != null) {
                    aftermath.delete(request.resource(), live, propagation(request, options));
                }
            }
        }
        return list;
    }

    private static void checkPreconditions(ApiRequest request, Map<String, Object> live, Map<String, Object> options) {
        String uid = Tree.text(options, "preconditions", "uid");
        String liveUid = Tree.text(live, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(liveUid)) {
            throw ApiException.precondition(
                    request.resource(),
                    request.name(),
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + liveUid
                            + "). The object might have been deleted and then recreated");
        }
        String version = Tree.text(options, "preconditions", "resourceVersion");
        String liveVersion = Tree.text(live, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(liveVersion)) {
            throw ApiException.precondition(
                    request.resource(),
                    request.name(),
                    "the ResourceVersion in the precondition (" + version
                            + ") does not match the ResourceVersion in record (" + liveVersion
                            + "). The object might have been modified");
        }
    }

    private static void checkPropagation(ApiRequest request, Map<String, Object> options) {
        String policy = Tree.text(options, "propagationPolicy");
        if (policy.isEmpty()) {
            policy = request.parameter("propagationPolicy");
        }
        if (!POLICIES.contains(policy)) {
            throw ApiException.invalid(
                    "meta.k8s.io",
                    "DeleteOptions",
                    "",
                    List.of(FieldError.unsupported(
                            "propagationPolicy", policy, List.of("Foreground", "Background", "Orphan", "nil"))));
        }
    }

    private static String propagation(ApiRequest request, Map<String, Object> options) {
        String policy = Tree.text(options, "propagationPolicy");
        if (policy.isEmpty()) {
            policy = request.parameter("propagationPolicy");
        }
        if (policy.isEmpty() && Boolean.TRUE.equals(options.get("orphanDependents"))) {
            return "Orphan";
        }
        if (policy.isEmpty() && Boolean.FALSE.equals(options.get("orphanDependents"))) {
            return "Background";
        }
        boolean orphans = policy.isEmpty() && request.resource().is("batch", "jobs");
        return orphans ? "Orphan" : policy;
    }

    private static Map<String, Object> answer(
            ApiRequest request, Map<String, Object> live, Map<String, Object> deleted) {
        Resource resource = request.resource();
        boolean held = !Tree.text(deleted, "metadata", "deletionTimestamp").isEmpty()
                && !Tree.textsAt(deleted, "metadata", "finalizers").isEmpty();
        if (held
                || (resource.group().isEmpty() && ANSWERED_WITH_OBJECT.contains(resource.name()))
                || resource.group().equals("storage.k8s.io")) {
            return deleted;
        }
        Map<String, Object> details = Tree.of("name", request.name());
        if (!resource.group().isEmpty()) {
            details.put("group", resource.group());
        }
        details.put("kind", resource.name());
        details.put("uid", Tree.text(live, "metadata", "uid"));
        return Tree.of(
                "kind",
                "Status",
                "apiVersion",
                "v1",
                "metadata",
                new LinkedHashMap<>(),
                "status",
                "Success",
                "details",
                details);
    }
}
