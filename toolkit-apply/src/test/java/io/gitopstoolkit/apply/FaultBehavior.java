package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.FaultyProxy.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deliveries to an API server some of whose answers go wrong. {@code test.seed} picks which. */
abstract class FaultBehavior extends ClusterBehavior {
    static final Duration REQUEST_LIMIT = Duration.ofMillis(500);

    private static final Set<Reason> CLEAR =
            Set.of(Reason.CONFLICT, Reason.OVERLOADED, Reason.UNREACHABLE, Reason.SERVER_ERROR, Reason.PRUNE_FAILED);

    private final long seed = Long.getLong("test.seed", 1);

    FaultBehavior(KubernetesClient client) {
        super(client);
    }

    @Test
    void completesOrSaysWhyAndLosesNothing() {
        var random = new Random(seed);
        int failed = 0;
        try (var proxy = new FaultyProxy(client, seed);
                KubernetesClient faulty = proxy.client()) {
            var applier = Applier.builder(faulty, owner)
                    .requestTimeout(REQUEST_LIMIT)
                    .prunePolicy(PrunePolicy.standard().allowAll())
                    .build();
            for (int run = 0; run < 24; run++) {
                ManifestSet desired = some(random);
                proxy.failing(run % 3 == 0 ? 0.6 : 0.15);
                Optional<ApplyException> failure = delivered(applier, desired);
                String what = "seed %d, run %d: %s".formatted(seed, run, failure);
                failed += failure.isPresent() ? 1 : 0;
                failure.ifPresent(e -> assertThat(CLEAR).as(what).contains(e.why()));
                failure.ifPresent(
                        e -> assertThat(e.getMessage()).as(what).isNotBlank().doesNotContain("null"));
                assertThat(allowingAll().inventory(soon()).refs()).as(what).containsAll(inTheCluster());
                if (failure.isEmpty()) {
                    assertThat(inTheCluster()).as(what).isEqualTo(refs(desired));
                }
                assertThat(delivered(allowingAll(), desired)).as(what).isEmpty();
                assertThat(inTheCluster()).as(what).isEqualTo(refs(desired));
                assertThat(allowingAll().inventory(soon()).refs()).as(what).containsExactlyElementsOf(refs(desired));
            }
            assertThat(proxy.seen()).as("seed %d", seed).containsExactlyInAnyOrder(Fault.values());
        }
        assertThat(failed).as("deliveries that failed, seed %d", seed).isBetween(3, 23);
    }

    private static Optional<ApplyException> delivered(Applier applier, ManifestSet desired) {
        try {
            applier.apply(desired, soon());
            return Optional.empty();
        } catch (ApplyException e) {
            return Optional.of(e);
        }
    }

    private ManifestSet some(Random random) {
        var maps = random.ints(random.nextInt(1, 8), 0, 12)
                .distinct()
                .mapToObj(i -> configMap(name("map-" + i), "color-" + random.nextInt(3)))
                .toList();
        var all = new java.util.ArrayList<>(maps);
        IntStream.range(0, random.nextInt(3))
                .forEach(i -> all.add(secret(name("secret-" + i), "v" + random.nextInt(3))));
        return set(all.toArray(Manifest[]::new));
    }

    private Set<ObjectRef> refs(ManifestSet desired) {
        return desired.manifests().stream()
                .map(each -> new ObjectRef("", each.kind(), ns, each.ref().name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<ObjectRef> inTheCluster() {
        var found = new TreeSet<ObjectRef>();
        client.configMaps()
                .inNamespace(ns)
                .withLabels(owner.labels())
                .list()
                .getItems()
                .forEach(map -> found.add(
                        new ObjectRef("", "ConfigMap", ns, map.getMetadata().getName())));
        client.secrets()
                .inNamespace(ns)
                .withLabels(owner.labels())
                .list()
                .getItems()
                .forEach(secret -> found.add(
                        new ObjectRef("", "Secret", ns, secret.getMetadata().getName())));
        found.remove(owner.inventoryRef());
        return found;
    }
}
