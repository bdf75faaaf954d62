package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.Severity;
import io.gitopstoolkit.apply.Drift.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** All of a drift watcher. */
abstract class DriftBehavior extends CorrectionBehavior {
    DriftBehavior(KubernetesClient client) {
        super(client);
    }

    @Nested
    class WhenDetecting {
        @Test
        void reportsOnceAndLeavesTheObject() {
            deliver(blue("a"), blue("b"));
            watch(DriftMode.DETECT);
            paint("a", "red");
            Drift drift = drifts.await(config("a"), Outcome.REPORTED);
            client.configMaps()
                    .withName(name("a"))
                    .edit(object -> new ConfigMapBuilder(object)
                            .editMetadata()
                            .addToAnnotations("note", "mine")
                            .endMetadata()
                            .build());
            paint("b", "red");
            drifts.await(config("b"), Outcome.REPORTED);
            assertThat(drifts.all()).hasSize(2);
            assertThat(color("a")).isEqualTo("red");
            assertThat(drift.event(Instant.EPOCH, "test").severity()).isEqualTo(Severity.INFO);
            assertThat(drift.event(Instant.EPOCH, "test").reason()).isEqualTo("DriftDetected");
        }

        @Test
        void warnsWithAnError() {
            deliver(blue("a"));
            watch(DriftMode.WARN);
            paint("a", "red");
            Drift drift = drifts.await(config("a"), Outcome.REPORTED);
            assertThat(drift.event(Instant.EPOCH, "test").severity()).isEqualTo(Severity.ERROR);
            assertThat(color("a")).isEqualTo("red");
        }

        @Test
        void letsAnObjectHaveItsOwnMode() {
            Manifest corrected = manifest("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %s, annotations: {delivery.example.org/drift: correct}}
                    data: {color: blue}
                    """, name("own"));
            Manifest disabled = manifest("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %s, annotations: {delivery.example.org/drift: Disabled}}
                    data: {color: blue}
                    """, name("off"));
            deliver(corrected, disabled, blue("a"));
            watch(DriftMode.DETECT);
            paint("off", "red");
            paint("a", "red");
            paint("own", "red");
            drifts.await(config("own"), Outcome.CORRECTED);
            drifts.await(config("a"), Outcome.REPORTED);
            assertThat(color("off")).isEqualTo("red");
            assertThat(drifts.all()).hasSize(2);
        }

        @Test
        void findsAtItsStartWhatHappenedBefore() {
            deliver(blue("a"), blue("b"));
            applier = Applier.builder(tapped, owner).build(); // as after a restart of the program
            paint("a", "red");
            client.configMaps().withName(name("b")).delete();
            watch(DriftMode.DETECT);
            drifts.await(config("a"), Outcome.REPORTED);
            assertThat(drifts.await(config("b"), Outcome.REPORTED).kind()).isEqualTo(Drift.Kind.DELETED);
            assertThat(drifts.all()).hasSize(2);
        }
    }

    @Nested
    class WhenDeliveriesGoOn {
        @Test
        void doesNotTakeThemForDrift() {
            deliver(blue("a"), blue("b"), blue("c"));
            watch(DriftMode.CORRECT);
            deliver(configMap(name("a"), "green"), configMap(name("c"), "green"));
            paint("c", "red");
            drifts.await(config("c"), Outcome.CORRECTED);
            assertThat(drifts.all()).hasSize(1);
            assertThat(color("a")).isEqualTo("green");
            assertThat(color("b")).isEqualTo("absent");
            assertThat(color("c")).isEqualTo("green");
        }

        @Test
        void watchesWhatALaterDeliveryBrings() {
            deliver(blue("a"));
            watch(DriftMode.CORRECT);
            deliver(blue("a"), secret(name("s"), "hunter2"));
            watcher.awaitSynced(soon());
            client.secrets().withName(name("s")).delete();
            drifts.await(ref("Secret", "s"), Outcome.CORRECTED);
        }

