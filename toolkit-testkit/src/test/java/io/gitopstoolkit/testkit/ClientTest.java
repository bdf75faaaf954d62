package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.gitopstoolkit.api.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** fabric8's client in its own ways. */
@EmbeddedKubeApi
class ClientTest {
    private static ConfigMap configMap(Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withNamespace("default")
                .addToLabels("app", "web")
                .endMetadata()
                .withData(data)
                .build();
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("example.org/web:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static void until(String what, BooleanSupplier condition) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            deadline.pause(Duration.ofMillis(10), what);
        }
    }

    @Test
    void edits(KubernetesClient client) {
        client.resource(configMap(Map.of("a", "1"))).create();
        Resource<ConfigMap> resource =
                client.configMaps().inNamespace("default").withName("settings");
        resource.edit(map -> new ConfigMapBuilder(map).addToData("b", "2").build());
        assertThat(resource.get().getData()).isEqualTo(Map.of("a", "1", "b", "2"));
        client.resource(configMap(Map.of("c", "3"))).serverSideApply();
        assertThat(resource.get().getData()).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        assertThat(client.configMaps()
                        .inAnyNamespace()
                        .withLabel("app", "web")
                        .list()
                        .getItems())
                .hasSize(1);
    }

    @Test
    void informs(KubernetesClient client) {
        try (var informer =
                client.configMaps().inAnyNamespace().withLabel("app", "web").inform()) {
            client.resource(configMap(Map.of("a", "1"))).create();
            until("hear of the object", () -> informer.getStore().list().size() == 1);
            client.resource(configMap(Map.of())).delete();
            until("hear of its end", () -> informer.getStore().list().isEmpty());
        }
    }

    @Test
    void scalesAndRestartsWhatBecomesReady(KubernetesClient client) {
        try (var workloads = WorkloadSimulator.start(client)) {
            assertThat(workloads).isNotNull();
            client.resource(deployment()).create();
            RollableScalableResource<Deployment> web =
                    client.apps().deployments().inNamespace("default").withName("web");
            web.waitUntilReady(60, TimeUnit.SECONDS);
            web.scale(3);
            assertThat(web.get().getSpec().getReplicas()).isEqualTo(3);
            web.rolling().restart();
            assertThat(web.get().getSpec().getTemplate().getMetadata().getAnnotations())
                    .containsKey("kubectl.kubernetes.io/restartedAt");
            web.waitUntilCondition(
                    now -> Long.valueOf(3).equals(now.getStatus().getObservedGeneration())
                            && Integer.valueOf(3).equals(now.getStatus().getReadyReplicas()),
                    60,
                    TimeUnit.SECONDS);
        }
    }

    @Test
    void electsALeader(KubernetesClient client) throws InterruptedException {
        var leading = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var elector = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("election")
                        .withLock(new LeaseLock("default", "leader", "me"))
                        .withLeaseDuration(Duration.ofSeconds(15))
                        .withRenewDeadline(Duration.ofSeconds(10))
                        .withRetryPeriod(Duration.ofMillis(100))
                        .withReleaseOnCancel()
                        .withLeaderCallbacks(new LeaderCallbacks(leading::countDown, ended::countDown, leader -> {}))
                        .build())
                .build();
        var election = elector.start();
        assertThat(leading.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(client.leases()
                        .inNamespace("default")
                        .withName("leader")
                        .get()
                        .getSpec()
                        .getHolderIdentity())
                .isEqualTo("me");
        election.cancel(true);
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
