package io.gitopstoolkit.samples.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import io.gitopstoolkit.source.git.GitReference;
import io.gitopstoolkit.source.git.GitSource;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import io.gitopstoolkit.testkit.WorkloadSimulator;
import io.gitopstoolkit.testkit.WorkloadSimulator.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContinuousDeliveryTest {
    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final WorkloadSimulator workloads = WorkloadSimulator.builder(kubernetes.client())
            .outcome(ref -> ref.name().startsWith("bad") ? Outcome.FAIL : Outcome.READY)
            .start();
    private final GitServer server = GitServer.start();
    private final ServedRepository repository = server.repository("shop");
    private final GitSource source = GitSource.builder(repository.uri())
            .reference(new GitReference.Branch("main"))
            .build();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ContinuousDelivery delivery = new ContinuousDelivery(
            source,
            KustomizeRenderer.at(""),
            kubernetes.client(),
            new Owner("sample", "delivery.example.org", "shop", "default"),
            (event, deadline) -> events.add(event));

    @BeforeEach
    void deliverTheFirstCommit() throws InterruptedException {
        commit("blue", "web");
        assertThat(delivery.reconcile(soon())).isTrue();
        assertThat(next().message()).contains("ConfigMap/default/settings created", "Deployment/default/web created");
    }

    @AfterEach
    void stop() {
        delivery.close();
        source.close();
        server.close();
        workloads.close();
        kubernetes.close();
    }

    @Test
    void deliversEachCommitOnce() throws InterruptedException {
        assertThat(delivery.reconcile(soon())).isFalse();
        commit("red", "web");
        assertThat(delivery.reconcile(soon())).isTrue();
        assertThat(next().message()).isEqualTo("ConfigMap/default/settings configured");
        assertThat(color()).isEqualTo("red");
    }

    @Test
    void returnsFromACommitThatDoesNotBecomeHealthy() throws InterruptedException {
        commit("red", "bad");
        delivery.reconcile(soon());
        Event failure = next();
        assertThat(failure.reason()).isEqualTo("HealthCheckFailed");
        assertThat(failure.message()).contains("Deployment/default/bad", "rolled back to main@sha1:");
        assertThat(color()).isEqualTo("blue");
        assertThat(kubernetes
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace("default")
                        .withName("bad")
                        .get())
                .isNull();

        commit("green", "web");
        delivery.reconcile(soon());
        assertThat(next().reason()).isEqualTo("ReconciliationSucceeded");
        assertThat(color()).isEqualTo("green");
    }

    @Test
    void takesBackWhatSomebodyChanges() throws InterruptedException {
        kubernetes
                .client()
                .configMaps()
                .inNamespace("default")
                .withName("settings")
                .edit(map ->
                        new ConfigMapBuilder(map).addToData("color", "pink").build());
        Event drift = next();
        assertThat(drift.reason()).isEqualTo("DriftCorrected");
        assertThat(drift.message())
                .contains("ConfigMap/default/settings was changed", "data.color: \"pink\" -> \"blue\"");
        assertThat(color()).isEqualTo("blue");
    }

    @Test
    void tellsOfACommitThatCannotBeRendered() throws InterruptedException {
        repository.commit("Break", Map.of("kustomization.yaml", "resources: [absent.yaml]\n"));
        delivery.reconcile(soon());
        assertThat(next().message()).contains("absent.yaml");
        assertThat(color()).isEqualTo("blue");
    }

    private void commit(String color, String deployment) {
        repository.commit(
                "Paint it " + color,
                Map.of(
                        "kustomization.yaml", "resources: [settings.yaml, deployment.yaml]\n",
                        "deployment.yaml", deployment(deployment),
                        "settings.yaml", """
                                apiVersion: v1
                                kind: ConfigMap
                                metadata: {name: settings, namespace: default}
                                data: {color: %s}
                                """.formatted(color)));
    }

    private static String deployment(String name) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s, namespace: default}
            spec:
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [{name: main, image: shop}]}
            """.formatted(name);
    }

    private @Nullable String color() {
        return kubernetes
                .client()
                .configMaps()
                .inNamespace("default")
                .withName("settings")
                .get()
                .getData()
                .get("color");
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(60, TimeUnit.SECONDS);
        assertThat(event).describedAs("an event within a minute").isNotNull();
        return Objects.requireNonNull(event);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }
}
