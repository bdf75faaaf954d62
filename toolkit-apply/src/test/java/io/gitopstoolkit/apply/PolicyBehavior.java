package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CONFIGURED;
import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.SKIPPED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an object says of how it is to be handled, and what is done where a field cannot be changed. */
abstract class PolicyBehavior extends ClusterBehavior {
    PolicyBehavior(KubernetesClient client) {
        super(client);
    }

    private Manifest saying(String base, String policy, String color) {
        return manifest("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {%s}}
                data: {color: %s}
                """, name(base), policy, color);
    }

    private String color(String base) {
        return client.configMaps().withName(name(base)).get().getData().getOrDefault("color", "");
    }

    private void annotate(String base, String key, String value) {
        client.configMaps()
                .withName(name(base))
                .edit(map -> new ConfigMapBuilder(map)
                        .editMetadata()
                        .addToAnnotations(key, value)
                        .endMetadata()
                        .build());
    }

    @Nested
    class OfAnObjectThatIsToBeIgnored {
        @Test
        void appliesNothingAndSaysWhy() {
            var changes = applier.apply(
                    set(
                            saying("a", "'kustomize.toolkit.fluxcd.io/ssa': ignore", "red"),
                            saying("b", "'delivery.example.org/reconcile': Disabled", "red"),
                            configMap(name("c"), "red")),
                    soon());
            assertThat(changes.only(SKIPPED))
                    .extracting(Change::message)
                    .containsExactly(
                            "not applied, because of the annotation kustomize.toolkit.fluxcd.io/ssa: ignore",
                            "not applied, because of the annotation delivery.example.org/reconcile: Disabled");
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
            assertThat(color("c")).isEqualTo("red");
        }

        @Test
        void hearsTheObjectInTheClusterToo() {
            applier.apply(set(configMap(name("a"), "red"), configMap(name("b"), "red")), soon());
            annotate("a", "kustomize.toolkit.fluxcd.io/reconcile", "disabled");
            var desired = set(configMap(name("a"), "blue"), configMap(name("b"), "blue"));
            assertThat(applier.diff(desired, soon()).changes().only(SKIPPED)).hasSize(1);
            assertThat(actions(applier.apply(desired, soon())))
                    .containsExactly(
                            Map.entry(ref("ConfigMap", "a"), SKIPPED), Map.entry(ref("ConfigMap", "b"), CONFIGURED));
            assertThat(color("a")).isEqualTo("red");
            var hasty = Applier.builder(client, owner).withoutValidation().build();
            assertThat(actions(hasty.apply(desired, soon()))).containsEntry(ref("ConfigMap", "a"), SKIPPED);
            assertThat(color("a")).isEqualTo("red");
        }

        @Test
        void deletesItNeither() {
            applier.apply(set(configMap(name("a"), "red"), configMap(name("b"), "red")), soon());
            annotate("a", "kustomize.toolkit.fluxcd.io/reconcile", "disabled");
            annotate("b", "delivery.example.org/ssa", "Ignore");
            assertThat(applier.apply(set(), soon()).only(SKIPPED)).hasSize(2);
            assertThat(color("a")).isEqualTo("red");
            assertThat(color("b")).isEqualTo("red");
        }
    }

    @Nested
    class OfAnObjectThatIsOnlyToBeCreated {
        @Test
        void createsItAndLeavesItAloneFromThenOn() {
            String policy = "'kustomize.toolkit.fluxcd.io/ssa': IfNotPresent";
            assertThat(applier.apply(set(saying("a", policy, "red")), soon()).only(CREATED))
                    .hasSize(1);
            assertThat(applier.apply(set(saying("a", policy, "blue")), soon()).only(SKIPPED))
                    .extracting(Change::message)
                    .containsExactly(
                            "not applied, because of the annotation kustomize.toolkit.fluxcd.io/ssa: IfNotPresent");
            assertThat(color("a")).isEqualTo("red");
        }

        @Test
        void doesSoWithoutValidationToo() {
            var hasty = Applier.builder(client, owner).withoutValidation().build();
            String policy = "'delivery.example.org/ssa': ifnotpresent";
            assertThat(hasty.apply(set(saying("a", policy, "red")), soon()).only(CREATED))
                    .hasSize(1);
            assertThat(hasty.apply(set(saying("a", policy, "blue")), soon()).only(SKIPPED))
                    .hasSize(1);
            assertThat(color("a")).isEqualTo("red");
        }
    }

    @Nested
    class WhereAFieldCannotBeChanged {
        private Manifest locked(String color, String annotations) {
            return manifest("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %s, annotations: {%s}}
                    immutable: true
                    data: {color: %s}
                    """, name("a"), annotations, color);
        }

