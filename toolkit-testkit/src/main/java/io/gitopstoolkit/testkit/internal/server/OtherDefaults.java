package io.gitopstoolkit.testkit.internal.server;

import static io.gitopstoolkit.testkit.internal.server.Defaults.fill;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Defaults of services, storage, policies, access control, and of the API's own kinds. */
final class OtherDefaults {
    private static final String RBAC_GROUP = "rbac.authorization.k8s.io";

    private OtherDefaults() {}

    static void register(Map<String, Consumer<Map<String, Object>>> defaults) {
        defaults.put("core.v1.ServiceSpec", OtherDefaults::service);
        defaults.put("core.v1.Secret", OtherDefaults::secret);
        defaults.put("core.v1.PersistentVolumeClaimSpec", spec -> fill(spec, "volumeMode", "Filesystem"));
        defaults.put("core.v1.PersistentVolumeClaim", claim -> fill(Tree.child(claim, "status"), "phase", "Pending"));
        defaults.put("core.v1.PersistentVolume", volume -> fill(Tree.child(volume, "status"), "phase", "Pending"));
        defaults.put("core.v1.PersistentVolumeSpec", OtherDefaults::persistentVolume);
        defaults.put("core.v1.EndpointPort", port -> fill(port, "protocol", "TCP"));
        defaults.put("core.v1.Namespace", OtherDefaults::namespace);
        defaults.put("discovery.v1.EndpointPort", OtherDefaults::endpointSlicePort);
        defaults.put("networking.v1.NetworkPolicySpec", OtherDefaults::networkPolicy);
        defaults.put("networking.v1.NetworkPolicyPort", port -> fill(port, "protocol", "TCP"));
        defaults.put("networking.v1.IngressClassParametersReference", reference -> fill(reference, "scope", "Cluster"));
        defaults.put("rbac.v1.Subject", OtherDefaults::subject);
        defaults.put("rbac.v1.RoleBinding", OtherDefaults::binding);
        defaults.put("rbac.v1.ClusterRoleBinding", OtherDefaults::binding);
        defaults.put("scheduling.v1.PriorityClass", kind -> fill(kind, "preemptionPolicy", "PreemptLowerPriority"));
        defaults.put("storage.v1.StorageClass", OtherDefaults::storageClass);
        defaults.put("storage.v1.CSIDriverSpec", OtherDefaults::csiDriver);
        defaults.put("admissionregistration.v1.ValidatingWebhook", OtherDefaults::webhook);
        defaults.put("admissionregistration.v1.MutatingWebhook", OtherDefaults::mutatingWebhook);
        defaults.put("admissionregistration.v1.RuleWithOperations", rule -> fill(rule, "scope", "*"));
        defaults.put("admissionregistration.v1.ServiceReference", service -> fill(service, "port", 443L));
        defaults.put("apiextensions.v1.ServiceReference", service -> fill(service, "port", 443L));
        defaults.put(
                "admissionregistration.v1.ValidatingAdmissionPolicySpec", spec -> fill(spec, "failurePolicy", "Fail"));
        defaults.put("admissionregistration.v1.MatchResources", OtherDefaults::matchResources);
        defaults.put("apiextensions.v1.CustomResourceDefinition", OtherDefaults::definition);
    }

