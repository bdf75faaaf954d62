package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.namespace;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.internal.Relay;
import io.gitopstoolkit.testkit.WorkloadSimulator;
import io.gitopstoolkit.testkit.WorkloadSimulator.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Waiting by watches: what it costs, and what it lives through. */
abstract class WatchedWaitBehavior extends ClusterBehavior {
    WatchedWaitBehavior(KubernetesClient client) {
        super(client);
    }

    /** Forgets changes, so that the next connection of a watch is answered with 410. */
    abstract void expire();

    private List<ObjectRef> apply(int count) {
        Manifest[] deployments = IntStream.range(0, count)
                .mapToObj(i -> deployment(name("web" + i), "web:1"))
                .toArray(Manifest[]::new);
        return Inventory.of(applier.apply(set(deployments), soon())).refs();
    }

    /** Runs {@code event} once, when the first object was seen that is not healthy yet. */
    private Applier hearing(KubernetesClient with, Runnable event) {
        var pending = new ArrayList<>(List.of(event));
        return Applier.builder(with, owner)
                .pollInterval(Duration.ofMillis(200))
                .listener(new ApplyListener() {
                    @Override
                    public void onHealth(ObjectRef ref, Health health) {
                        if (health.state() == State.IN_PROGRESS && !pending.isEmpty()) {
                            pending.remove(0).run();
                        }
                    }
                })
                .build();
    }

    private WorkloadSimulator workloads(Outcome outcome) {
        String mine = id;
        return WorkloadSimulator.builder(client)
                .outcome(ref -> ref.name().endsWith(mine) ? outcome : Outcome.HANG)
                .start();
    }

