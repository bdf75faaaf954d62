package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.SKIPPED;
import static io.gitopstoolkit.apply.Given.definition;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.ObjectFailure;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.HealthChecks;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The order that annotations ask for: waves, hooks and dependencies. */
abstract class SequenceBehavior extends HookBehavior {
    SequenceBehavior(KubernetesClient client) {
        super(client);
    }

    @Nested
    class WithWaves {
        @Test
        void appliesTheLowerOnesFirst() {
            assertThat(told(
                            apply(good("a", WAVE, "5"), good("b", WAVE, "-1"), good("c"), good("d", WAVE, "1")),
                            CREATED))
                    .containsExactly("b", "c", "d", "a");
        }

        @Test
        void waitsUntilAWaveIsHealthy() {
            var looks = new AtomicInteger();
            var check = HealthChecks.kstatus().except("", "ConfigMap", live -> {
                boolean settled = Tree.at(live.content(), "metadata", "annotations", "settled") != null;
                return live.ref().equals(thing("a")) && !settled ? Health.inProgress("not yet") : Health.current("");
            });
            var seenBefore = new ArrayList<Integer>();
            builder()
                    .healthCheck(check)
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(Change change) {
                            seenBefore.add(looks.get());
                        }

                        @Override
                        public void onHealth(ObjectRef ref, Health health) {
                            if (looks.incrementAndGet() == 1) {
                                client.configMaps()
                                        .withName(ref.name())
                                        .edit(map -> new ConfigMapBuilder(map)
                                                .editMetadata()
                                                .addToAnnotations("settled", "yes")
                                                .endMetadata()
                                                .build());
                            }
                        }
                    })
                    .build()
                    .apply(set(good("a", WAVE, "0"), good("b", WAVE, "1")), soon());
            assertThat(seenBefore).containsExactly(0, 2);
        }

        @Test
        void doesNotWaitForTheLast() {
            assertThat(told(apply(good("a"), thing("b", "slow", Map.of(WAVE, "1"))), CREATED))
                    .containsExactly("a", "b");
        }

        @Test
        void endsWhenAWaveFailsAndAppliesNoneAfterIt() {
            var failure = failure(thing("a", "bad", Map.of()), good("b", WAVE, "1"));
            assertThat(failure.why()).isEqualTo(Reason.NOT_HEALTHY);
            assertThat(failure).hasMessageContaining(thing("a") + ": Failed (it is bad)");
            assertThat(told(failure.partial(), CREATED)).containsExactly("a");
            assertThat(uid("b")).isEmpty();
        }

        @Test
        void tellsWhatIsHeldBackWhereItIsToContinue() {
            var failure = failure(
                    builder().continueOnFailure(),
                    set(thing("a", "bad", Map.of()), good("b"), good("c", WAVE, "1"), good("d", WAVE, "2")));
            assertThat(told(failure.partial(), CREATED)).containsExactly("a", "b");
            assertThat(told(failure.partial(), SKIPPED)).containsExactly("c", "d");
            assertThat(failure.partial().only(SKIPPED).get(0).message())
                    .isEqualTo("not applied, because objects of wave 0 of Sync failed");
            assertThat(failure.failures()).extracting(ObjectFailure::ref).containsExactly(thing("a"));
        }

        @Test
        void refusesAWaveThatIsNoNumber() {
            assertThat(failure(good("a", WAVE, "first")))
                    .hasMessageContaining(name("a"))
                    .hasMessageContaining("argocd.argoproj.io/sync-wave is no whole number: 'first'");
        }

        @Test
        void appliesAResourceInALaterWaveThanItsDefinition() {
            String group = id + ".example.org";
            var widget = manifest("""
                    apiVersion: %s/v1
                    kind: Widget
                    metadata: {name: w, annotations: {'%s': '1'}}
                    """, group, WAVE);
            assertThat(apply(widget, definition(group, "Widget")).only(CREATED)).hasSize(2);
        }

        @Test
        void prunesInTheOtherDirection() {
            apply(good("a", WAVE, "1"), good("b", WAVE, "3"), good("c"), good("d", WAVE, "2"));
            assertThat(told(builder().build().uninstall(soon()), DELETED)).containsExactly("b", "d", "a", "c");
        }
    }

    @Nested
    class WithDependencies {
        private static final String ON = "config.kubernetes.io/depends-on";

        private String on(String... bases) {
            return String.join(
                    ", ",
                    List.of(bases).stream()
                            .map(base -> "/namespaces/" + ns + "/ConfigMap/" + name(base))
                            .toList());
        }

        @Test
        void appliesAnObjectAfterWhatItDependsOn() {
            var changes =
                    apply(good("a", ON, on("c")), good("b"), good("c", "delivery.example.org/depends-on", on("b")));
            assertThat(told(changes, CREATED)).containsExactly("b", "c", "a");
        }

        @Test
        void waitsUntilItIsHealthyAndHoldsBackNoOther() {
            var released = new AtomicInteger();
            var check = HealthChecks.kstatus().except("", "ConfigMap", live -> {
                boolean slow = live.ref().equals(thing("slow")) && released.get() == 0;
                return slow ? Health.inProgress("not yet") : Health.current("");
            });
            var order = new ArrayList<String>();
            builder()
                    .healthCheck(check)
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(Change change) {
                            order.add(change.ref().name().replace("-" + id, ""));
                            if (order.contains("other")) {
                                released.set(1);
                            }
                        }
                    })
                    .build()
                    .apply(
                            set(
                                    good("slow"),
                                    good("after", ON, on("slow")),
                                    good("quick"),
                                    good("other", ON, on("quick"))),
                            soon());
            assertThat(order).containsExactly("quick", "slow", "other", "after");
        }

        @Test
        void namesTheCycle() {
            var failure = failure(good("a", ON, on("b")), good("b", ON, on("c")), good("c", ON, on("a")));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_SET);
            assertThat(failure)
                    .hasMessageContaining(thing("a") + " -> " + thing("b") + " -> " + thing("c") + " -> " + thing("a"));
        }

        @Test
        void namesWhatIsMissing() {
            var failure = failure(good("a", ON, on("absent")));
            assertThat(failure)
                    .hasMessageContaining(thing("a") + " depends on " + thing("absent") + ", not in the set");
        }

        @Test
        void refusesWhatItCannotRead() {
            assertThat(failure(good("a", ON, "ConfigMap/b")))
                    .hasMessageContaining("'ConfigMap/b'")
                    .hasMessageContaining("<group>/namespaces/<namespace>/<kind>/<name>");
        }

        @Test
        void refusesADependencyOnALaterWave() {
            assertThat(failure(good("a", ON, on("b")), good("b", WAVE, "1")))
                    .hasMessageContaining("wave 0 of Sync")
                    .hasMessageContaining("comes later (wave 1 of Sync)");
        }

        @Test
        void skipsWhatDependsOnAFailedObjectAndAppliesTheRest() {
            var failure =
                    failure(thing("a", "bad", Map.of()), good("b", ON, on("a")), good("c", ON, on("b")), good("d"));
            assertThat(told(failure.partial(), CREATED)).containsExactly("a", "d");
            assertThat(failure.partial().only(SKIPPED))
                    .extracting(Change::message)
                    .containsExactly(
                            "not applied, because " + thing("a") + ", which it depends on, failed",
                            "not applied, because " + thing("b") + ", which it depends on, was not applied");
            assertThat(failure.failures()).extracting(ObjectFailure::ref).containsExactly(thing("a"));
        }

        @Test
        void appliesAnObjectOfAnEarlierStageLaterWhereItDependsOnOneOfTheRest() {
            var namespace = manifest(
                    "{apiVersion: v1, kind: Namespace, metadata: {name: %s, annotations: {'%s': '%s'}}}",
                    name("n"), ON, on("a"));
            assertThat(told(apply(namespace, good("a")), CREATED)).containsExactly("a", "n");
        }

        @Test
        void prunesDependentsFirst() {
            apply(good("a"), good("b", ON, on("a")), good("c", ON, on("b")));
            assertThat(told(builder().build().uninstall(soon()), DELETED)).containsExactly("c", "b", "a");
            apply(good("a", ON, on("b")), good("b", ON, on("c")), good("c"));
            assertThat(told(builder().build().uninstall(soon()), DELETED)).containsExactly("a", "b", "c");
        }
    }
}
