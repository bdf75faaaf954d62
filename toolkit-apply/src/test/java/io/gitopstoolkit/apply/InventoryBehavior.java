package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the inventory is kept, and what becomes of a damaged one. */
abstract class InventoryBehavior extends ClusterBehavior {
    InventoryBehavior(KubernetesClient client) {
        super(client);
    }

    Applier keeping(InventoryLocation location) {
        return Applier.builder(client, owner).inventory(location).build();
    }

    private void deliversAndPrunes(Applier applier) {
        applier.apply(set(configMap(name("a"), "blue"), configMap(name("b"), "blue")), soon());
        assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"), ref("ConfigMap", "b"));
        assertThat(applier.apply(set(configMap(name("a"), "red")), soon()).only(DELETED))
                .hasSize(1);
        assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"));
        assertThat(applier.uninstall(soon()).only(DELETED)).hasSize(1);
        assertThat(client.configMaps().withName(name("a")).get()).isNull();
    }

    @Nested
    class InAnObjectOfItsOwn {
        @Test
        void isAConfigMapOfTheGivenName() {
            deliversAndPrunes(keeping(InventoryLocation.configMap(name("kept"))));
            assertThat(client.configMaps().withName(name("kept")).get()).isNull();
        }

        @Test
        void isASecretOfTheGivenName() {
            var applier = keeping(InventoryLocation.secret(name("kept")));
            applier.apply(set(configMap(name("a"), "blue")), soon());
            assertThat(client.secrets().withName(name("kept")).get().getData()).containsOnlyKeys("inventory");
            assertThat(client.configMaps().withName(owner.inventoryRef().name()).get())
                    .isNull();
            applier.uninstall(soon());
            deliversAndPrunes(applier);
            assertThat(client.secrets().withName(name("kept")).get()).isNull();
        }

        @Test
        void cannotBeDelivered() {
            var failure = catchThrowableOfType(
                    ApplyException.class,
                    () -> keeping(InventoryLocation.configMap(name("kept")))
                            .apply(set(configMap(name("kept"), "blue")), soon()));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_SET);
            assertThat(failure).hasMessageContaining("keeps its inventory");
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void holdsTwentyThousandObjects(boolean secret) {
            var location =
                    secret ? InventoryLocation.secret(name("large")) : InventoryLocation.configMap(name("large"));
            var cluster = new Cluster(
                    new io.gitopstoolkit.apply.internal.Api(client, java.time.Duration.ofSeconds(30)), owner);
            InventoryStore store = InventoryStore.at(location, cluster, List.of());
            Inventory many = many(20_000);
            var saved = store.save(store.load(soon()), many, soon());
            assertThat(store.load(soon()).inventory()).isEqualTo(many);
            store.save(saved, many(10), soon());
            assertThat(store.load(soon()).inventory()).isEqualTo(many(10));
        }

        private Inventory many(int count) {
            return new Inventory(IntStream.range(0, count)
                    .mapToObj(i -> new Inventory.Entry(
                            new ObjectRef(
                                    "apps",
                                    "Deployment",
                                    "a-team-of-" + i % 40,
                                    "service-with-a-usual-name-" + i * 7919L),
                            "v1"))
                    .toList());
        }
    }

    @Nested
    class InTheStatusOfAnObject {
        private String group() {
            return id + ".example.org";
        }

        private void define(String subresources) {
            client.resource(asYaml("""
                    apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata: {name: bundles.%1$s}
                    spec:
                      group: %1$s
                      scope: Namespaced
                      names: {kind: Bundle, plural: bundles, singular: bundle, listKind: BundleList}
                      versions:
                        - name: v1
                          served: true
                          storage: true
                          %2$s
                          schema:
                            openAPIV3Schema:
                              type: object
                              properties:
                                spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
                                status:
                                  type: object
                                  properties:
                                    phase: {type: string}
                                    inventory:
                                      type: object
                                      required: [entries]
                                      properties:
                                        entries:
                                          type: array
                                          items:
                                            type: object
                                            required: [id, v]
                                            properties: {id: {type: string}, v: {type: string}}
                    """.formatted(group(), subresources))).create();
            var admin = Applier.builder(client, new Owner("admin", "admin.example.org", id, ns))
                    .build();
            admin.await(
                    List.of(new ObjectRef(
                            "apiextensions.k8s.io", "CustomResourceDefinition", "", "bundles." + group())),
                    soon());
            admin.apply(set(bundle("red")), soon());
        }

