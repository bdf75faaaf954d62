package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CONFIGURED;
import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.SKIPPED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.definition;
import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.namespace;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ObjectRef;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a delivery does to a cluster. */
abstract class DeliveryBehavior extends ClusterBehavior {
    DeliveryBehavior(KubernetesClient client) {
        super(client);
    }

    @Nested
    class OnTheFirstDelivery {
        @Test
        void createsEachObjectWithTheLabelsOfItsOwner() {
            var changes = applier.apply(set(configMap(name("a"), "blue"), deployment(name("web"), "web:1")), soon());
            assertThat(actions(changes))
                    .containsExactly(
                            Map.entry(ref("ConfigMap", "a"), CREATED), Map.entry(ref("Deployment", "web"), CREATED));
            var created = client.configMaps().withName(name("a")).get();
            assertThat(created.getData()).containsEntry("color", "blue");
            assertThat(created.getMetadata().getLabels()).containsAllEntriesOf(owner.labels());
        }

        @Test
        void keepsTheInventoryInTheCluster() {
            applier.apply(set(configMap(name("a"), "blue"), deployment(name("web"), "web:1")), soon());
            assertThat(applier.inventory(soon()).entries().stream().map(Inventory.Entry::id))
                    .containsExactly(ns + "_" + name("a") + "__ConfigMap", ns + "_" + name("web") + "_apps_Deployment");
        }

        @Test
        void appliesTheObjectsOfANamespaceAndADefinitionInTheSameSet() {
            String other = name("other");
            String group = id + ".example.org";
            var widget = manifest("""
                    apiVersion: %s/v1
                    kind: Widget
                    metadata: {name: %s, namespace: %s}
                    spec: {size: 3}
                    """, group, name("w"), other);
            var changes = applier.apply(set(widget, namespace(other), definition(group, "Widget")), soon());
            assertThat(changes.changes().stream().map(Change::ref).map(ObjectRef::kind))
                    .containsExactly("CustomResourceDefinition", "Namespace", "Widget");
            assertThat(changes.only(CREATED)).hasSize(3);
            assertThat(applier.apply(set(widget, namespace(other), definition(group, "Widget")), soon())
                            .only(UNCHANGED))
                    .hasSize(3);
        }

