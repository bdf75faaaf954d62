package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@EmbeddedKubeApi
class EmbeddedKubernetesTest {
    private static ConfigMap configMap(Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withNamespace("default")
                .endMetadata()
                .withData(data)
                .build();
    }

    private static <T extends HasMetadata> T apply(KubernetesClient client, T object, String manager) {
        return client.resource(object).fieldManager(manager).serverSideApply();
    }

    @Test
    void holdsTheNamespacesOfANewCluster(KubernetesClient client) {
        assertThat(client.namespaces().list().getItems())
                .extracting(namespace -> namespace.getMetadata().getName())
                .containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
    }

    @Test
    void startsEmptyForEachTest(KubernetesClient client) {
        assertThat(client.configMaps().inNamespace("default").list().getItems()).isEmpty();
        client.resource(configMap(Map.of("a", "b"))).create();
        assertThat(client.configMaps().inNamespace("default").list().getItems()).hasSize(1);
    }

    @Test
    void runsIndependentInstancesAtOnce(KubernetesClient client) {
        try (var other = EmbeddedKubernetes.start()) {
            client.resource(configMap(Map.of())).create();
            assertThat(other.client().configMaps().inAnyNamespace().list().getItems())
                    .isEmpty();
        }
    }

    @Nested
    class WhenApplied {
        @Test
        void createsWithTheAppliersFields(KubernetesClient client) {
            ConfigMap created = apply(client, configMap(Map.of("color", "blue")), "one");

            assertThat(created.getMetadata().getManagedFields()).hasSize(1);
            ManagedFieldsEntry entry = created.getMetadata().getManagedFields().get(0);
            assertThat(entry.getManager()).isEqualTo("one");
            assertThat(entry.getOperation()).isEqualTo("Apply");
            assertThat(entry.getFieldsV1().getAdditionalProperties())
                    .isEqualTo(Map.of("f:data", Map.of("f:color", Map.of())));
        }

        @Test
        void changesNothingWhenAppliedAgain(KubernetesClient client) {
            ConfigMap first = apply(client, configMap(Map.of("color", "blue")), "one");
            ConfigMap second = apply(client, configMap(Map.of("color", "blue")), "one");

            assertThat(second).isEqualTo(first);
        }

        @Test
        void removesWhatIsNoLongerApplied(KubernetesClient client) {
            apply(client, configMap(Map.of("color", "blue", "size", "l")), "one");
            ConfigMap second = apply(client, configMap(Map.of("size", "l")), "one");

            assertThat(second.getData()).isEqualTo(Map.of("size", "l"));
        }

        @Test
        void keepsFieldsOfOthers(KubernetesClient client) {
            apply(client, configMap(Map.of("color", "blue")), "one");
            apply(client, configMap(Map.of("size", "l")), "two");
            ConfigMap third = apply(client, configMap(Map.of("color", "blue")), "one");

            assertThat(third.getData()).isEqualTo(Map.of("color", "blue", "size", "l"));
        }

        @Test
        void refusesToTakeAnothersField(KubernetesClient client) {
            apply(client, configMap(Map.of("color", "blue")), "one");

            assertThatThrownBy(() -> apply(client, configMap(Map.of("color", "red")), "two"))
                    .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                        assertThat(e.getCode()).isEqualTo(409);
                        assertThat(e.getStatus().getMessage())
                                .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.color");
                    });
        }

        @Test
        void takesAnothersFieldWhenForced(KubernetesClient client) {
            apply(client, configMap(Map.of("color", "blue")), "one");
            ConfigMap forced = client.resource(configMap(Map.of("color", "red")))
                    .fieldManager("two")
                    .forceConflicts()
                    .serverSideApply();

            assertThat(forced.getData()).isEqualTo(Map.of("color", "red"));
            assertThat(forced.getMetadata().getManagedFields())
                    .extracting(ManagedFieldsEntry::getManager)
                    .containsExactly("two");
        }

        @Test
        void writesNothingInADryRun(KubernetesClient client) {
            PatchContext dryRun = new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager("one")
                    .withDryRun(List.of("All"))
                    .build();

            ConfigMap shown =
                    client.resource(configMap(Map.of("color", "blue"))).patch(dryRun);

            assertThat(shown.getData()).isEqualTo(Map.of("color", "blue"));
            assertThat(client.resource(configMap(Map.of())).get()).isNull();
        }
    }

    @Test
    void streamsChangesToAWatch(KubernetesClient client) throws InterruptedException {
        var events = new LinkedBlockingQueue<String>();
        var watcher = new Watcher<ConfigMap>() {
            @Override
            public void eventReceived(Action action, ConfigMap object) {
                events.add(action + " " + object.getData());
            }

            @Override
            public void onClose(WatcherException cause) {
                events.add("closed");
            }
        };
        try (var watch = client.configMaps().inNamespace("default").watch(watcher)) {
            assertThat(watch).isNotNull();
            client.resource(configMap(Map.of("a", "1"))).create();
            client.resource(configMap(Map.of("a", "2"))).update();
            client.resource(configMap(Map.of())).delete();

            assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED {a=1}");
            assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("MODIFIED {a=2}");
            assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("DELETED {a=2}");
        }
    }

    @Test
    void countsAndLogsRequests(EmbeddedKubernetes kubernetes) {
        kubernetes.client().namespaces().withName("default").get();

        assertThat(kubernetes.requests()).containsExactly("GET /api/v1/namespaces/default");
        kubernetes.forgetRequests();
        assertThat(kubernetes.requestCount()).isZero();
    }

    @Test
    void failsRequestsOnDemand(EmbeddedKubernetes kubernetes) {
        kubernetes.failNext(1, "GET", "/api/v1/namespaces/default", 403);
        KubernetesClient client = kubernetes.client();

        assertThatThrownBy(() -> client.namespaces().withName("default").get())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403));
        assertThat(client.namespaces().withName("default").get()).isNotNull();
    }

    @Test
    void saysWhatItCannotDo(KubernetesClient client) {
        assertThatThrownBy(() -> client.raw("/api/v1/namespaces/default/pods/web/log"))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(501);
                    assertThat(e.getMessage()).contains("does not implement the subresource log of pods");
                });
    }
}