        private io.fabric8.kubernetes.api.model.HasMetadata asYaml(String yaml) {
            return client.getKubernetesSerialization().unmarshal(yaml);
        }

        private Manifest bundle(String color) {
            return manifest(
                    "{apiVersion: %s/v1, kind: Bundle, metadata: {name: %s, namespace: %s}, spec: {color: %s}}",
                    group(), name("bundle"), ns, color);
        }

        private InventoryLocation status() {
            return InventoryLocation.statusOf(group() + "/v1", "Bundle", ns, name("bundle"));
        }

        private Manifest live() {
            var found = client.genericKubernetesResources(group() + "/v1", "Bundle")
                    .inNamespace(ns)
                    .withName(name("bundle"))
                    .get();
            return new Manifest(Tree.cast(client.getKubernetesSerialization().convertValue(found, Map.class)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"subresources: {status: {}}", ""})
        void isWrittenThereInFluxsFormat(String subresources) {
            define(subresources);
            var applier = keeping(status());
            applier.apply(set(configMap(name("a"), "blue")), soon());
            assertThat(Tree.maps(live().content(), "status", "inventory", "entries"))
                    .containsExactly(Map.of("id", ns + "_" + name("a") + "__ConfigMap", "v", "v1"));
            assertThat(Inventory.parse(live())).isEqualTo(applier.inventory(soon()));
            assertThat(Tree.text(live().content(), "", "spec", "color")).isEqualTo("red");
            applier.uninstall(soon());
            deliversAndPrunes(applier);
            assertThat(Inventory.parse(live())).isEqualTo(Inventory.empty());
        }

        @Test
        void isWrittenThoughOthersWriteTheObjectAtTheSameTime() {
            define("subresources: {status: {}}");
            var disturbed = Applier.builder(client, owner)
                    .inventory(status())
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(io.gitopstoolkit.api.Change change) {
                            Applier.builder(client, new Owner("admin", "admin.example.org", id, ns))
                                    .build()
                                    .apply(set(bundle("green-" + change.ref().name())), soon());
                        }
                    })
                    .build();
            disturbed.apply(set(configMap(name("a"), "blue"), configMap(name("b"), "blue")), soon());
            disturbed.apply(set(configMap(name("a"), "blue")), soon());
            assertThat(disturbed.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"));
            assertThat(Tree.text(live().content(), "", "spec", "color")).startsWith("green");
        }