        @Test
        void waitsForTheManifestsThatWereDeliveredLast() {
            deliver(blue("a"), blue("b"));
            watch(DriftMode.CORRECT);
            var green = set(configMap(name("a"), "green"), blue("b"));
            applier.apply(green, soon());
            paint("a", "red");
            paint("b", "red");
            drifts.await(config("b"), Outcome.CORRECTED);
            delivered = green;
            Drift drift = drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(drift.fields()).extracting(Plan.Field::after).containsExactly("green");
            assertThat(color("a")).isEqualTo("green");
        }

        @Test
        void correctsToWhatWasDeliveredLast() {
            deliver(blue("a"));
            watch(DriftMode.CORRECT);
            deliver(configMap(name("a"), "green"));
            client.configMaps().withName(name("a")).delete();
            drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(color("a")).isEqualTo("green");
        }
    }

    @Nested
    class Requests {
        @Test
        void areNoneForASetThatWasAppliedBefore() {
            deliver(blue("a"), blue("b"), blue("c"), secret(name("s"), "hunter2"), deployment(name("web"), "web:1"));
            watch(DriftMode.CORRECT);
            tap.drain();
            var changes = applier.apply(delivered, soon());
            assertThat(changes.only(Action.UNCHANGED)).hasSize(5);
            assertThat(tap.drain())
                    .singleElement()
                    .asString()
                    .startsWith("GET ")
                    .contains("/configmaps/inventory.");
        }

        @Test
        void areOnlyForWhatAnotherHasWritten() {
            deliver(blue("a"), blue("b"), blue("c"));
            watch(DriftMode.DETECT);
            paint("a", "red");
            drifts.await(config("a"), Outcome.REPORTED);
            tap.drain();
            var changes = applier.apply(delivered, soon());
            assertThat(actions(changes))
                    .containsEntry(config("a"), Action.CONFIGURED)
                    .containsEntry(config("b"), Action.UNCHANGED);
            assertThat(tap.drain())
                    .filteredOn(request -> request.contains("PATCH"))
                    .isNotEmpty()
                    .allMatch(request -> request.contains(name("a")));
        }
    }

    @Nested
    class WhenTheApiServerIsAway {
        @Test
        void findsTheDriftOfTheGap() {
            deliver(blue("a"), blue("b"), blue("c"));
            watch(DriftMode.CORRECT);
            relay.refuse(true);
            paint("a", "red");
            client.configMaps().withName(name("b")).delete();
            relay.refuse(false);
            drifts.await(config("a"), Outcome.CORRECTED);
            drifts.await(config("b"), Outcome.CORRECTED);
            assertThat(color("a")).isEqualTo("blue");
            assertThat(color("b")).isEqualTo("blue");
            assertThat(drifts.all()).hasSize(2);
        }

        @Test
        void saysSoAndGoesOnWhenItIsBack() {
            deliver(blue("a"));
            relay.refuse(true);
            watcher = DriftWatcher.builder(applier, () -> delivered)
                    .mode(DriftMode.CORRECT)
                    .listener(drifts)
                    .build();
            watcher.start();
            drifts.awaitNews("blind: the inventory");
            relay.refuse(false);
            drifts.awaitNews("recovered: the inventory");
            paint("a", "red");
            drifts.await(config("a"), Outcome.CORRECTED);
        }
    }

    @Nested
    class WhenItIsClosed {
        @Test
        void leavesDriftAlone() {
            deliver(blue("a"));
            watch(DriftMode.CORRECT);
            watcher.close();
            watcher.close();
            assertThatThrownBy(watcher::start).isInstanceOf(IllegalStateException.class);
            paint("a", "red");
            var later = new Drifts();
            try (var other = DriftWatcher.builder(applier, () -> delivered)
                    .listener(later)
                    .build()) {
                other.start();
                later.await(config("a"), Outcome.REPORTED);
            }
            assertThat(drifts.all()).isEmpty();
            assertThat(color("a")).isEqualTo("red");
        }
    }
}
