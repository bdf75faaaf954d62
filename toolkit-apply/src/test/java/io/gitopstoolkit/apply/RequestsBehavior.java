package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import java.util.List;
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
    void takesOneRequestForAnUnchangedObjectAndOneListForAll() {
        applier.apply(desired, soon());
        tap.drain();
        applier.apply(desired, soon());
        var requests = tap.drain();
        assertThat(count(requests, "PATCH", "dryRun=All")).isEqualTo(OBJECTS);
        assertThat(count(requests, "GET", "/configmaps?")).isEqualTo(1);
        assertThat(requests).as("these, and the inventory").hasSize(OBJECTS + 2);
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
        assertThat(tap.drain()).hasSize(1);
    }
}
