package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static ConfigMap configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build();
    }

    private static KubernetesClient clientFor(EmbeddedKubernetes kubernetes, String user, String... groups) {
        return new KubernetesClientBuilder()
                .withConfig(kubernetes.configFor(user, groups))
                .build();
    }

    private static void refuses(ThrowingCallable call, int code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KubernetesClientException.class, e -> {
            assertThat(e.getCode()).isEqualTo(code);
            assertThat(e.getStatus().getMessage()).isEqualTo(message);
        });
    }

    @Nested
    @EmbeddedKubeApi
    class ByRules {
        @Test
        void deniesInTheRealServersWords(EmbeddedKubernetes kubernetes) {
            kubernetes
                    .access()
                    .deny(RequestPattern.any().user("alice").verb("list").resource("", "configmaps"));
            try (KubernetesClient alice = clientFor(kubernetes, "alice")) {
                refuses(
                        () -> alice.configMaps().inNamespace("default").list(),
                        403,
                        "configmaps is forbidden: User \"alice\" cannot list resource \"configmaps\" in API group \"\" in the"
                                + " namespace \"default\"");
                assertThat(alice.configMaps()
                                .inNamespace("default")
                                .withName("a")
                                .get())
                        .isNull();
            }
            assertThat(kubernetes.client().configMaps().inAnyNamespace().list().getItems())
                    .isEmpty();
        }

        @Test
        void decidesByTheLatestRuleThatFits(EmbeddedKubernetes kubernetes) {
            kubernetes.access().deny(RequestPattern.writes());
            kubernetes.access().allow(RequestPattern.writes().name("good"));
            KubernetesClient client = kubernetes.client();
            client.resource(configMap("good")).serverSideApply();
            refuses(
                    () -> client.resource(configMap("bad")).serverSideApply(),
                    403,
                    "configmaps \"bad\" is forbidden: User \"kubernetes-admin\" cannot patch resource \"configmaps\" in API"
                            + " group \"\" in the namespace \"default\"");
            kubernetes.access().forget();
            client.resource(configMap("bad")).serverSideApply();
        }

        @Test
        void refusesTokensOfNobody(EmbeddedKubernetes kubernetes) {
            var config = new ConfigBuilder(kubernetes.config())
                    .withOauthToken("nobody's")
                    .build();
            try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
                refuses(() -> client.namespaces().list(), 401, "Unauthorized");
            }
        }

        @Test
        void recordsWhoIsImpersonated(EmbeddedKubernetes kubernetes) {
            var config = new ConfigBuilder(kubernetes.config())
                    .withImpersonateUsername("bob")
                    .withImpersonateGroups("team")
                    .build();
            try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
                client.configMaps().inNamespace("default").withName("a").get();
                RecordedRequest request = kubernetes.recordedRequests().get(0);
                assertThat(request.user()).isEqualTo("bob");
                assertThat(request.groups()).containsExactly("team", "system:authenticated");
                assertThat(request.sender()).isEqualTo("kubernetes-admin");
                kubernetes
                        .access()
                        .deny(RequestPattern.any().verb("impersonate").resource("", "users"));
                refuses(
                        () -> client.configMaps().inNamespace("default").list(),
                        403,
                        "configmaps is forbidden: User \"kubernetes-admin\" cannot impersonate-on:user-info:list resource"
                                + " \"configmaps\" in API group \"\" in the namespace \"default\"");
            }
        }
    }

    @Nested
    class ByRoles {
        @Test
        void allowsWhatTheStoredRolesAllow() {
            try (var kubernetes = EmbeddedKubernetes.builder().rbac().start();
                    KubernetesClient alice = clientFor(kubernetes, "alice")) {
                refuses(
                        () -> alice.configMaps().inNamespace("default").list(),
                        403,
                        "configmaps is forbidden: User \"alice\" cannot list resource \"configmaps\" in API group \"\" in the"
                                + " namespace \"default\"");
                grant(kubernetes.client());
                assertThat(alice.configMaps().inNamespace("default").list().getItems())
                        .isEmpty();
                refuses(
                        () -> alice.configMaps().inAnyNamespace().list(),
                        403,
                        "configmaps is forbidden: User \"alice\" cannot list resource \"configmaps\" in API group \"\" at the"
                                + " cluster scope");
            }
        }

        private void grant(KubernetesClient client) {
            var rule = new PolicyRuleBuilder()
                    .withApiGroups("")
                    .withResources("configmaps")
                    .withVerbs("list")
                    .build();
            client.resource(new RoleBuilder()
                            .withNewMetadata()
                            .withName("reader")
                            .withNamespace("default")
                            .endMetadata()
                            .withRules(List.of(rule))
                            .build())
                    .create();
            client.resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withName("reader")
                            .withNamespace("default")
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                            .addNewSubject("rbac.authorization.k8s.io", "User", "alice", null)
                            .build())
                    .create();
        }

        @Test
        void knowsTheRolesOfANewCluster() {
            try (var kubernetes = EmbeddedKubernetes.builder().rbac().start();
                    KubernetesClient admin = clientFor(kubernetes, "root", "system:masters")) {
                assertThat(admin.rbac().clusterRoles().withName("edit").get()).isNotNull();
                assertThat(kubernetes
                                .client()
                                .rbac()
                                .clusterRoleBindings()
                                .list()
                                .getItems())
                        .hasSizeGreaterThan(2);
            }
        }
    }

    @Test
    void speaksHttps() {
        try (var kubernetes = EmbeddedKubernetes.builder().tls().start()) {
            assertThat(kubernetes.url().getScheme()).isEqualTo("https");
            kubernetes.client().resource(configMap("a")).serverSideApply();
            assertThat(kubernetes.client().configMaps().inAnyNamespace().list().getItems())
                    .hasSize(1);
            assertThat(kubernetes.kubeconfig()).contains("certificate-authority-data: ", "token: ");
        }
    }
}
