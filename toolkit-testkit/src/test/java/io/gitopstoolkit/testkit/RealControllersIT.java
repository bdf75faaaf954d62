package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.RealKubernetes.Program;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@KubeApi(also = {Program.CONTROLLER_MANAGER, Program.SCHEDULER})
class RealControllersIT {
    private final KubernetesClient client;

    RealControllersIT(KubernetesClient client) {
        this.client = client;
    }

    @Test
    void makesAndCollectsThePodsOfADeployment() {
        var labels = Map.of("app", "web");
        var deployment = client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage("web:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        var pods = client.pods().withLabels(labels);
        pods.waitUntilCondition(RealControllersIT::isUnschedulable, 60, TimeUnit.SECONDS);
        assertThat(pods.list().getItems())
                .hasSize(1)
                .allSatisfy(pod -> assertThat(pod.getMetadata().getOwnerReferences())
                        .singleElement()
                        .hasFieldOrPropertyWithValue("kind", "ReplicaSet"));
        client.resource(deployment).delete();
        pods.informOnCondition(List::isEmpty).orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(client.apps().replicaSets().withLabels(labels).list().getItems())
                .isEmpty();
    }

    private static boolean isUnschedulable(Pod pod) {
        return pod != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> "Unschedulable".equals(condition.getReason()));
    }
}
