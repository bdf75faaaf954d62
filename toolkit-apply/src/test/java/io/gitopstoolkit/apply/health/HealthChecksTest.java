package io.gitopstoolkit.apply.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.health.Health.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthChecksTest {
    private static final Map<String, Object> AVAILABLE = condition("Available", "True", "", "");
    private static final Map<String, Object> ROLLED_OUT =
            condition("Progressing", "True", "NewReplicaSetAvailable", "");

    private static Map<String, Object> condition(String type, String status, String reason, String message) {
        return Map.of("type", type, "status", status, "reason", reason, "message", message);
    }

    private static Manifest object(String apiVersion, String kind, Map<String, ?> spec, Map<String, ?> status) {
        return object(apiVersion, kind, Map.of("name", "x", "generation", 2), spec, status);
    }

    private static Manifest object(
            String apiVersion, String kind, Map<String, ?> metadata, Map<String, ?> spec, Map<String, ?> status) {
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("apiVersion", apiVersion);
        content.put("kind", kind);
        content.put("metadata", metadata);
        content.put("spec", spec);
        content.put("status", status);
        return new Manifest(content);
    }

    private static Arguments row(Manifest live, State state, String message) {
        return Arguments.of(live, state, message);
    }

    private static Map<String, ?> deployed(
            int replicas, int updated, int ready, int available, List<Map<String, Object>> conditions) {
        return Map.of(
                "observedGeneration", 2,
                "replicas", replicas,
                "updatedReplicas", updated,
                "readyReplicas", ready,
                "availableReplicas", available,
                "conditions", conditions);
    }

    private static Manifest deployment(Map<String, ?> status) {
        return object("apps/v1", "Deployment", Map.of("replicas", 3, "progressDeadlineSeconds", 600), status);
    }

    static Stream<Arguments> deployments() {
        var good = List.of(AVAILABLE, ROLLED_OUT);
        return Stream.of(
                row(deployment(Map.of()), State.IN_PROGRESS, "Replicas: 0/3"),
                row(deployment(deployed(3, 3, 3, 3, good)), State.CURRENT, "Deployment is available. Replicas: 3"),
                row(deployment(deployed(2, 2, 2, 2, good)), State.IN_PROGRESS, "Replicas: 2/3"),
                row(deployment(deployed(3, 1, 3, 3, good)), State.IN_PROGRESS, "Updated: 1/3"),
                row(deployment(deployed(4, 3, 3, 3, good)), State.IN_PROGRESS, "Pending termination: 1"),
                row(deployment(deployed(3, 3, 3, 1, good)), State.IN_PROGRESS, "Available: 1/3"),
                row(deployment(deployed(3, 3, 2, 3, good)), State.IN_PROGRESS, "Ready: 2/3"),
                row(
                        deployment(deployed(3, 3, 3, 3, List.of(AVAILABLE))),
                        State.IN_PROGRESS,
                        "ReplicaSet not Available"),
                row(
                        deployment(deployed(3, 3, 3, 3, List.of(ROLLED_OUT))),
                        State.IN_PROGRESS,
                        "Deployment not Available"),
                row(
                        deployment(deployed(
                                3,
                                1,
                                1,
                                1,
                                List.of(condition("Progressing", "False", "ProgressDeadlineExceeded", "")))),
                        State.FAILED,
                        "Progress deadline exceeded"));
    }

    private static Map<String, ?> stateful(int replicas, int ready, int current, int updated, String revision) {
        return Map.of(
                "observedGeneration", 2,
                "replicas", replicas,
                "readyReplicas", ready,
                "currentReplicas", current,
                "updatedReplicas", updated,
                "currentRevision", "a",
                "updateRevision", revision);
    }

    static Stream<Arguments> statefulSets() {
        Map<String, ?> three = Map.of("replicas", 3);
        Map<String, ?> partition = Map.of(
                "replicas",
                3,
                "updateStrategy",
                Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("partition", 1)));
        Map<String, ?> onDelete = Map.of("updateStrategy", Map.of("type", "OnDelete"));
        return Stream.of(
                row(set(three, Map.of()), State.IN_PROGRESS, "Replicas: 0/3"),
                row(set(Map.of("replicas", 0), Map.of()), State.IN_PROGRESS, "StatefulSet has no status yet"),
                row(
                        set(three, stateful(3, 3, 3, 3, "a")),
                        State.CURRENT,
                        "All replicas scheduled as expected. Replicas: 3"),
                row(set(three, stateful(2, 2, 2, 2, "a")), State.IN_PROGRESS, "Replicas: 2/3"),
                row(set(three, stateful(3, 1, 3, 3, "a")), State.IN_PROGRESS, "Ready: 1/3"),
                row(set(three, stateful(4, 3, 3, 3, "a")), State.IN_PROGRESS, "Pending termination: 1"),
                row(set(three, stateful(3, 3, 2, 1, "b")), State.IN_PROGRESS, "current: 2/3"),
                row(
                        set(three, stateful(3, 3, 3, 3, "b")),
                        State.IN_PROGRESS,
                        "Waiting for updated revision to match current"),
                row(set(partition, stateful(3, 3, 1, 1, "b")), State.IN_PROGRESS, "updated: 1/2"),
                row(set(partition, stateful(3, 3, 1, 2, "b")), State.CURRENT, "Partition rollout complete. updated: 2"),
                row(set(onDelete, Map.of()), State.CURRENT, "StatefulSet is using the ondelete update strategy"));
    }

    private static Manifest set(Map<String, ?> spec, Map<String, ?> status) {
        return object("apps/v1", "StatefulSet", spec, status);
    }

    static Stream<Arguments> otherWorkloads() {
        Map<String, ?> daemons = Map.of(
                "observedGeneration", 2,
                "desiredNumberScheduled", 2,
                "currentNumberScheduled", 2,
                "updatedNumberScheduled", 2,
                "numberAvailable", 1,
                "numberReady", 1);
        Map<String, ?> noNodes = Map.of("observedGeneration", 2, "desiredNumberScheduled", 0);
        Map<String, ?> replicas = Map.of(
                "observedGeneration", 2,
                "replicas", 1,
                "fullyLabeledReplicas", 1,
                "availableReplicas", 1,
                "readyReplicas", 1);
        return Stream.of(
                row(
                        object("apps/v1", "DaemonSet", Map.of(), Map.of("desiredNumberScheduled", 0)),
                        State.IN_PROGRESS,
                        "DaemonSet status.observedGeneration not found"),
                row(object("apps/v1", "DaemonSet", Map.of(), daemons), State.IN_PROGRESS, "Available: 1/2"),
                row(
                        object("apps/v1", "DaemonSet", Map.of(), noNodes),
                        State.CURRENT,
                        "All replicas scheduled as expected. Replicas: 0"),
                row(
                        object("apps/v1", "ReplicaSet", Map.of(), replicas),
                        State.CURRENT,
                        "ReplicaSet is available. Replicas: 1"),
                row(
                        object("apps/v1", "ReplicaSet", Map.of("replicas", 2), replicas),
                        State.IN_PROGRESS,
                        "Labelled: 1/2"),
                row(
                        object(
                                "apps/v1",
                                "ReplicaSet",
                                Map.of(),
                                Map.of(
                                        "observedGeneration",
                                        2,
                                        "conditions",
                                        List.of(condition(
                                                "ReplicaFailure", "True", "FailedCreate", "exceeded quota")))),
                        State.IN_PROGRESS,
                        "Replica Failure condition. Check Pods"),
                row(object("batch/v1", "Job", Map.of(), Map.of()), State.IN_PROGRESS, "Job not started. active: 0/1"),
                row(
                        object("batch/v1", "Job", Map.of(), Map.of("startTime", "t", "active", 1)),
                        State.IN_PROGRESS,
                        "Job in progress. success:0, active: 1, failed: 0"),
                row(
                        object(
                                "batch/v1",
                                "Job",
                                Map.of(),
                                Map.of("succeeded", 1, "conditions", List.of(condition("Complete", "True", "", "")))),
                        State.CURRENT,
                        "Job Completed. succeeded: 1/1"),
                row(
                        object(
                                "batch/v1",
                                "Job",
                                Map.of(),
                                Map.of(
                                        "failed",
                                        4,
                                        "conditions",
                                        List.of(condition("Failed", "True", "BackoffLimitExceeded", "")))),
                        State.FAILED,
                        "Job Failed. failed: 4/1"),
                row(object("batch/v1", "Job", Map.of("suspend", true), Map.of()), State.CURRENT, "Job is suspended"),
                row(object("batch/v1", "CronJob", Map.of(), Map.of()), State.CURRENT, "Resource is always ready"));
    }

    private static Manifest pod(String phase) {
        return object("v1", "Pod", Map.of(), Map.of("phase", phase));
    }

    private static Manifest pod(String phase, Map<String, Object> condition) {
        return object("v1", "Pod", Map.of(), Map.of("phase", phase, "conditions", List.of(condition)));
    }

    static Stream<Arguments> pods() {
        Map<String, ?> crashing = Map.of(
                "phase",
                "Running",
                "containerStatuses",
                List.of(Map.of("name", "web", "state", Map.of("waiting", Map.of("reason", "CrashLoopBackOff")))));
        return Stream.of(
                row(object("v1", "Pod", Map.of(), Map.of()), State.IN_PROGRESS, "Pod phase not available"),
                row(pod("Pending"), State.IN_PROGRESS, "Pod is in the Pending phase"),
                row(
                        pod("Pending", condition("PodScheduled", "False", "Unschedulable", "0/3 nodes fit")),
                        State.IN_PROGRESS,
                        "Pod could not be scheduled: 0/3 nodes fit"),
                row(pod("Running"), State.IN_PROGRESS, "Pod is running but is not Ready"),
                row(pod("Running", condition("Ready", "True", "", "")), State.CURRENT, "Pod is Ready"),
                row(object("v1", "Pod", Map.of(), crashing), State.FAILED, "Containers in CrashLoop state: web"),
                row(pod("Succeeded"), State.CURRENT, "Pod has completed successfully"),
                row(pod("Failed"), State.FAILED, "Pod has completed, but not successfully"),
                row(pod("Unknown"), State.IN_PROGRESS, "Pod is in the Unknown phase"));
    }

    private static Manifest definition(Map<String, Object> condition) {
        return object(
                "apiextensions.k8s.io/v1",
                "CustomResourceDefinition",
                Map.of(),
                Map.of("conditions", List.of(condition)));
    }

    static Stream<Arguments> otherBuiltInKinds() {
        return Stream.of(
                row(
                        object("v1", "PersistentVolumeClaim", Map.of(), Map.of("phase", "Bound")),
                        State.CURRENT,
                        "PVC is Bound"),
                row(
                        object("v1", "PersistentVolumeClaim", Map.of(), Map.of("phase", "Pending")),
                        State.IN_PROGRESS,
                        "PVC is not Bound. phase: Pending"),
                row(object("v1", "Service", Map.of(), Map.of()), State.CURRENT, "Service is ready"),
                row(
                        object("v1", "Service", Map.of("type", "LoadBalancer"), Map.of()),
                        State.IN_PROGRESS,
                        "ClusterIP not set. Service type: LoadBalancer"),
                row(
                        object("v1", "Service", Map.of("type", "LoadBalancer", "clusterIP", "10.0.0.1"), Map.of()),
                        State.CURRENT,
                        "Service is ready"),
                row(
                        object("policy/v1", "PodDisruptionBudget", Map.of(), Map.of("observedGeneration", 1)),
                        State.IN_PROGRESS,
                        "PodDisruptionBudget generation is 2, but latest observed generation is 1"),
                row(
                        object("policy/v1", "PodDisruptionBudget", Map.of(), Map.of("observedGeneration", 2)),
                        State.CURRENT,
                        "AllowedDisruptions has been computed."),
                row(definition(condition("Established", "True", "", "")), State.CURRENT, "CRD is established"),
                row(
                        definition(condition("Established", "False", "Installing", "")),
                        State.IN_PROGRESS,
                        "Install in progress"),
                row(definition(condition("Established", "False", "Broken", "no")), State.FAILED, "no"),
                row(definition(condition("NamesAccepted", "False", "Conflict", "taken")), State.FAILED, "taken"),
                row(object("v1", "ConfigMap", Map.of(), Map.of()), State.CURRENT, "Resource is always ready"),
                row(object("v1", "Secret", Map.of(), Map.of()), State.CURRENT, "Resource is always ready"));
    }

    private static Manifest widget(Map<String, Object> condition) {
        return object("example.org/v1", "Widget", Map.of(), Map.of("conditions", List.of(condition)));
    }

    static Stream<Arguments> anyKind() {
        return Stream.of(
                row(
                        object(
                                "v1",
                                "ConfigMap",
                                Map.of("name", "x", "deletionTimestamp", "2026-01-01T00:00:00Z"),
                                Map.of(),
                                Map.of()),
                        State.TERMINATING,
                        "Resource scheduled for deletion"),
                row(
                        object("example.org/v1", "Widget", Map.of(), Map.of("observedGeneration", 1)),
                        State.IN_PROGRESS,
                        "Widget generation is 2, but latest observed generation is 1"),
                row(
                        object("example.org/v1", "Widget", Map.of(), Map.of("observedGeneration", -1)),
                        State.IN_PROGRESS,
                        "Widget generation is 2, but latest observed generation is -1"),
                row(widget(condition("Reconciling", "True", "Progressing", "at it")), State.IN_PROGRESS, "at it"),
                row(widget(condition("Stalled", "True", "Broken", "")), State.FAILED, "Broken"),
                row(widget(condition("Stalled", "False", "", "")), State.CURRENT, "Resource is current"),
                row(widget(condition("Ready", "True", "", "")), State.CURRENT, "Resource is Ready"),
                row(widget(condition("Ready", "False", "", "not yet")), State.IN_PROGRESS, "not yet"),
                row(widget(condition("Ready", "Unknown", "", "")), State.IN_PROGRESS, "Ready is Unknown"));
    }

    @ParameterizedTest
    @MethodSource({"deployments", "statefulSets", "otherWorkloads", "pods", "otherBuiltInKinds", "anyKind"})
    void followsTheRulesOfKstatus(Manifest live, State state, String message) {
        assertThat(HealthChecks.kstatus().check(live)).isEqualTo(new Health(state, message));
    }

    @Test
    void makesAnExceptionForAKind() {
        var check = HealthChecks.kstatus().except("example.org", "Widget", live -> Health.failed("never good"));
        assertThat(check.check(widget(condition("Ready", "True", "", "")))).isEqualTo(Health.failed("never good"));
        assertThat(check.check(object("v1", "ConfigMap", Map.of(), Map.of())).isCurrent())
                .isTrue();
    }

    @Test
    void isWrittenInTheWordsOfKstatus() {
        assertThat(Health.inProgress("Ready: 1/3")).hasToString("InProgress (Ready: 1/3)");
        assertThat(Health.current("")).hasToString("Current");
    }
}
