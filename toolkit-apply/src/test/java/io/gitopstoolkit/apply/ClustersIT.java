package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.testkit.KubeApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a delivery goes: as whom, and to which cluster. */
@KubeApi
class ClustersIT {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final KubernetesClient client;
    private final String ns;
    private final Owner owner;

    ClustersIT(KubernetesClient client) {
        this.client = client;
        this.ns = client.getNamespace();
        this.owner = new Owner("tester", "delivery.example.org", "elsewhere-" + COUNT.incrementAndGet(), ns);
    }

    @BeforeEach
    void grant() {
        var rights = manifest("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: deployer}
                rules:
                  - {apiGroups: [''], resources: [configmaps], verbs: ['*']}
                """);
        var binding = manifest("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: deployer}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer}
                subjects:
                  - {kind: ServiceAccount, name: deployer, namespace: %s}
                  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: deployers}
                """, ns);
        var admin = new Owner("tester", "delivery.example.org", "admin", ns);
        Applier.builder(client, admin).build().apply(set(rights, binding), soon());
        untilItHolds();
    }

    /** A right takes effect some time after it was given; those of all users, some time after the API server began. */
    private void untilItHolds() {
        Deadline deadline = soon();
        try (var other = Clusters.of(client, ns).asServiceAccount("deployer");
                var jane = Clusters.of(client, ns).asUser("jane", Set.of("deployers"))) {
            for (var each : List.of(other, jane)) {
                while (!mayDeliver(each)) {
                    deadline.pause(Duration.ofMillis(100), "wait until the rights hold");
                }
            }
        }
    }

    private boolean mayDeliver(KubernetesClient other) {
        try {
            Applier.builder(other, owner).build().diff(set(configMap("probe", "blue")), soon());
            return true;
        } catch (ApplyException e) {
            assertThat(e.why()).isEqualTo(Reason.FORBIDDEN);
            return false;
        }
    }

    private void keep(String name, Map<String, String> data) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .serverSideApply();
    }

    private String kubeconfig() {
        var config = client.getConfiguration();
        return """
                current-context: there
                contexts: [{name: there, context: {cluster: c, user: u, namespace: %s}}]
                clusters: [{name: c, cluster: {server: '%s', certificate-authority-data: %s}}]
                users: [{name: u, user: {client-certificate-data: %s, client-key-data: %s}}]
                """.formatted(
                        ns,
                        client.getMasterUrl(),
                        base64(config.getCaCertData(), config.getCaCertFile()),
                        base64(config.getClientCertData(), config.getClientCertFile()),
                        base64(config.getClientKeyData(), config.getClientKeyFile()));
    }

    private static String base64(String data, String file) {
        if (data != null) {
            return data;
        }
        try {
            return java.util.Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ApplyException refusal(String name) {
        return catchThrowableOfType(
                ApplyException.class, () -> Clusters.of(client, ns).fromSecret(name, soon()));
    }

    @Test
    void deliversAsAServiceAccountWhatItMay() {
        try (var other = Clusters.of(client, ns).asServiceAccount("deployer")) {
            var changes = Applier.builder(other, owner).build().apply(set(configMap("mine", "blue")), soon());
            assertThat(changes.only(CREATED)).hasSize(1);
        }
    }

    @Test
    void namesWhatAServiceAccountMayNot() {
        try (var other = Clusters.of(client, ns).asServiceAccount("deployer")) {
            var failure = catchThrowableOfType(
                    ApplyException.class,
                    () -> Applier.builder(other, owner)
                            .build()
                            .apply(set(configMap("theirs", "blue"), Given.secret("s", "hunter2")), soon()));
            assertThat(failure.why()).isEqualTo(Reason.FORBIDDEN);
            assertThat(failure)
                    .hasMessageContaining("system:serviceaccount:" + ns + ":deployer")
                    .hasMessageContaining("secrets")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void deliversAsAUserOfAGroup() {
        try (var other = Clusters.of(client, ns).asUser("jane", Set.of("deployers"))) {
            var changes = Applier.builder(other, owner).build().apply(set(configMap("hers", "blue")), soon());
            assertThat(changes.only(CREATED)).hasSize(1);
        }
    }

    @Test
    void reachesTheClusterOfAKubeconfig() {
        keep("at-value", Map.of("value", kubeconfig(), "value.yaml", "not this"));
        keep("at-yaml", Map.of("value.yaml", kubeconfig()));
        keep("at-key", Map.of("other", kubeconfig(), "value", "not this"));
        var clusters = Clusters.of(client, ns);
        try (var one = clusters.fromSecret("at-value", soon());
                var two = clusters.fromSecret("at-yaml", soon());
                var three = clusters.fromSecret("at-key", "other", soon())) {
            for (var each : List.of(one, two, three)) {
                assertThat(each.namespaces().withName(ns).get()).isNotNull();
            }
            try (var both = Clusters.of(one, ns).asServiceAccount("deployer")) {
                assertThat(Applier.builder(both, new Owner("tester", "delivery.example.org", "both", ns))
                                .build()
                                .apply(set(configMap("both", "blue")), soon())
                                .only(CREATED))
                        .hasSize(1);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithTheSecret() {
        keep("empty", Map.of("other", "x"));
        keep("bad", Map.of("value", "planted-secret: ["));
        assertThat(refusal("absent"))
                .hasMessage("Secret/" + ns + "/absent: does not exist; create it with the kubeconfig of the cluster");
        assertThat(refusal("empty")).hasMessageContaining("has no key value or value.yaml");
        assertThat(refusal("bad")).hasMessageContaining("is no YAML").hasMessageNotContaining("planted-secret");
        assertThat(refusal("bad").why()).isEqualTo(Reason.KUBECONFIG_REFUSED);
    }
}
