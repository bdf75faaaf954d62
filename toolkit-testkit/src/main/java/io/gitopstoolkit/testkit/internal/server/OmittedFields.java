package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.schema.Type;
import io.gitopstoolkit.testkit.internal.schema.Type.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which empty values an object keeps and which it loses on its way through the real server. OpenAPI does not tell it:
 * it follows from whether the Go field is a pointer and whether it is marked to be omitted when empty.
 */
final class OmittedFields {
    /** Optional strings that are pointers, so that an empty one is kept. */
    private static final Set<String> KEPT_STRINGS = Set.of(
            "storageClassName",
            "ingressClassName",
            "volumeAttributesClassName",
            "loadBalancerClass",
            "schedulingGroup",
            "holderIdentity",
            "apiGroup.TypedLocalObjectReference",
            "runtimeClassName");

    /** Optional booleans that are no pointers, so that false is lost. */
    private static final Set<String> LOST_BOOLEANS = Set.of(
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "stdin",
            "stdinOnce",
            "tty",
            "paused",
            "publishNotReadyAddresses",
            "readOnly",
            "unschedulable",
            "globalDefault",
            "preserveUnknownFields");

    /** Optional numbers that are no pointers, so that zero is lost. */
    private static final Set<String> LOST_NUMBERS = Set.of(
            "minReadySeconds",
            "hostPort",
            "nodePort",
            "healthCheckNodePort",
            "initialDelaySeconds",
            "timeoutSeconds.Probe",
            "periodSeconds.Probe",
            "successThreshold",
            "failureThreshold",
            "observedGeneration",
            "replicas.DeploymentStatus",
            "updatedReplicas",
            "readyReplicas",
            "availableReplicas",
            "unavailableReplicas",
            "active",
            "succeeded",
            "failed",
            "currentReplicas",
            "numberUnavailable",
            "numberAvailable",
            "updatedNumberScheduled",
            "generation");

    /** Fields that are printed even when empty, beside the required ones, by type. */
    private static final Map<String, List<String>> PRINTED = Map.ofEntries(
            Map.entry("rbac.v1.Role", List.of("rules")),
            Map.entry("rbac.v1.ClusterRole", List.of("rules")),
            Map.entry("storage.v1.CSINodeSpec", List.of("drivers")),
            Map.entry("core.v1.PodSpec", List.of("containers")),
            Map.entry("apps.v1.DeploymentSpec", List.of("selector")),
            Map.entry("apps.v1.StatefulSetSpec", List.of("selector", "serviceName")),
            Map.entry("autoscaling.v2.HorizontalPodAutoscalerCondition", List.of("lastTransitionTime")),
            Map.entry("core.v1.PodCondition", List.of("lastProbeTime", "lastTransitionTime")),
            Map.entry("core.v1.PersistentVolumeClaimCondition", List.of("lastProbeTime", "lastTransitionTime")),
            Map.entry("apps.v1.DeploymentCondition", List.of("lastUpdateTime", "lastTransitionTime")),
            Map.entry("apps.v1.StatefulSetCondition", List.of("lastTransitionTime")),
            Map.entry("apps.v1.DaemonSetCondition", List.of("lastTransitionTime")),
            Map.entry("apps.v1.ReplicaSetCondition", List.of("lastTransitionTime")),
            Map.entry("batch.v1.JobCondition", List.of("lastProbeTime", "lastTransitionTime")),
            Map.entry("apps.v1.DaemonSetSpec", List.of("selector")),
            Map.entry("apps.v1.ReplicaSetSpec", List.of("selector")),
            Map.entry("apps.v1.ReplicaSetStatus", List.of("replicas")),
            Map.entry("apps.v1.StatefulSetStatus", List.of("replicas", "availableReplicas")),
            Map.entry(
                    "apps.v1.DaemonSetStatus",
                    List.of("currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady")),
            Map.entry(
                    "policy.v1.PodDisruptionBudgetStatus",
                    List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")),
            Map.entry("autoscaling.v2.HorizontalPodAutoscalerStatus", List.of("desiredReplicas", "currentMetrics")),
            Map.entry("core.v1.ReplicationControllerStatus", List.of("replicas")),
            Map.entry("apiextensions.v1.CustomResourceDefinitionStatus", List.of("conditions", "storedVersions")),
            Map.entry("batch.v1.CronJobSpec", List.of("schedule")),
            Map.entry("discovery.v1.EndpointSlice", List.of("endpoints", "ports")),
            Map.entry("core.v1.EndpointsList", List.of("items")),
            Map.entry("scheduling.v1.PriorityClass", List.of("value")),
            Map.entry("networking.v1.HTTPIngressRuleValue", List.of("paths")),
            Map.entry("core.v1.LimitRangeSpec", List.of("limits")));

    private OmittedFields() {}

    /** Whether a field with that value is not printed. */
    static boolean omits(Type parent, String name, Type type, @Nullable Object value) {
        if (value == null) {
            return true;
        }
        if (parent.required().contains(name) || alwaysPrinted(parent).contains(name)) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() && type.element() != null;
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() && !name.equals("managedFields");
        }
        String qualified = name + "." + parent.name().substring(parent.name().lastIndexOf('.') + 1);
        if (value.equals("")) {
            return type.shape() == Shape.SCALAR
                    && !type.name().equals("x")
                    && !KEPT_STRINGS.contains(name)
                    && !KEPT_STRINGS.contains(qualified);
        }
        if (value.equals(false)) {
            return LOST_BOOLEANS.contains(name);
        }
        return value.equals(0L) && (LOST_NUMBERS.contains(name) || LOST_NUMBERS.contains(qualified));
    }

    /** Whether a struct that the schema calls always there is not printed when empty. */
    static boolean isSilent(Type parent, String name) {
        return parent.name().equals("core.v1.PodTemplateSpec") && name.equals("none");
    }

    /** The fields of a type that are printed as null or zero where they are missing. */
    static List<String> alwaysPrinted(Type type) {
        return PRINTED.getOrDefault(type.name(), List.of());
    }

    /** The value of a field that nobody set. */
    static @Nullable Object zero(Type type) {
        if (type.shape() != Shape.SCALAR) {
            return null;
        }
        return switch (type.name()) {
            case "i", "n", "x" -> 0L;
            case "q" -> "0";
            case "b" -> false;
            case "t" -> null;
            default -> "";
        };
    }
}
