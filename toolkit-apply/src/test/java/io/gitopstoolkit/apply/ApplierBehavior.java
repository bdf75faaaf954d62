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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an applier does, on whatever serves the Kubernetes API. Each test has an owner and names of its own. */
abstract class ApplierBehavior {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final KubernetesClient client;
    final String ns;
    private String id = "";
    private Owner owner = new Owner("tester", "delivery.example.org", "none", "none");
    private Applier applier;

    ApplierBehavior(KubernetesClient client) {
        this.client = client;
        this.ns = client.getNamespace();
        this.applier = Applier.builder(client, owner).build();
    }

    @BeforeEach
    void newOwner() {
        id = "t" + COUNT.incrementAndGet() + "-" + ns.replaceAll("[^a-z0-9]", "");
        owner = new Owner("tester", "delivery.example.org", id, ns);
        applier = Applier.builder(client, owner).build();
    }

    String name(String base) {
        return base + "-" + id;
    }

    ObjectRef ref(String kind, String base) {
        return new ObjectRef(kind.equals("Deployment") ? "apps" : "", kind, ns, name(base));
    }

    String resourceVersion(String configMap) {
        return client.configMaps().withName(name(configMap)).get().getMetadata().getResourceVersion();
    }

    static Map<ObjectRef, Action> actions(ChangeSet changes) {
        var actions = new java.util.LinkedHashMap<ObjectRef, Action>();
        changes.changes().forEach(change -> actions.put(change.ref(), change.action()));
        return actions;
    }

