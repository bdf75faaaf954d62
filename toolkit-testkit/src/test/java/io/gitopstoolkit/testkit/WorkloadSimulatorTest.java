package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.WorkloadSimulator.Outcome;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EmbeddedKubeApi
class WorkloadSimulatorTest {
    private static HasMetadata create(KubernetesClient client, String yaml) {
        HasMetadata object = client.getKubernetesSerialization().unmarshal(yaml);
        return client.resource(object).inNamespace("default").create();
    }

    private static String workload(String kind, String more) {
        return """
            apiVersion: apps/v1
            kind: %s
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: nginx}]}
            %s
            """.formatted(kind, more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment", "StatefulSet", "DaemonSet"})
    void makesWorkloadsReady(String kind, KubernetesClient client) {
        try (var workloads = WorkloadSimulator.start(client)) {
            assertThat(workloads).isNotNull();
            HasMetadata created = create(client, workload(kind, ""));

            assertThat(client.resource(created).waitUntilReady(5, TimeUnit.SECONDS))
                    .isNotNull();
        }
    }

    @Test
    void makesAChangedDeploymentReadyAgain(KubernetesClient client) {
        try (var workloads = WorkloadSimulator.start(client)) {
            assertThat(workloads).isNotNull();
            create(client, workload("Deployment", ""));
            var deployment = client.apps().deployments().inNamespace("default").withName("web");
            deployment.waitUntilReady(5, TimeUnit.SECONDS);

            deployment.scale(3);

            deployment.waitUntilCondition(
                    found -> Objects.equals(found.getStatus().getReadyReplicas(), 3)
                            && found.getStatus().getObservedGeneration() == 2,
                    5,
                    TimeUnit.SECONDS);
        }
    }

    @Test
    void completesJobsAndBindsClaims(KubernetesClient client) {
        try (var workloads = WorkloadSimulator.start(client)) {
            assertThat(workloads).isNotNull();
            create(client, """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: once}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}
                """);
            create(client, """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: disk}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """);

            client.batch()
                    .v1()
                    .jobs()
                    .inNamespace("default")
                    .withName("once")
                    .waitUntilCondition(job -> Objects.equals(job.getStatus().getSucceeded(), 1), 5, TimeUnit.SECONDS);
            client.persistentVolumeClaims()
                    .inNamespace("default")
                    .withName("disk")
                    .waitUntilCondition(claim -> claim.getStatus().getPhase().equals("Bound"), 5, TimeUnit.SECONDS);
        }
    }

    @Test
    void letsADeploymentFail(KubernetesClient client) {
        try (var workloads =
                WorkloadSimulator.builder(client).outcome(ref -> Outcome.FAIL).start()) {
            assertThat(workloads).isNotNull();
            create(client, workload("Deployment", ""));

            client.apps()
                    .deployments()
                    .inNamespace("default")
                    .withName("web")
                    .waitUntilCondition(
                            found -> found.getStatus().getConditions().stream()
                                    .anyMatch(condition -> "ProgressDeadlineExceeded".equals(condition.getReason())),
                            5,
                            TimeUnit.SECONDS);
        }
    }
}
