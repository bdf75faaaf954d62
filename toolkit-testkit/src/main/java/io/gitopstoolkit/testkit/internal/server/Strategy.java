package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the real server does to objects of a kind between their arrival and their storage, beside defaults. */
final class Strategy {
    /** The built-in resources whose objects count their generations. */
    private static final Set<String> COUNTING_GENERATIONS = Set.of(
            "deployments",
            "statefulsets",
            "daemonsets",
            "replicasets",
            "replicationcontrollers",
            "jobs",
            "cronjobs",
            "ingresses",
            "ingressclasses",
            "networkpolicies",
            "poddisruptionbudgets",
            "pods",
            "customresourcedefinitions",
            "mutatingwebhookconfigurations",
            "validatingwebhookconfigurations",
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "endpointslices");

    /** The resources whose objects a PUT creates where there is none. */
    private static final Set<String> CREATED_BY_UPDATE = Set.of(
            "services",
            "endpoints",
            "limitranges",
            "events",
            "leases.coordination.k8s.io",
            "runtimeclasses.node.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io");

    private static final Set<String> UPDATED_BY_VERSION = Set.of(
            "leases.coordination.k8s.io",
            "runtimeclasses.node.k8s.io",
            "poddisruptionbudgets.policy",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "volumeattachments.storage.k8s.io");

    private Strategy() {}

    /** Whether objects of the kind are updated only from a version that the client has seen. */
    static boolean needsVersionForUpdate(Resource resource) {
        return resource.isCustom()
                || resource.group().equals("admissionregistration.k8s.io")
                || UPDATED_BY_VERSION.contains(resource.qualifiedName());
    }

    static boolean createsOnUpdate(Resource resource) {
        return CREATED_BY_UPDATE.contains(resource.qualifiedName());
    }

    /** The fields that a write through the subresource, or the main resource, cannot change and so cannot own. */
    static List<List<String>> resetFields(Resource resource, String subresource) {
        if (subresource.equals("status")) {
            var fields = new ArrayList<List<String>>();
            fields.add(List.of("spec"));
            fields.addAll(resource.isCustom() ? List.of(List.of("metadata")) : resetByStatus(resource));
            return fields;
        }
        return resource.hasSubresource("status") ? List.of(List.of("status")) : List.of();
    }

    private static List<List<String>> resetByStatus(Resource resource) {
        return switch (resource.qualifiedName()) {
            case "deployments.apps" -> List.of(List.of("metadata", "labels"));
            case "pods" -> List.of(List.of("metadata", "deletionTimestamp"), List.of("metadata", "ownerReferences"));
            default -> List.of();
        };
    }

    static boolean countsGenerations(Resource resource) {
        return resource.isCustom() || COUNTING_GENERATIONS.contains(resource.name());
    }

    /** Readies a new object: its identity, its first generation, an empty status. */
    static void prepareForCreate(Resource resource, Map<String, Object> object, String now) {
        Map<String, Object> metadata = Tree.child(object, "metadata");
        metadata.remove("resourceVersion");
        metadata.remove("deletionTimestamp");
        metadata.remove("deletionGracePeriodSeconds");
        metadata.remove("selfLink");
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now);
        metadata.remove("generation");
        if (countsGenerations(resource) || resource.is("scheduling.k8s.io", "priorityclasses")) {
            metadata.put("generation", 1L);
        }
        resetStatus(resource, object);
        KindRules.prepareForCreate(resource, object, now);
    }

    private static void resetStatus(Resource resource, Map<String, Object> object) {
        if (!resource.hasSubresource("status")
                || resource.is("", "nodes")
                || resource.is("apiextensions.k8s.io", "customresourcedefinitions")) {
            return;
        }
        object.remove("status");
        Type status = resource.type().field("status");
        if (!resource.isCustom() && status != null && status.shape() == Type.Shape.MAP) {
            Object zero = ObjectForm.empty(resource).get("status");
            if (zero != null) {
                object.put("status", zero);
            }
        }
    }

    /** Readies a changed object: what the request cannot change is as it was, and the generation grows with the spec. */
    static void prepareForUpdate(
            Resource resource, String subresource, Map<String, Object> live, Map<String, Object> object) {
        Map<String, Object> old = Tree.mapAt(live, "metadata");
        Map<String, Object> metadata = Tree.child(object, "metadata");
        for (String field : List.of(
                "name",
                "namespace",
                "uid",
                "creationTimestamp",
                "generation",
                "deletionTimestamp",
                "deletionGracePeriodSeconds",
                "resourceVersion")) {
            restore(old, metadata, field);
        }
        if (subresource.equals("status")) {
            keepAllButStatus(resource, live, object);
        } else if (resource.hasSubresource("status")) {
            restore(live, object, "status");
        }
        KindRules.prepareForUpdate(resource, subresource, live, object);
        if (countsGenerations(resource) && contentChanged(resource, subresource, live, object)) {
            metadata.put("generation", Tree.number(old, 0, "generation") + 1);
        }
    }

    private static void keepAllButStatus(Resource resource, Map<String, Object> live, Map<String, Object> object) {
        for (String field : List.copyOf(live.keySet())) {
            if (!field.equals("status") && !field.equals("metadata")) {
                restore(live, object, field);
            }
        }
        object.keySet().removeIf(field -> !live.containsKey(field) && !field.equals("status"));
        Map<String, Object> metadata = Tree.mapAt(object, "metadata");
        if (resource.isCustom()) {
            Object managedFields = metadata.get("managedFields");
            Map<String, Object> kept = Tree.copy(Tree.mapAt(live, "metadata"));
            kept.remove("managedFields");
            if (managedFields != null) {
                kept.put("managedFields", managedFields);
            }
            object.put("metadata", kept);
        } else if (resource.is("apps", "deployments")) {
            restore(Tree.mapAt(live, "metadata"), metadata, "labels");
        }
    }

    static void restore(Map<String, Object> from, Map<String, Object> to, String field) {
        Object value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.put(field, Tree.copyValue(value));
        }
    }

    private static boolean contentChanged(
            Resource resource, String subresource, Map<String, Object> live, Map<String, Object> object) {
        boolean annotated = resource.is("apps", "deployments")
                && subresource.isEmpty()
                && !Values.equal(
                        Tree.mapAt(live, "metadata", "annotations"), Tree.mapAt(object, "metadata", "annotations"));
        boolean labelled = resource.is("discovery.k8s.io", "endpointslices")
                && !Values.equal(Tree.mapAt(live, "metadata", "labels"), Tree.mapAt(object, "metadata", "labels"));
        if (annotated || labelled) {
            return true;
        }
        if (resource.type().declares("spec") && !resource.isCustom()) {
            return !Values.equal(live.get("spec"), object.get("spec"));
        }
        return !Values.equal(content(resource, live), content(resource, object));
    }

    private static Map<String, Object> content(Resource resource, Map<String, Object> object) {
        var content = new LinkedHashMap<>(object);
        content.remove("metadata");
        if (resource.hasSubresource("status")) {
            content.remove("status");
        }
        return content;
    }

    /** Whether both are the same but for the times in {@code managedFields}. */
    static boolean isSame(@Nullable Map<String, Object> one, @Nullable Map<String, Object> other) {
        return one != null && other != null && Values.equal(timeless(one), timeless(other));
    }

    private static Map<String, Object> timeless(Map<String, Object> object) {
        Map<String, Object> copy = Tree.copy(object);
        Tree.mapsAt(copy, "metadata", "managedFields").forEach(entry -> entry.remove("time"));
        return copy;
    }
}