    private static void service(Map<String, Object> spec) {
        fill(spec, "sessionAffinity", "None");
        if (Tree.text(spec, "sessionAffinity").equals("ClientIP")) {
            Map<String, Object> client = Tree.child(Tree.child(spec, "sessionAffinityConfig"), "clientIP");
            fill(client, "timeoutSeconds", 10_800L);
        } else {
            spec.remove("sessionAffinityConfig");
        }
        fill(spec, "type", "ClusterIP");
        for (Map<String, Object> port : Tree.mapsAt(spec, "ports")) {
            fill(port, "protocol", "TCP");
            Object target = port.get("targetPort");
            if (target == null || target.equals(0L) || target.equals("")) {
                port.put("targetPort", Tree.number(port, 0, "port"));
            }
        }
        String type = Tree.text(spec, "type");
        boolean balanced = type.equals("LoadBalancer");
        boolean external =
                type.equals("ClusterIP") && !Tree.textsAt(spec, "externalIPs").isEmpty();
        if (balanced || type.equals("NodePort") || external) {
            fill(spec, "externalTrafficPolicy", "Cluster");
        }
        if (balanced || type.equals("NodePort") || type.equals("ClusterIP")) {
            fill(spec, "internalTrafficPolicy", "Cluster");
        }
        if (balanced) {
            fill(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    /** The plain texts of a Secret become data, and are not seen again. */
    private static void secret(Map<String, Object> secret) {
        fill(secret, "type", "Opaque");
        Map<String, Object> texts = Tree.mapAt(secret, "stringData");
        if (!texts.isEmpty()) {
            Map<String, Object> data = Tree.child(secret, "data");
            texts.forEach((key, value) -> data.put(
                    key,
                    Base64.getEncoder().encodeToString(String.valueOf(value).getBytes(StandardCharsets.UTF_8))));
        }
        secret.remove("stringData");
    }

    private static void persistentVolume(Map<String, Object> spec) {
        fill(spec, "persistentVolumeReclaimPolicy", "Retain");
        fill(spec, "volumeMode", "Filesystem");
    }

    private static void namespace(Map<String, Object> namespace) {
        String name = Tree.text(namespace, "metadata", "name");
        if (!name.isEmpty()) {
            Tree.child(Tree.child(namespace, "metadata"), "labels").put("kubernetes.io/metadata.name", name);
        }
    }

    private static void endpointSlicePort(Map<String, Object> port) {
        fill(port, "name", "");
        fill(port, "protocol", "TCP");
    }

    private static void networkPolicy(Map<String, Object> spec) {
        if (Tree.textsAt(spec, "policyTypes").isEmpty()) {
            spec.put("policyTypes", Tree.listOf("Ingress"));
            if (!Tree.mapsAt(spec, "egress").isEmpty()) {
                spec.put("policyTypes", Tree.listOf("Ingress", "Egress"));
            }
        }
    }

    private static void subject(Map<String, Object> subject) {
        String kind = Tree.text(subject, "kind");
        if (kind.equals("User") || kind.equals("Group")) {
            fill(subject, "apiGroup", RBAC_GROUP);
        }
    }

    private static void binding(Map<String, Object> binding) {
        Map<String, Object> role = Tree.child(binding, "roleRef");
        if (Tree.text(role, "apiGroup").isEmpty()) {
            role.put("apiGroup", RBAC_GROUP);
        }
    }

    private static void storageClass(Map<String, Object> storageClass) {
        fill(storageClass, "reclaimPolicy", "Delete");
        fill(storageClass, "volumeBindingMode", "Immediate");
    }

    private static void csiDriver(Map<String, Object> spec) {
        fill(spec, "attachRequired", true);
        fill(spec, "podInfoOnMount", false);
        fill(spec, "storageCapacity", false);
        fill(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        fill(spec, "requiresRepublish", false);
        fill(spec, "volumeLifecycleModes", Tree.listOf("Persistent"));
        fill(spec, "seLinuxMount", false);
    }

    private static void webhook(Map<String, Object> webhook) {
        fill(webhook, "failurePolicy", "Fail");
        fill(webhook, "matchPolicy", "Equivalent");
        fill(webhook, "namespaceSelector", new LinkedHashMap<>());
        fill(webhook, "objectSelector", new LinkedHashMap<>());
        fill(webhook, "timeoutSeconds", 10L);
    }

    private static void mutatingWebhook(Map<String, Object> webhook) {
        webhook(webhook);
        fill(webhook, "reinvocationPolicy", "Never");
    }

    private static void matchResources(Map<String, Object> match) {
        fill(match, "matchPolicy", "Equivalent");
        fill(match, "namespaceSelector", new LinkedHashMap<>());
        fill(match, "objectSelector", new LinkedHashMap<>());
    }

    private static void definition(Map<String, Object> definition) {
        Map<String, Object> spec = Tree.child(definition, "spec");
        Map<String, Object> names = Tree.child(spec, "names");
        String kind = Tree.text(names, "kind");
        if (!kind.isEmpty()) {
            fill(names, "singular", kind.toLowerCase(Locale.ROOT));
            fill(names, "listKind", kind + "List");
        }
        fill(Tree.child(spec, "conversion"), "strategy", "None");
        List<Map<String, Object>> versions = Tree.mapsAt(spec, "versions");
        Map<String, Object> status = Tree.child(definition, "status");
        if (Tree.textsAt(status, "storedVersions").isEmpty()) {
            versions.stream()
                    .filter(version -> Boolean.TRUE.equals(version.get("storage")))
                    .findFirst()
                    .ifPresent(version -> status.put("storedVersions", Tree.listOf(Tree.text(version, "name"))));
        }
    }
}
