package io.gitopstoolkit.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a user gets wrong ends in one sentence that says what, where and what to do, and exit code 1. */
class BadInputTest {
    private static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """;
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: shop}
            data: {level: info}
            """;

    private final GitServer server = GitServer.start();
    private final ServedRepository repository = server.repository("shop");
    private final Cluster cluster = Cluster.of(new Options());

    @BeforeEach
    void commit() {
        repository.commit(
                "Add",
                Map.of(
                        "kustomization.yaml", "resources: [namespace.yaml, settings.yaml]\n",
                        "namespace.yaml", NAMESPACE,
                        "settings.yaml", SETTINGS));
    }

    @AfterEach
    void stop() {
        server.close();
        cluster.close();
    }

    @Nested
    class InTheRepository {
        @Test
        void doesNotExist() {
            assertRefused(deliverFrom(server.uri() + "nothing.git"), "nothing.git");
        }

        @Test
        void wantsOtherCredentials() {
            server.requireBasic("ada", Secret.of("lovelace"));
            Run run = Run.of(
                    Map.of("GIT_USERNAME", "ada", "GIT_PASSWORD", "wrong-secret"),
                    options -> cluster.borrowed(),
                    "--url",
                    repository.uri().toString());
            assertRefused(run, "shop.git");
            assertThat(run.output()).doesNotContain("wrong-secret");
        }

        @Test
        void hasNoSuchBranch() {
            assertRefused(deliver("--ref", "release"), "release");
        }

        @Test
        void hasNoSuchPath() {
            assertRefused(deliver("--path", "deploy"), "deploy");
        }

        @Test
        void hasAPathThatLeavesIt() {
            assertRefused(deliver("--path", "../../etc"), "../../etc");
        }
    }

    @Nested
    class InTheFiles {
        @Test
        void linksOutOfTheRepository() {
            repository
                    .edit("Link")
                    .symlink("settings.yaml", "../../../etc/passwd")
                    .commit();
            assertRefused(deliver(), "settings.yaml");
        }

        @Test
        void isNotYaml() {
            repository.commit("Break", Map.of("settings.yaml", "kind: [ConfigMap\nmetadata: }\n"));
            assertRefused(deliver(), "settings.yaml");
        }

        @Test
        void namesAResourceThatIsNotThere() {
            repository.commit("Break", Map.of("kustomization.yaml", "resources: [absent.yaml]\n"));
            assertRefused(deliver(), "absent.yaml", "kustomization.yaml");
        }
    }

    @Nested
    class InTheCluster {
        @Test
        void doesNotKnowTheKind() {
            repository.commit("Add a kind", Map.of("settings.yaml", """
                            apiVersion: shops.example.org/v1
                            kind: Shop
                            metadata: {name: corner, namespace: shop}
                            """));
            assertRefused(deliver(), "shops.example.org/v1", "Shop");
        }

        @Test
        void refusesOneOfTheSetAndCompletesItAtASecondRun() {
            repository.commit("Break", Map.of("settings.yaml", SETTINGS + "immutable: perhaps\n"));
            assertRefused(deliver(), "ConfigMap/shop/settings");
            assertThat(cluster.client().namespaces().withName("shop").get()).isNotNull();

            repository.commit("Mend", Map.of("settings.yaml", SETTINGS));
            Run second = deliver();
            assertThat(second.exitCode()).isZero();
            assertThat(second.changes()).contains("unchanged  Namespace/shop", "created    ConfigMap/shop/settings");

            repository.commit("Remove the settings", Map.of("kustomization.yaml", "resources: [namespace.yaml]\n"));
            assertThat(deliver().changes()).contains("deleted    ConfigMap/shop/settings");
        }
    }

    @Test
    void postsToAWebhookThatNobodyServes() {
        Run run = deliver("--webhook", "http://127.0.0.1:1/hook");
        assertRefused(run, "127.0.0.1");
        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace("shop")
                        .withName("settings")
                        .get())
                .isNotNull();
    }

    @Test
    void givesAnUnknownOption() {
        assertRefused(deliver("--branch", "main"), "--branch");
    }

    @Test
    void givesAKubeconfigThatIsNotThere() {
        assertRefused(Run.of(Cluster::of, "--kubeconfig", "absent/kubeconfig"), "absent/kubeconfig");
    }

    private Run deliver(String... more) {
        var arguments = new String[more.length + 2];
        arguments[0] = "--url";
        arguments[1] = repository.uri().toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Run.of(options -> cluster.borrowed(), arguments);
    }

    private Run deliverFrom(String url) {
        return Run.of(options -> cluster.borrowed(), "--url", url);
    }

    private static void assertRefused(Run run, String... mentions) {
        assertThat(run.exitCode()).isEqualTo(1);
        String error = run.output().substring(run.output().lastIndexOf("Error: "));
        assertThat(error).contains(mentions).doesNotContain("Exception", "\tat ");
        assertThat(error.strip().lines()).hasSize(1);
    }
}
