package io.gitopstoolkit.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.WebhookServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QuickstartTest {
    @Test
    void tellsTheWholeStory() {
        Run run = Run.of(Cluster::of);
        assertThat(run.exitCode()).describedAs(run.output()).isZero();
        assertThat(run.changes())
                .containsExactly(
                        "1. Deliver overlays/production",
                        "created    Namespace/shop",
                        "created    ServiceAccount/shop/shop",
                        "created    Role/shop/shop",
                        "created    RoleBinding/shop/shop",
                        "created    ConfigMap/shop/shop-config-m4ch258c9g",
                        "created    Service/shop/shop",
                        "created    Deployment/shop/shop",
                        "created    PodDisruptionBudget/shop/shop",
                        "created    Ingress/shop/shop",
                        "2. Somebody commits: Update nginx to 1.29.1, drop the disruption budget",
                        "unchanged  Namespace/shop",
                        "unchanged  ServiceAccount/shop/shop",
                        "unchanged  Role/shop/shop",
                        "unchanged  RoleBinding/shop/shop",
                        "unchanged  ConfigMap/shop/shop-config-m4ch258c9g",
                        "unchanged  Service/shop/shop",
                        "configured Deployment/shop/shop",
                        "unchanged  Ingress/shop/shop",
                        "deleted    PodDisruptionBudget/shop/shop",
                        "3. Somebody changes the cluster by hand: kubectl scale deployment shop --replicas=1",
                        "~ Deployment/shop/shop configured",
                        "spec.replicas: 1 -> 3, taken over from fabric8-kubernetes-client (Update)",
                        "4. Deliver again: the drift is corrected",
                        "unchanged  Namespace/shop",
                        "unchanged  ServiceAccount/shop/shop",
                        "unchanged  Role/shop/shop",
                        "unchanged  RoleBinding/shop/shop",
                        "unchanged  ConfigMap/shop/shop-config-m4ch258c9g",
                        "unchanged  Service/shop/shop",
                        "configured Deployment/shop/shop",
                        "unchanged  Ingress/shop/shop");
    }

    @Test
    void postsAnEventForEachStep() {
        Run run = Run.of(Cluster::of);
        assertThat(run.output().lines().filter(line -> line.startsWith("  POST")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("info ReconciliationSucceeded"),
                        line -> assertThat(line).contains("info ReconciliationSucceeded"),
                        line -> assertThat(line).contains("error DriftDetected"),
                        line -> assertThat(line).contains("info ReconciliationSucceeded"));
    }

    @Test
    void changesNothingInADryRun() {
        try (Cluster cluster = Cluster.of(new Options())) {
            Run run = Run.of(options -> cluster.borrowed(), "--dry-run");
            assertThat(run.exitCode()).describedAs(run.output()).isZero();
            assertThat(run.output()).contains("Deployment/shop/shop created");
            assertThat(cluster.client().namespaces().withName("shop").get()).isNull();
        }
    }

    @Test
    void deliversAnotherOverlay() {
        Run run = Run.of(Cluster::of, "--path", "overlays/staging", "--dry-run");
        assertThat(run.output()).contains("Deployment/shop-staging/shop created");
    }

    @Test
    void listsItsOptions() {
        Run run = Run.of(Cluster::of, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("--url", "--path", "--ref", "--kubeconfig", "--context", "--webhook", "--dry-run");
    }

    @Test
    void runsTheExampleOfTheReadme() {
        try (GitServer server = GitServer.start();
                WebhookServer webhook = WebhookServer.start();
                Cluster cluster = Cluster.of(new Options())) {
            ChangeSet changes = Example.deliver(Shop.on(server).repository().uri(), cluster.client(), webhook.uri());
            assertThat(changes.only(Action.CREATED)).hasSize(9);
            assertThat(webhook.requests()).hasSize(1);
        }
    }

    @Test
    void showsTheExampleInTheReadme() throws IOException {
        assertThat(Files.readString(Path.of("../../README.md")))
                .contains(excerpt("src/main/java", Example.class), excerpt("src/test/java", DeliveryTest.class));
    }

    private static String excerpt(String sources, Class<?> type) throws IOException {
        String example = Files.readString(Path.of(sources, type.getName().replace('.', '/') + ".java"));
        String lines = example.substring(
                        example.indexOf("// README: from here") + 21, example.indexOf("// README: to here"))
                .stripIndent()
                .strip();
        return "```java\n" + lines + "\n```";
    }
}