        @Test
        void tellsItsListenerOfEachChangeInOrder() {
            var heard = new ArrayList<Change>();
            var listening = Applier.builder(client, owner)
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(Change change) {
                            heard.add(change);
                        }
                    })
                    .build();
            var changes = listening.apply(set(configMap(name("a"), "blue"), configMap(name("b"), "red")), soon());
            assertThat(heard).isEqualTo(changes.changes()).hasSize(2);
        }
    }

    @Nested
    class WhenNothingChanged {
        @Test
        void reportsUnchangedAndKeepsTheResourceVersion() {
            var desired = set(
                    configMap(name("a"), "blue"),
                    configMap(name("b"), "blue"),
                    configMap(name("c"), "blue"),
                    secret(name("s"), "hunter2"),
                    deployment(name("web"), "web:1"));
            applier.apply(desired, soon());
            String before = resourceVersion("a");
            var inventory = client.configMaps()
                    .withName(owner.inventoryRef().name())
                    .get()
                    .getMetadata()
                    .getResourceVersion();
            assertThat(applier.apply(desired, soon()).only(UNCHANGED)).hasSize(5);
            assertThat(resourceVersion("a")).isEqualTo(before);
            assertThat(client.configMaps()
                            .withName(owner.inventoryRef().name())
                            .get()
                            .getMetadata()
                            .getResourceVersion())
                    .isEqualTo(inventory);
        }
    }

    @Nested
    class WhenTheSetChanged {
        @Test
        void configuresWhatDiffersAndPrunesWhatLeft() {
            applier.apply(
                    set(configMap(name("a"), "blue"), configMap(name("b"), "blue"), configMap(name("c"), "blue")),
                    soon());
            var changes = applier.apply(set(configMap(name("a"), "red"), configMap(name("c"), "blue")), soon());
            assertThat(actions(changes))
                    .containsExactly(
                            Map.entry(ref("ConfigMap", "a"), CONFIGURED),
                            Map.entry(ref("ConfigMap", "c"), UNCHANGED),
                            Map.entry(ref("ConfigMap", "b"), DELETED));
            assertThat(client.configMaps().withName(name("b")).get()).isNull();
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"), ref("ConfigMap", "c"));
        }

        @Test
        void removesTheFieldsThatLeftAManifest() {
            var two = manifest(
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {color: blue, size: big}}",
                    name("a"));
            applier.apply(set(two), soon());
            assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(CONFIGURED))
                    .hasSize(1);
            assertThat(client.configMaps().withName(name("a")).get().getData()).containsOnlyKeys("color");
        }

        @Test
        void keepsWhatLeftWhenItIsNotToPrune() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            var keeping = Applier.builder(client, owner).withoutPrune().build();
            assertThat(keeping.apply(set(), soon()).changes()).isEmpty();
            assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
            assertThat(allowingAll().prune(set(), soon()).only(DELETED)).hasSize(1);
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
            assertThat(applier.inventory(soon()).entries()).isEmpty();
        }
    }

    @Nested
    class WhenSomebodyElseChangedTheCluster {
        @Test
        void correctsAFieldOfOurs() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            client.configMaps()
                    .withName(name("a"))
                    .edit(map ->
                            new ConfigMapBuilder(map).addToData("color", "red").build());
            var plan = applier.diff(set(configMap(name("a"), "blue")), soon());
            assertThat(plan)
                    .hasToString("~ ConfigMap/" + ns + "/" + name("a") + " configured\n"
                            + "    data.color: \"red\" -> \"blue\", taken over from fabric8-kubernetes-client (Update)\n"
                            + "1 to configure");
            assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(CONFIGURED))
                    .hasSize(1);
            assertThat(client.configMaps().withName(name("a")).get().getData()).containsEntry("color", "blue");
        }

        @Test
        void leavesAFieldOfOthersAlone() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            client.configMaps()
                    .withName(name("a"))
                    .edit(map ->
                            new ConfigMapBuilder(map).addToData("size", "big").build());
            assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(UNCHANGED))
                    .hasSize(1);
            assertThat(client.configMaps().withName(name("a")).get().getData()).containsEntry("size", "big");
        }

        @Test
        void createsAgainWhatWasDeleted() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            client.configMaps().withName(name("a")).delete();
            assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(CREATED))
                    .hasSize(1);
        }

        @Test
        void takesOverAnObjectThatWasThereBefore() {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(name("a"))
                            .withNamespace(ns)
                            .addToLabels(owner.labels())
                            .endMetadata()
                            .addToData("color", "blue")
                            .build())
                    .create();
            assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(CONFIGURED))
                    .extracting(Change::message)
                    .containsExactly("ownership of fields");
            assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(UNCHANGED))
                    .hasSize(1);
        }
    }

    @Nested
    class WhenPruning {
        @Test
        void skipsAnObjectThatLostTheLabelsOfItsOwner() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            client.configMaps()
                    .withName(name("a"))
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .removeFromLabels("delivery.example.org/name")
                            .endMetadata()
                            .build());
            var changes = applier.apply(set(), soon());
            assertThat(changes.only(SKIPPED))
                    .extracting(Change::message)
                    .first()
                    .asString()
                    .contains("labels");
            assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
            assertThat(applier.inventory(soon()).entries()).isEmpty();
        }

        @Test
        void skipsAnObjectWhoseAnnotationForbidsIt() {
            var kept = manifest("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: %s
                      annotations: {kustomize.toolkit.fluxcd.io/prune: Disabled}
                    """, name("a"));
            var own = manifest("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: %s
                      annotations: {delivery.example.org/prune: disabled}
                    """, name("b"));
            applier.apply(set(kept, own), soon());
            assertThat(applier.diff(set(), soon()).changes().only(SKIPPED)).hasSize(2);
            assertThat(applier.apply(set(), soon()).only(SKIPPED)).hasSize(2);
            assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
        }

        @Test
        void keepsTheNamespaceOfItsInventory() {
            String home = name("home");
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(home)
                            .endMetadata()
                            .build())
                    .create();
            var atHome = Applier.builder(client, new Owner("tester", "delivery.example.org", id, home))
                    .build();
            atHome.apply(set(namespace(home), configMap("a", "blue")), soon());
            var changes = atHome.apply(set(configMap("a", "blue")), soon());
            assertThat(changes.only(SKIPPED))
                    .extracting(Change::toString)
                    .containsExactly(
                            "Namespace/" + home + " skipped: not deleted, the owner's inventory is kept in it");
            assertThat(atHome.inventory(soon()).refs()).containsExactly(new ObjectRef("", "ConfigMap", home, "a"));
        }

        @Test
        void takesWhatIsGoneAlreadyAsDeleted() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            client.configMaps().withName(name("a")).delete();
            assertThat(applier.apply(set(), soon()).only(DELETED))
                    .extracting(Change::message)
                    .containsExactly("was gone already");
        }

        @Test
        void takesObjectsOfAKindThatIsGoneAsDeleted() {
            String group = id + ".example.org";
            var widget = manifest("{apiVersion: %s/v1, kind: Widget, metadata: {name: %s}}", group, name("w"));
            applier.apply(set(widget, definition(group, "Widget")), soon());
            assertThat(applier.uninstall(soon()).only(DELETED))
                    .extracting(change -> change.ref().kind())
                    .containsExactly("Widget", "CustomResourceDefinition");
        }
    }
}