    ApplyException failureOf(ManifestSet desired) {
        return catchThrowableOfType(ApplyException.class, () -> applier.apply(desired, soon()));
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
        void prunesAllWithAnEmptySet() {
            applier.apply(set(configMap(name("a"), "blue"), deployment(name("web"), "web:1")), soon());
            assertThat(applier.apply(set(), soon()).changes().stream().map(Change::ref))
                    .containsExactly(ref("Deployment", "web"), ref("ConfigMap", "a"));
            assertThat(applier.inventory(soon()).entries()).isEmpty();
        }

        @Test
        void keepsWhatLeftWhenItIsNotToPrune() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            var keeping = Applier.builder(client, owner).withoutPrune().build();
            assertThat(keeping.apply(set(), soon()).changes()).isEmpty();
            assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
            assertThat(applier.prune(set(), soon()).only(DELETED)).hasSize(1);
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
                    .hasToString(
                            "ConfigMap/" + ns + "/" + name("a") + " configured\n    data.color: \"red\" -> \"blue\"");
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
            assertThat(applier.apply(set(), soon()).only(DELETED))
                    .extracting(change -> change.ref().kind())
                    .containsExactly("Widget", "CustomResourceDefinition");
        }
    }

    @Nested
    class WhenPlanning {
        @Test
        void writesNothing() {
            applier.apply(set(configMap(name("a"), "blue"), configMap(name("b"), "blue")), soon());
            String before = resourceVersion("a");
            var plan = applier.diff(set(configMap(name("a"), "red"), configMap(name("c"), "blue")), soon());
            assertThat(actions(plan.changes()))
                    .containsExactly(
                            Map.entry(ref("ConfigMap", "a"), CONFIGURED),
                            Map.entry(ref("ConfigMap", "c"), CREATED),
                            Map.entry(ref("ConfigMap", "b"), DELETED));
            assertThat(resourceVersion("a")).isEqualTo(before);
            assertThat(client.configMaps().withName(name("c")).get()).isNull();
            assertThat(client.configMaps().withName(name("b")).get()).isNotNull();
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"), ref("ConfigMap", "b"));
        }

        @Test
        void writesNoInventoryBeforeTheFirstDelivery() {
            assertThat(applier.diff(set(configMap(name("a"), "blue")), soon()).isChanged())
                    .isTrue();
            assertThat(client.configMaps().withName(owner.inventoryRef().name()).get())
                    .isNull();
        }

        @Test
        void namesTheFieldsThatDiffer() {
            applier.apply(set(deployment(name("web"), "web:1")), soon());
            var plan = applier.diff(set(deployment(name("web"), "web:2")), soon());
            assertThat(plan.steps())
                    .singleElement()
                    .satisfies(step -> assertThat(step.fields())
                            .containsExactly(
                                    new Plan.Field("spec.template.spec.containers[name=web].image", "web:1", "web:2")));
        }

        @Test
        void showsWhatComesWithItsNamespaceOrDefinitionAsCreated() {
            String other = name("other");
            String group = id + ".example.org";
            var map = manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}", other);
            var widget =
                    manifest("{apiVersion: %s/v1, kind: Widget, metadata: {name: w, namespace: %s}}", group, other);
            var plan = applier.diff(set(map, widget, namespace(other), definition(group, "Widget")), soon());
            assertThat(plan.changes().only(CREATED)).hasSize(4);
            assertThat(client.namespaces().withName(other).get()).isNull();
        }

        @Test
        void masksTheValuesOfSecrets() {
            applier.apply(set(secret(name("s"), "hunter2")), soon());
            var plan = applier.diff(set(secret(name("s"), "correcthorse")), soon());
            assertThat(plan.toString())
                    .contains("data.password: \"*** (before)\" -> \"*** (after)\"")
                    .doesNotContain("aHVudGVyMg", "hunter2", "correcthorse", "Y29ycmVjdGhvcnNl");
        }
    }

    @Nested
    class WhenTheInputIsBad {
        @Test
        void refusesAnObjectTwiceInOneSet() {
            var failure = failureOf(set(configMap(name("a"), "blue"), configMap(name("a"), "red")));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_SET);
            assertThat(failure).hasMessageContaining(name("a")).hasMessageContaining("more than once");
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
        }

        @Test
        void namesAKindThatTheClusterDoesNotKnow() {
            var failure = failureOf(set(
                    configMap(name("a"), "blue"),
                    manifest("{apiVersion: example.org/v1, kind: Gadget, metadata: {name: g, namespace: x}}")));
            assertThat(failure.why()).isEqualTo(Reason.UNKNOWN_KIND);
            assertThat(failure)
                    .hasMessageContaining("Gadget/x/g (example.org/v1)")
                    .hasMessageContaining("definition");
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
        }

        @Test
        void namesANamespaceThatDoesNotExist() {
            var failure = failureOf(set(
                    manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}", name("absent"))));
            assertThat(failure.why()).isEqualTo(Reason.NAMESPACE_NOT_FOUND);
            assertThat(failure).hasMessageContaining("the namespace " + name("absent") + " does not exist");
        }

        @Test
        void namesTheNamespaceOfTheOwnerIfItDoesNotExist() {
            var nowhere = new Owner("tester", "delivery.example.org", "x", name("absent"));
            assertThatThrownBy(() -> Applier.builder(client, nowhere)
                            .build()
                            .apply(
                                    set(manifest(
                                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}",
                                            ns)),
                                    soon()))
                    .isInstanceOfSatisfying(
                            ApplyException.class, e -> assertThat(e.why()).isEqualTo(Reason.NAMESPACE_NOT_FOUND))
                    .hasMessageContaining("the owner's namespace " + name("absent"));
        }

        @Test
        void deletesNothingWhenTheInventoryIsDamaged() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            client.configMaps()
                    .withName(owner.inventoryRef().name())
                    .edit(map -> new ConfigMapBuilder(map)
                            .addToData("inventory", "half a li")
                            .build());
            var failure = failureOf(set());
            assertThat(failure.why()).isEqualTo(Reason.INVENTORY_DAMAGED);
            assertThat(failure).hasMessageContaining("half a li");
            assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
        }
    }

    @Nested
    class WhenWaiting {
        @Test
        void returnsAtOnceWhenAllAreHealthy() {
            var changes = applier.apply(set(configMap(name("a"), "blue"), secret(name("s"), "x")), soon());
            assertThat(applier.await(Inventory.of(changes).refs(), soon()).values())
                    .hasSize(2)
                    .allMatch(io.gitopstoolkit.apply.health.Health::isCurrent);
        }

        @Test
        void saysWhichObjectsAreNotHealthyAndWhy() {
            var changes = applier.apply(set(deployment(name("web"), "web:1"), configMap(name("a"), "x")), soon());
            var failure = catchThrowableOfType(
                    ApplyException.class,
                    () -> applier.await(
                            Inventory.of(changes).refs(),
                            io.gitopstoolkit.api.Deadline.after(java.time.Duration.ofMillis(500))));
            assertThat(failure.why()).isEqualTo(Reason.NOT_HEALTHY);
            assertThat(failure.reason()).isEqualTo("HealthCheckFailed");
            assertThat(failure.unhealthy()).containsOnlyKeys(ref("Deployment", "web"));
            assertThat(failure)
                    .hasMessageContaining(ref("Deployment", "web") + ": InProgress (Deployment has no status yet)");
        }

        @Test
        void saysThatAnObjectIsNotThere() {
            assertThat(applier.health(List.of(ref("ConfigMap", "absent")), soon()))
                    .hasToString("{" + ref("ConfigMap", "absent") + "=NotFound (not in the cluster)}");
        }
    }
}
