package io.gitopstoolkit.testkit.internal.server;

import static io.gitopstoolkit.testkit.internal.server.Defaults.fill;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.Map;
import java.util.function.Consumer;

/** Defaults of the kinds that make pods. */
final class WorkloadDefaults {
    private static final long DEFAULT_CPU_PERCENT = 80;

    private WorkloadDefaults() {}

    static void register(Map<String, Consumer<Map<String, Object>>> defaults) {
        defaults.put("apps.v1.DeploymentSpec", WorkloadDefaults::deployment);
        defaults.put("apps.v1.StatefulSetSpec", WorkloadDefaults::statefulSet);
        defaults.put(
                "apps.v1.DaemonSet",
                set -> fill(
                        Tree.child(Tree.child(set, "metadata"), "annotations"), KindRules.TEMPLATE_GENERATION, "0"));
        defaults.put("apps.v1.DaemonSetSpec", WorkloadDefaults::daemonSet);
        defaults.put("apps.v1.ReplicaSetSpec", spec -> fill(spec, "replicas", 1L));
        defaults.put("core.v1.ReplicationController", WorkloadDefaults::replicationController);
        defaults.put("batch.v1.Job", WorkloadDefaults::job);
        defaults.put("batch.v1.CronJobSpec", WorkloadDefaults::cronJob);
        defaults.put("autoscaling.v2.HorizontalPodAutoscalerSpec", WorkloadDefaults::autoscaler);
        defaults.put("autoscaling.v2.HPAScalingRules", rules -> fill(rules, "selectPolicy", "Max"));
    }

    private static void deployment(Map<String, Object> spec) {
        fill(spec, "replicas", 1L);
        Map<String, Object> strategy = Tree.child(spec, "strategy");
        fill(strategy, "type", "RollingUpdate");
        if (Tree.text(strategy, "type").equals("RollingUpdate")) {
            Map<String, Object> rolling = Tree.child(strategy, "rollingUpdate");
            fill(rolling, "maxUnavailable", "25%");
            fill(rolling, "maxSurge", "25%");
        }
        fill(spec, "revisionHistoryLimit", 10L);
        fill(spec, "progressDeadlineSeconds", 600L);
    }

    private static void statefulSet(Map<String, Object> spec) {
        fill(spec, "replicas", 1L);
        fill(spec, "podManagementPolicy", "OrderedReady");
        Map<String, Object> strategy = Tree.child(spec, "updateStrategy");
        fill(strategy, "type", "RollingUpdate");
        if (Tree.text(strategy, "type").equals("RollingUpdate")) {
            Map<String, Object> rolling = Tree.child(strategy, "rollingUpdate");
            fill(rolling, "partition", 0L);
        }
        fill(spec, "revisionHistoryLimit", 10L);
        Map<String, Object> retention = Tree.child(spec, "persistentVolumeClaimRetentionPolicy");
        fill(retention, "whenDeleted", "Retain");
        fill(retention, "whenScaled", "Retain");
        for (Map<String, Object> claim : Tree.mapsAt(spec, "volumeClaimTemplates")) {
            fill(claim, "apiVersion", "v1");
            fill(claim, "kind", "PersistentVolumeClaim");
            fill(Tree.child(claim, "status"), "phase", "Pending");
        }
    }

    private static void daemonSet(Map<String, Object> spec) {
        Map<String, Object> strategy = Tree.child(spec, "updateStrategy");
        fill(strategy, "type", "RollingUpdate");
        if (Tree.text(strategy, "type").equals("RollingUpdate")) {
            Map<String, Object> rolling = Tree.child(strategy, "rollingUpdate");
            fill(rolling, "maxUnavailable", 1L);
            fill(rolling, "maxSurge", 0L);
        }
        fill(spec, "revisionHistoryLimit", 10L);
    }

    private static void replicationController(Map<String, Object> controller) {
        Map<String, Object> spec = Tree.child(controller, "spec");
        fill(spec, "replicas", 1L);
        Map<String, Object> labels = Tree.mapAt(spec, "template", "metadata", "labels");
        if (!labels.isEmpty()) {
            if (Tree.mapAt(spec, "selector").isEmpty()) {
                spec.put("selector", Tree.copy(labels));
            }
            fill(Tree.child(controller, "metadata"), "labels", Tree.copy(labels));
        }
    }

    private static void job(Map<String, Object> job) {
        Map<String, Object> labels = Tree.mapAt(job, "spec", "template", "metadata", "labels");
        Map<String, Object> metadata = Tree.child(job, "metadata");
        if (Tree.mapAt(metadata, "labels").isEmpty() && !labels.isEmpty()) {
            metadata.put("labels", Tree.copy(labels));
        }
        jobSpec(Tree.child(job, "spec"));
    }

    private static void jobSpec(Map<String, Object> spec) {
        if (spec.get("completions") == null && spec.get("parallelism") == null) {
            spec.put("completions", 1L);
        }
        fill(spec, "parallelism", 1L);
        fill(spec, "backoffLimit", spec.containsKey("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6L);
        fill(spec, "completionMode", "NonIndexed");
        fill(spec, "suspend", false);
        fill(spec, "podReplacementPolicy", spec.containsKey("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        fill(spec, "manualSelector", false);
    }

    private static void cronJob(Map<String, Object> spec) {
        fill(spec, "concurrencyPolicy", "Allow");
        fill(spec, "suspend", false);
        fill(spec, "successfulJobsHistoryLimit", 3L);
        fill(spec, "failedJobsHistoryLimit", 1L);
    }

    private static void autoscaler(Map<String, Object> spec) {
        fill(spec, "minReplicas", 1L);
        if (Tree.mapsAt(spec, "metrics").isEmpty()) {
            var target = Tree.of("type", "Utilization", "averageUtilization", DEFAULT_CPU_PERCENT);
            spec.put(
                    "metrics",
                    Tree.listOf(Tree.of("type", "Resource", "resource", Tree.of("name", "cpu", "target", target))));
        }
        if (spec.get("behavior") instanceof Map<?, ?>) {
            Map<String, Object> behavior = Tree.child(spec, "behavior");
            scaleUp(Tree.child(behavior, "scaleUp"));
            scaleDown(Tree.child(behavior, "scaleDown"));
        }
    }

    private static void scaleUp(Map<String, Object> rules) {
        fill(rules, "stabilizationWindowSeconds", 0L);
        fill(
                rules,
                "policies",
                Tree.listOf(
                        Tree.of("type", "Pods", "value", 4L, "periodSeconds", 15L),
                        Tree.of("type", "Percent", "value", 100L, "periodSeconds", 15L)));
        fill(rules, "selectPolicy", "Max");
    }

    private static void scaleDown(Map<String, Object> rules) {
        fill(rules, "policies", Tree.listOf(Tree.of("type", "Percent", "value", 100L, "periodSeconds", 15L)));
        fill(rules, "selectPolicy", "Max");
    }
}