        @Test
        void noticesAnotherDeliveryOfTheSameOwner() {
            define("subresources: {status: {}}");
            var other = keeping(status());
            var disturbed = Applier.builder(client, owner)
                    .inventory(status())
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(io.gitopstoolkit.api.Change change) {
                            if (change.action() == DELETED) {
                                other.apply(set(configMap(name("c"), "blue")), soon());
                            }
                        }
                    })
                    .build();
            other.apply(set(configMap(name("a"), "blue"), configMap(name("b"), "blue")), soon());
            var failure = catchThrowableOfType(
                    ApplyException.class, () -> disturbed.apply(set(configMap(name("a"), "blue")), soon()));
            assertThat(failure.why()).isEqualTo(Reason.CONFLICT);
            assertThat(other.inventory(soon()).refs()).contains(ref("ConfigMap", "c"));
        }

        @Test
        void isAskedForWhereTheObjectIsNotThere() {
            define("subresources: {status: {}}");
            var nowhere = keeping(InventoryLocation.statusOf(group() + "/v1", "Bundle", ns, name("absent")));
            var failure = catchThrowableOfType(
                    ApplyException.class, () -> nowhere.apply(set(configMap(name("a"), "blue")), soon()));
            assertThat(failure.why()).isEqualTo(Reason.INVENTORY_NOT_FOUND);
            assertThat(failure)
                    .hasMessageContaining("Bundle/" + ns + "/" + name("absent"))
                    .hasMessageContaining("create it first");
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
        }

        @Test
        void isRefusedWhereItIsTooLarge() {
            define("subresources: {status: {}}");
            var cluster = new Cluster(
                    new io.gitopstoolkit.apply.internal.Api(client, java.time.Duration.ofSeconds(30)), owner);
            InventoryStore store = InventoryStore.at(status(), cluster, List.of());
            var stored = store.load(soon());
            var failure = catchThrowableOfType(
                    Failure.class, () -> store.save(stored, new InAnObjectOfItsOwn().many(20_000), soon()));
            assertThat(failure).hasMessageContaining("keep it in a ConfigMap");
            store.save(stored, new InAnObjectOfItsOwn().many(9_000), soon());
            assertThat(store.load(soon()).inventory().entries()).hasSize(9_000);
        }

        @Test
        void isTakenOverFromFlux() {
            define("subresources: {status: {}}");
            var flux = new Owner("kustomize-controller", "kustomize.toolkit.fluxcd.io", id, ns);
            Applier.builder(client, flux)
                    .inventory(status())
                    .build()
                    .apply(set(configMap(name("stays"), "blue"), configMap(name("goes"), "blue")), soon());
            var taking = Applier.builder(client, owner)
                    .prunePolicy(PrunePolicy.standard().withFormerOwner(flux))
                    .build();
            assertThat(taking.adopt(status(), soon()).refs())
                    .containsExactly(ref("ConfigMap", "goes"), ref("ConfigMap", "stays"));
            var changes = taking.apply(set(configMap(name("stays"), "blue")), soon());
            assertThat(changes.only(DELETED)).hasSize(1);
            assertThat(client.configMaps().withName(name("goes")).get()).isNull();
            assertThat(client.configMaps()
                            .withName(name("stays"))
                            .get()
                            .getMetadata()
                            .getLabels())
                    .containsAllEntriesOf(owner.labels());
            assertThat(taking.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "stays"));
        }
    }

    @Nested
    class WhenItIsDamaged {

        private ConfigMap stored() {
            return client.configMaps().withName(owner.inventoryRef().name()).get();
        }

        private String text() {
            return stored().getData().getOrDefault("inventory", "");
        }

        private void refuses(ConfigMap damaged, String how) {
            client.resource(damaged).inNamespace(ns).update();
            for (var desired : List.of(set(configMap(name("b"), "blue")), set())) {
                var failure = failureOf(desired);
                assertThat(failure.why()).isEqualTo(Reason.INVENTORY_DAMAGED);
                assertThat(failure)
                        .hasMessageStartingWith("ConfigMap/" + ns + "/inventory." + id)
                        .hasMessageContaining(how)
                        .hasMessageContaining("nothing was applied or deleted; repair it");
            }
            var failure = catchThrowableOfType(ApplyException.class, () -> applier.uninstall(soon()));
            assertThat(failure.why()).isEqualTo(Reason.INVENTORY_DAMAGED);
            assertThat(client.configMaps().withName(name("b")).get()).isNull();
            assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
        }

        private ConfigMapBuilder delivered() {
            applier.apply(set(configMap(name("a"), "blue"), configMap(name("c"), "blue")), soon());
            return new ConfigMapBuilder(stored());
        }

        @Test
        void namesALineThatIsNoEntry() {
            refuses(delivered().addToData("inventory", "half a li\n").build(), "the line 'half a li' is no id");
        }

        @Test
        void noticesThatTheLastLineIsCutOff() {
            var map = delivered();
            String text = text();
            refuses(
                    map.addToData("inventory", text.substring(0, text.length() - 2))
                            .build(),
                    "cut off");
        }

        @Test
        void noticesThatLinesAreMissing() {
            var map = delivered();
            String text = text();
            refuses(
                    map.addToData("inventory", text.substring(0, text.indexOf('\n') + 1))
                            .build(),
                    "it holds 1 objects, and its annotation delivery.example.org/inventory-size says 2");
        }

        @Test
        void noticesThatAllIsMissing() {
            refuses(delivered().withData(Map.of()).build(), "data.inventory is missing");
        }

        @Test
        void noticesThatItIsNoLongerTheOwners() {
            refuses(
                    delivered()
                            .editMetadata()
                            .removeFromLabels("delivery.example.org/name")
                            .endMetadata()
                            .build(),
                    "it does not carry the labels of its owner");
        }

        @Test
        void noticesAFormatThatItDoesNotKnow() {
            refuses(
                    delivered()
                            .editMetadata()
                            .addToAnnotations("delivery.example.org/inventory-format", "2")
                            .endMetadata()
                            .build(),
                    "its format is 2");
        }

        @Test
        void noticesCompressedTextThatIsNone() {
            refuses(
                    delivered()
                            .withData(Map.of())
                            .addToBinaryData("inventory.gz", "AAAA")
                            .build(),
                    "it cannot be decompressed");
        }

        @Test
        void readsAnObjectTwiceAsOne() {
            var map = delivered();
            String text = text();
            client.resource(map.addToData("inventory", text + text).build())
                    .inNamespace(ns)
                    .update();
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"), ref("ConfigMap", "c"));
        }
    }
}
