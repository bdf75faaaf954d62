package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.WorkloadSimulator.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

@EmbeddedKubeApi
class SimulatedPodsTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: default}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "example.org/web:1"}]}
            """;
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: %s, namespace: default}
            spec: {type: %s, ports: [{port: 80}]}
            """;

    private static void until(String what, BooleanSupplier condition) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            deadline.pause(Duration.ofMillis(10), what);
        }
    }

    private static List<Pod> pods(KubernetesClient client) {
        return client.pods()
                .inNamespace("default")
                .withLabel("app", "web")
                .list()
                .getItems();
    }

    private static boolean run(List<Pod> pods, int count, String image) {
        return pods.size() == count
                && pods.stream()
                        .allMatch(pod -> "Running".equals(pod.getStatus().getPhase())
                                && pod.getSpec()
                                        .getContainers()
                                        .get(0)
                                        .getImage()
                                        .equals(image)
                                && pod.getStatus().getContainerStatuses().get(0).getReady());
    }

    @Test
    void followTheirDeployment(KubernetesClient client) {
        try (var workloads = WorkloadSimulator.builder(client).pods().start()) {
            assertThat(workloads).isNotNull();
            client.resource(DEPLOYMENT).create();
            until("run two pods", () -> run(pods(client), 2, "example.org/web:1"));
            var web = client.apps().deployments().inNamespace("default").withName("web");
            web.scale(1);
            until("run one pod", () -> run(pods(client), 1, "example.org/web:1"));
            web.edit(live -> {
                Deployment changed = live;
                changed.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("example.org/web:2");
                return changed;
            });
            until("run the other image", () -> run(pods(client), 1, "example.org/web:2"));
            assertThat(client.apps().replicaSets().inNamespace("default").list().getItems())
                    .extracting(set -> set.getSpec().getReplicas())
                    .containsExactlyInAnyOrder(0, 1);
        }
    }

    @Test
    void crashWhereTheWorkloadFails(KubernetesClient client) {
        try (var workloads = WorkloadSimulator.builder(client)
                .pods()
                .outcome(ref -> Outcome.FAIL)
                .start()) {
            assertThat(workloads).isNotNull();
            client.resource(DEPLOYMENT).create();
            until(
                    "crash",
                    () -> pods(client).size() == 2
                            && pods(client).stream()
                                    .allMatch(pod -> pod.getStatus().getContainerStatuses().stream()
                                            .anyMatch(
                                                    status -> status.getState().getWaiting() != null
                                                            && "CrashLoopBackOff"
                                                                    .equals(status.getState()
                                                                            .getWaiting()
                                                                            .getReason()))));
        }
    }

    @Test
    void areReachedByAddresses(KubernetesClient client) {
        try (var workloads =
                WorkloadSimulator.builder(client).addresses("192.0.2.1").start()) {
            assertThat(workloads).isNotNull();
            client.resource(SERVICE.formatted("inside", "ClusterIP")).create();
            client.resource(SERVICE.formatted("outside", "LoadBalancer")).create();
            var services = client.services().inNamespace("default");
            until(
                    "have an address",
                    () -> !addresses(services.withName("outside").get()).isEmpty());
            assertThat(addresses(services.withName("outside").get())).containsExactly("192.0.2.1");
            assertThat(addresses(services.withName("inside").get())).isEmpty();
        }
    }

    private static List<String> addresses(Service service) {
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .map(ingress -> ingress.getIp())
                .toList();
    }
}