    private KubernetesClient through(Relay relay) {
        String url = client.getMasterUrl().toString().replaceFirst(":[0-9]+/?$", ":" + relay.port() + "/");
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withMasterUrl(url)
                        .build())
                .build();
    }

    @Nested
    class WhatItCosts {
        private int requests(Applier tapped, Tap tap, List<ObjectRef> refs, Duration time) {
            tap.drain();
            var failure = catchThrowableOfType(ApplyException.class, () -> tapped.await(refs, Deadline.after(time)));
            assertThat(failure.why()).isEqualTo(Reason.NOT_HEALTHY);
            return (int) tap.drain().stream()
                    .filter(request -> request.contains("/deployments"))
                    .count();
        }

        @Test
        void isOneListAndOneWatchHoweverLongItTakes() {
            List<ObjectRef> refs = apply(20);
            var tap = new Tap();
            try (var other = tap.on(client)) {
                var tapped = Applier.builder(other, owner)
                        .explainTimeout(Duration.ZERO)
                        .build();
                assertThat(requests(tapped, tap, refs, Duration.ofSeconds(1))).isEqualTo(2);
                assertThat(requests(tapped, tap, refs, Duration.ofSeconds(4))).isEqualTo(2);
            }
        }

        @Test
        void isARequestAndAWatchForASingleObject() {
            List<ObjectRef> refs = apply(1);
            var tap = new Tap();
            try (var other = tap.on(client)) {
                var tapped = Applier.builder(other, owner)
                        .explainTimeout(Duration.ZERO)
                        .build();
                assertThat(requests(tapped, tap, refs, Duration.ofSeconds(2))).isEqualTo(3);
            }
        }
    }

    @Nested
    class WhatItWaitsFor {
        @Test
        void areManyObjects() {
            List<ObjectRef> refs = apply(20);
            var waiting = hearing(client, () -> {});
            try (var workloads = workloads(Outcome.READY)) {
                assertThat(workloads).isNotNull();
                assertThat(waiting.await(refs, soon()))
                        .hasSize(20)
                        .allSatisfy(
                                (ref, health) -> assertThat(health.isCurrent()).isTrue());
            }
        }

        @Test
        void areObjectsOfOthersToo() {
            var other = new Owner("other", "delivery.example.org", id + "-other", ns);
            List<ObjectRef> refs = Inventory.of(Applier.builder(client, other)
                            .build()
                            .apply(
                                    set(IntStream.range(0, 4)
                                            .mapToObj(i -> deployment("w" + i + "-" + id, "web:1"))
                                            .toArray(Manifest[]::new)),
                                    soon()))
                    .refs();
            try (var workloads = workloads(Outcome.READY)) {
                assertThat(workloads).isNotNull();
                assertThat(applier.await(refs, soon()).values()).hasSize(4).allMatch(Health::isCurrent);
            }
        }

        @Test
        void areObjectsThatComeLater() {
            ObjectRef late = ref("ConfigMap", "late");
            var waiting = Applier.builder(client, owner)
                    .listener(new ApplyListener() {
                        @Override
                        public void onHealth(ObjectRef ref, Health health) {
                            if (health.state() == State.NOT_FOUND) {
                                applier.apply(set(configMap(name("late"), "x")), soon());
                            }
                        }
                    })
                    .build();
            assertThat(waiting.await(List.of(late), soon())).containsOnlyKeys(late);
        }

        @Test
        void areObjectsInManyNamespaces() {
            List<Manifest> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(namespace(name("n" + i)));
                all.add(manifest(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: %s}}", name("n" + i)));
            }
            var changes = applier.apply(set(all.toArray(Manifest[]::new)), soon());
            var tap = new Tap();
            try (var other = tap.on(client)) {
                assertThat(Applier.builder(other, owner)
                                .build()
                                .await(Inventory.of(changes).refs(), soon()))
                        .hasSize(12);
                assertThat(tap.drain())
                        .filteredOn(request -> request.contains("/configmaps"))
                        .allMatch(request -> request.contains("/api/v1/configmaps"));
            }
        }
    }

    @Nested
    class WhenItEnds {
        @Test
        void hasFailedWhereNothingElseIsLeft() {
            List<ObjectRef> refs = apply(2);
            var waiting = hearing(client, () -> {});
            try (var workloads = workloads(Outcome.FAIL)) {
                assertThat(workloads).isNotNull();
                var failure = catchThrowableOfType(ApplyException.class, () -> waiting.await(refs, soon()));
                assertThat(failure).hasMessageStartingWith("failed: ");
                assertThat(failure.unhealthy()).hasSize(2);
            }
        }

        @Test
        void hearsTheInterruptionOfItsThread() {
            List<ObjectRef> refs = apply(3);
            Thread waiter = Thread.currentThread();
            var waiting = hearing(client, waiter::interrupt);
            var failure = catchThrowableOfType(ApplyException.class, () -> waiting.await(refs, soon()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.why()).isEqualTo(Reason.CANCELED);
        }
    }

    @Nested
    class WhatItLivesThrough {
        private void waitsThrough(java.util.function.Consumer<Relay> trouble) {
            List<ObjectRef> refs = apply(3);
            var started = new ArrayList<WorkloadSimulator>();
            try (var relay = new Relay(URI.create(client.getMasterUrl().toString()));
                    var other = through(relay)) {
                var waiting = hearing(other, () -> {
                    trouble.accept(relay);
                    started.add(workloads(Outcome.READY));
                });
                assertThat(waiting.await(refs, soon()).values()).hasSize(3).allMatch(Health::isCurrent);
            } finally {
                started.forEach(WorkloadSimulator::close);
            }
        }

        @Test
        void areConnectionsThatBreak() {
            waitsThrough(Relay::drop);
        }

        @Test
        void areVersionsThatTheServerForgets() {
            waitsThrough(relay -> {
                relay.refuse(true);
                client.configMaps()
                        .resource(new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
                                .withNewMetadata()
                                .withName(name("between"))
                                .endMetadata()
                                .build())
                        .create();
                expire();
                relay.refuse(false);
            });
        }

        @Test
        void isSaidWhereItDoesNotEnd() {
            List<ObjectRef> refs = apply(3);
            try (var relay = new Relay(URI.create(client.getMasterUrl().toString()));
                    var other = through(relay)) {
                var waiting = hearing(other, () -> relay.refuse(true));
                var failure = catchThrowableOfType(
                        ApplyException.class, () -> waiting.await(refs, Deadline.after(Duration.ofSeconds(3))));
                assertThat(failure.why()).isEqualTo(Reason.NOT_HEALTHY);
                assertThat(failure).hasMessageStartingWith("not healthy in time, and the API server does not answer (");
                assertThat(failure.unhealthy()).hasSize(3);
            }
        }
    }
}
