package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@KubeApi
class RealKubernetesIT {
    @Test
    void servesAnApiWithAllRights(KubernetesClient client) {
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .endMetadata()
                .addToData("color", "blue")
                .build();
        client.resource(map).fieldManager("tester").serverSideApply();
        assertThat(client.configMaps().withName("settings").get().getData()).containsEntry("color", "blue");
    }

    @Test
    void givesTheClassANamespaceOfItsOwn(KubernetesClient client, RealKubernetes server) {
        assertThat(client.getNamespace()).startsWith("test-").endsWith("-realkubernetesit");
        assertThat(server.client().getNamespace()).isEqualTo("default");
        assertThat(server.client().namespaces().withName(client.getNamespace()).get())
                .isNotNull();
    }

    @Test
    void listensOnTheLoopbackInterfaceAlone(RealKubernetes server) {
        assertThat(server.client().getMasterUrl().getHost()).isIn("127.0.0.1", "localhost");
        assertThat(server.kubeconfig()).contains("server:", "client-key");
    }

    @Test
    void closesTwiceWithoutHarm() {
        var second = RealKubernetes.start();
        second.close();
        assertThatNoException().isThrownBy(second::close);
    }

    @Test
    void keepsItsAddressAndItsObjectsThroughARestart() {
        try (var second = RealKubernetes.start()) {
            String address = second.client().getMasterUrl().toString();
            second.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("kept")
                            .endMetadata()
                            .build())
                    .create();
            second.stopApiServer();
            assertThatException().isThrownBy(() -> second.client().raw("/readyz"));
            second.startApiServer();
            assertThat(second.client().getMasterUrl()).hasToString(address);
            assertThat(second.client().configMaps().withName("kept").get()).isNotNull();
        }
    }

    @Nested
    class InANestedClass {
        @Test
        void sharesTheNamespaceOfTheOuterClass(KubernetesClient client) {
            assertThat(client.getNamespace()).endsWith("-realkubernetesit");
        }
    }
}
