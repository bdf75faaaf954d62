package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CONFIGURED;
import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.namespace;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Api;
import io.gitopstoolkit.apply.internal.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests a delivery takes. */
abstract class RequestsBehavior extends ClusterBehavior {
    private static final int OBJECTS = 10;

    private final Tap tap = new Tap();
    private final KubernetesClient tapped;
    private ManifestSet desired = set();

    RequestsBehavior(KubernetesClient client) {
        super(client);
        this.tapped = tap.on(client);
    }

    @BeforeEach
    void givenObjects() {
        applier = Applier.builder(tapped, owner).build();
        desired = objects("blue");
    }

    @AfterEach
    void close() {
        tapped.close();
    }

    private ManifestSet objects(String color) {
        return set(IntStream.range(0, OBJECTS)
                .mapToObj(i -> configMap(name("object-" + i), color))
                .toArray(Manifest[]::new));
    }

    private static long count(List<String> requests, String... parts) {
        return requests.stream()
                .filter(request -> java.util.Arrays.stream(parts).allMatch(request::contains))
                .count();
    }

    @Test
    void takesADryRunAndAnApplyForANewObject() {
        applier.apply(desired, soon());
        var requests = tap.drain();
        assertThat(count(requests, "PATCH", "dryRun=All")).isEqualTo(OBJECTS);
        assertThat(count(requests, "PATCH")).isEqualTo(2 * OBJECTS);
        assertThat(count(requests, "GET", "/configmaps/"))
                .as("the inventory alone")
                .isEqualTo(1);
    }

    @Test
    void takesOneRequestForAnUnchangedObjectAndOneListForAllWhereItIsNew() {
        applier.apply(desired, soon());
        tap.drain();
        var other = Applier.builder(tapped, owner).build();
        other.apply(desired, soon());
        var requests = tap.drain();
        assertThat(count(requests, "PATCH", "dryRun=All")).isEqualTo(OBJECTS);
        assertThat(count(requests, "GET", "/configmaps?")).isEqualTo(1);
        assertThat(requests)
                .as("these, the inventory and the kinds of the cluster")
                .hasSize(OBJECTS + 4);
    }

    @Test
    void takesOneListForAllUnchangedObjectsOfAKind() {
        applier.apply(desired, soon());
        tap.drain();
        assertThat(applier.apply(desired, soon()).only(UNCHANGED)).hasSize(OBJECTS);
        var requests = tap.drain();
        assertThat(count(requests, "GET", "/configmaps?")).isEqualTo(1);
        assertThat(requests).as("this one, and the inventory").hasSize(2);
    }

    @Test
    void triesOnlyWhatSomebodyHasWritten() {
        applier.apply(desired, soon());
        client.configMaps()
                .withName(name("object-3"))
                .edit(map -> new ConfigMapBuilder(map).addToData("color", "red").build());
        tap.drain();
        assertThat(applier.apply(desired, soon()).only(CONFIGURED)).hasSize(1);
        var requests = tap.drain();
        assertThat(count(requests, "PATCH")).as("a dry run and a write").isEqualTo(2);
        assertThat(requests).as("these, a list, the object and the inventory").hasSize(5);
    }

    @Test
    void asksNothingForUnchangedObjectsThatAWatchSees() {
        var watched = new HashMap<ObjectRef, Stamp>();
        var cluster = new Cluster(new Api(tapped, Duration.ofSeconds(30)), owner);
        var options = new ApplierBuilder(tapped, owner).options();
        var held = new Applier(cluster, options, new Preparation(cluster, ns));
        cluster.memory().hold(new LiveObjects() {
            @Override
            public boolean covers(Kind kind, String namespace) {
                return kind.name().equals("ConfigMap") && namespace.equals(ns);
            }

            @Override
            public Optional<Stamp> stamp(Kind kind, ObjectRef ref) {
                return Optional.ofNullable(watched.get(ref));
            }
        });
        held.apply(desired, soon());
        client.configMaps().list().getItems().forEach(map -> {
            var object = Given.manifest(client.getKubernetesSerialization().asYaml(map));
            watched.put(object.ref(), Stamp.of(object, owner.fieldManager()));
        });
        tap.drain();
        assertThat(held.apply(desired, soon()).only(UNCHANGED)).hasSize(OBJECTS);
        assertThat(tap.drain()).as("the inventory").hasSize(1);
        watched.remove(ref("ConfigMap", "object-3"));
        held.apply(desired, soon());
        assertThat(tap.drain()).as("a dry run, the object and the inventory").hasSize(3);
    }

    @Test
    void takesOneRequestForANewObjectWithoutValidation() {
        applier = Applier.builder(tapped, owner).withoutValidation().build();
        assertThat(applier.apply(desired, soon()).only(CREATED)).hasSize(OBJECTS);
        var requests = tap.drain();
        assertThat(count(requests, "PATCH")).isEqualTo(OBJECTS);
        assertThat(requests)
                .as("these, a list, the inventory three times, and the kinds of the cluster")
                .hasSizeLessThanOrEqualTo(OBJECTS + 6);
        assertThat(applier.apply(desired, soon()).only(UNCHANGED)).hasSize(OBJECTS);
        assertThat(tap.drain()).as("a list and the inventory").hasSize(2);
    }

    @Test
    void tellsWithoutValidationWhatWasChangedAndWhatWasNot() {
        applier.apply(desired, soon());
        client.configMaps()
                .withName(name("object-3"))
                .edit(map -> new ConfigMapBuilder(map).addToData("color", "red").build());
        var hasty = Applier.builder(tapped, owner).withoutValidation().build();
        tap.drain();
        var changes = hasty.apply(desired, soon());
        assertThat(changes.only(CONFIGURED)).extracting(Change::ref).containsExactly(ref("ConfigMap", "object-3"));
        assertThat(changes.only(UNCHANGED)).hasSize(OBJECTS - 1);
        assertThat(count(tap.drain(), "PATCH")).isEqualTo(OBJECTS);
    }

    @Test
    void asksOnceForTheObjectsOfManyNamespaces() {
        var namespaces = IntStream.range(0, 5)
                .mapToObj(i -> namespace(name("many-" + i)))
                .toList();
        var manifests = new ArrayList<>(namespaces);
        namespaces.forEach(home -> manifests.add(manifest(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}",
                home.ref().name())));
        desired = set(manifests.toArray(Manifest[]::new));
        applier.apply(desired, soon());
        applier.apply(desired, soon()); // by now the namespaces are active
        tap.drain();
        assertThat(applier.apply(desired, soon()).only(UNCHANGED)).hasSize(10);
        var requests = tap.drain();
        assertThat(requests)
                .as("a list of namespaces, one of maps, and the inventory")
                .hasSize(3);
    }

    @Test
    void writesOnlyDryRunsForAPlan() {
        applier.apply(desired, soon());
        tap.drain();
        applier.diff(objects("red"), soon());
        assertThat(tap.drain()).allMatch(request -> request.startsWith("GET") || request.contains("dryRun=All"));
    }

    @Test
    void looksAtManyObjectsWithOneList() {
        var changes = applier.apply(desired, soon());
        tap.drain();
        applier.await(Inventory.of(changes).refs(), soon());
        assertThat(tap.drain())
                .filteredOn(request -> !request.contains("watch=true"))
                .hasSize(1);
    }
}
