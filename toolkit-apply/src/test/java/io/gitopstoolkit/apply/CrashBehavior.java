package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Deliveries that end at any request. */
abstract class CrashBehavior extends ClusterBehavior {
    private static final int RUNS = 40;

    CrashBehavior(KubernetesClient client) {
        super(client);
    }

    @Test
    void orphansNothingAndCompletesWithTheNextRun() {
        long seed = Long.getLong("test.seed", 1);
        var random = new Random(seed);
        var tap = new Tap();
        try (KubernetesClient tapped = tap.on(client)) {
            int crashes = 0;
            for (int run = 0; run < RUNS; run++) {
                var crashing = Applier.builder(tapped, owner)
                        .prunePolicy(PrunePolicy.standard().allowAll())
                        .build();
                ManifestSet desired = some(random);
                tap.crashAfter(random.nextInt(25));
                crashes += crashes(crashing, desired) ? 1 : 0;
                assertThat(applier.inventory(soon()).refs())
                        .as("inventory, seed %d, run %d", seed, run)
                        .containsAll(inTheCluster());
            }
            assertThat(crashes).as("crashes, seed %d", seed).isGreaterThan(RUNS / 4);
            ManifestSet desired = some(random);
            allowingAll().apply(desired, soon());
            assertThat(inTheCluster())
                    .as("seed %d", seed)
                    .hasSameSizeAs(desired.manifests())
                    .containsExactlyInAnyOrderElementsOf(
                            applier.inventory(soon()).refs());
        }
    }

    private static boolean crashes(Applier crashing, ManifestSet desired) {
        try {
            crashing.apply(desired, soon());
            return false;
        } catch (Tap.Crash e) {
            return true;
        }
    }

    private List<ObjectRef> inTheCluster() {
        return client.configMaps().inNamespace(ns).withLabels(owner.labels()).list().getItems().stream()
                .map(map -> new ObjectRef("", "ConfigMap", ns, map.getMetadata().getName()))
                .filter(found -> !found.equals(owner.inventoryRef()))
                .toList();
    }

    private ManifestSet some(Random random) {
        return set(random.ints(random.nextInt(1, 8), 0, 12)
                .distinct()
                .mapToObj(i -> configMap(name("object-" + i), "color-" + random.nextInt(3)))
                .toArray(Manifest[]::new));
    }
}