        @Test
        void refusesTheObjectUnlessItIsForced() {
            applier.apply(set(locked("red", "")), soon());
            var failure = failureOf(set(locked("blue", "")));
            assertThat(failure.why()).isEqualTo(Reason.IMMUTABLE_FIELD);
            assertThat(failure).hasMessageContaining("data cannot be changed once set");
            assertThat(color("a")).isEqualTo("red");
        }

        @Test
        void deletesItAndCreatesItAgainWhereTheApplierIsTold() {
            applier.apply(set(locked("red", ""), configMap(name("b"), "red")), soon());
            String before = uid("a");
            var forcing = Applier.builder(client, owner).force().build();
            var desired = set(locked("blue", ""), configMap(name("b"), "red"));
            var plan = forcing.diff(desired, soon());
            assertThat(plan.changes().only(CREATED)).hasSize(1);
            assertThat(uid("a")).isEqualTo(before);
            var changes = forcing.apply(desired, soon());
            assertThat(changes.only(CREATED))
                    .extracting(Change::message)
                    .containsExactly("deleted and created again, for data cannot be changed once set");
            assertThat(changes.only(UNCHANGED)).hasSize(1);
            assertThat(color("a")).isEqualTo("blue");
            assertThat(uid("a")).isNotEqualTo(before);
            assertThat(forcing.apply(desired, soon()).only(UNCHANGED)).hasSize(2);
        }

        @Test
        void doesSoWhereTheObjectAllowsIt() {
            String allowed = "'kustomize.toolkit.fluxcd.io/force': Enabled";
            applier.apply(set(locked("red", "")), soon());
            assertThat(applier.apply(set(locked("blue", allowed)), soon()).only(CREATED))
                    .hasSize(1);
            assertThat(applier.apply(set(locked("green", "")), soon()).only(CREATED))
                    .as("the object in the cluster allows it")
                    .hasSize(1);
            assertThat(color("a")).isEqualTo("green");
        }

        @Test
        void doesSoWithoutValidation() {
            applier.apply(set(locked("red", "")), soon());
            var hasty =
                    Applier.builder(client, owner).withoutValidation().force().build();
            assertThat(hasty.apply(set(locked("blue", "")), soon()).only(CREATED))
                    .hasSize(1);
            assertThat(color("a")).isEqualTo("blue");
        }

        @Test
        void deletesNothingWhereTheObjectWouldBeRefusedAnyway() {
            applier.apply(set(locked("red", "")), soon());
            var wrong = manifest("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %s}
                    immutable: true
                    data: {'no such key!': blue}
                    """, name("a"));
            applier = Applier.builder(client, owner).force().build();
            assertThat(failureOf(set(wrong)).why()).isEqualTo(Reason.INVALID_OBJECT);
            assertThat(color("a")).isEqualTo("red");
        }

        @Test
        void saysWhatBecameOfAnObjectThatDoesNotGoAndCompletesItLater() {
            applier.apply(set(locked("red", "")), soon());
            hold(List.of("example.org/held"));
            applier = Applier.builder(client, owner).force().build();
            var failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ApplyException.class,
                    () -> applier.apply(
                            set(locked("blue", "")),
                            io.gitopstoolkit.api.Deadline.after(java.time.Duration.ofSeconds(3))));
            assertThat(failure.why()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure)
                    .hasMessageContaining("deleted to be created again")
                    .hasMessageContaining("example.org/held");
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"));
            hold(List.of());
            assertThat(applier.apply(set(locked("blue", "")), soon()).only(CREATED))
                    .hasSize(1);
            assertThat(color("a")).isEqualTo("blue");
        }

        private void hold(List<String> finalizers) {
            client.configMaps()
                    .withName(name("a"))
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .withFinalizers(finalizers)
                            .endMetadata()
                            .build());
        }

        private String uid(String base) {
            return client.configMaps().withName(name(base)).get().getMetadata().getUid();
        }
    }
}
