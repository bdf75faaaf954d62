package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.FAILED;
import static io.gitopstoolkit.api.Action.SKIPPED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.definition;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.namespace;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.PrunePolicy.Propagation;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted of what left the set, and what is not. */
abstract class PruneBehavior extends ClusterBehavior {
    PruneBehavior(KubernetesClient client) {
        super(client);
    }

    ManifestSet maps(int count) {
        return set(IntStream.range(0, count)
                .mapToObj(i -> configMap(name("m" + i), "blue"))
                .toArray(Manifest[]::new));
    }

    Applier pruning(PrunePolicy policy) {
        return Applier.builder(client, owner).prunePolicy(policy).build();
    }

    boolean isThere(String configMap) {
        return client.configMaps().withName(name(configMap)).get() != null;
    }

    Manifest annotated(String base, String annotation, String value) {
        return manifest(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, annotations: {%s: '%s'}}}",
                name(base), annotation, value);
    }

    @Nested
    class WhenMuchWouldGo {
        @Test
        void deletesNothingForASetThatBecameEmpty() {
            applier.apply(maps(2), soon());
            var failure = failureOf(set());
            assertThat(failure.why()).isEqualTo(Reason.PRUNE_NOT_ALLOWED);
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
            assertThat(failure.reason()).isEqualTo("PruneFailed");
            assertThat(failure)
                    .hasMessageStartingWith("the delivery would delete 2 of the owner's 2 objects (ConfigMap/" + ns)
                    .hasMessageContaining("call uninstall");
            assertThat(failure.partial().changes()).isEmpty();
            assertThat(applier.inventory(soon()).refs()).hasSize(2);
            assertThat(isThere("m0") && isThere("m1")).isTrue();
        }

        @Test
        void appliesAndDeletesNothingBeyondTheShare() {
            applier.apply(maps(12), soon());
            var less = set(configMap(name("m0"), "red"), configMap(name("new"), "blue"));
            var failure = failureOf(less);
            assertThat(failure.why()).isEqualTo(Reason.PRUNE_NOT_ALLOWED);
            assertThat(failure)
                    .hasMessageContaining("11 of the owner's 12 objects")
                    .hasMessageContaining("PrunePolicy.withMaxShare");
            assertThat(isThere("new")).isFalse();
            assertThat(client.configMaps().withName(name("m0")).get().getData()).containsEntry("color", "blue");
            assertThat(applier.inventory(soon()).refs()).hasSize(12);
            var refused = catchThrowableOfType(ApplyException.class, () -> applier.prune(less, soon()));
            assertThat(refused.why()).isEqualTo(Reason.PRUNE_NOT_ALLOWED);
            assertThat(pruning(PrunePolicy.standard().withMaxShare(0.95))
                            .apply(less, soon())
                            .only(DELETED))
                    .hasSize(11);
        }

        @Test
        void deletesUpToTheShare() {
            applier.apply(maps(12), soon());
            assertThat(applier.apply(maps(6), soon()).only(DELETED)).hasSize(6);
        }

        @Test
        void deletesAFewWhateverTheirShare() {
            applier.apply(maps(6), soon());
            assertThat(applier.apply(maps(1), soon()).only(DELETED)).hasSize(5);
        }

        @Test
        void deletesAllWithConsent() {
            applier.apply(maps(7), soon());
            assertThat(allowingAll().apply(set(), soon()).only(DELETED)).hasSize(7);
            assertThat(applier.inventory(soon()).entries()).isEmpty();
        }

        @Test
        void doesNotCountWhatIsKeptOrGone() {
            var kept = annotated("kept", "kustomize.toolkit.fluxcd.io/prune", "disabled");
            applier.apply(set(kept, configMap(name("gone"), "blue")), soon());
            client.configMaps().withName(name("gone")).delete();
            assertThat(actions(applier.apply(set(), soon())))
                    .containsOnly(
                            Map.entry(ref("ConfigMap", "kept"), SKIPPED), Map.entry(ref("ConfigMap", "gone"), DELETED));
        }

        @Test
        void showsItAllInThePlan() {
            applier.apply(maps(7), soon());
            assertThat(applier.diff(set(), soon()).changes().only(DELETED)).hasSize(7);
        }
    }

    @Nested
    class WhenAnObjectIsToStay {
        @ParameterizedTest
        @CsvSource({
            "kustomize.toolkit.fluxcd.io/prune, Disabled",
            "kustomize.toolkit.fluxcd.io/ssa, Ignore",
            "kustomize.toolkit.fluxcd.io/reconcile, disabled",
            "delivery.example.org/prune, disabled",
            "delivery.example.org/ssa, ignore",
            "delivery.example.org/reconcile, disabled",
            "argocd.argoproj.io/sync-options, 'Validate=false, Prune=false'",
        })
        void keepsAndGivesUpWhatIsAnnotatedInTheCluster(String annotation, String value) {
            applier.apply(set(configMap(name("a"), "blue"), configMap(name("b"), "blue")), soon());
            client.configMaps()
                    .withName(name("a"))
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .addToAnnotations(annotation, value)
                            .endMetadata()
                            .build());
            assertThat(applier.apply(set(configMap(name("b"), "blue")), soon()).only(SKIPPED))
                    .singleElement()
                    .extracting(Change::message)
                    .asString()
                    .contains("not deleted, because of its");
            assertThat(isThere("a")).isTrue();
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "b"));
        }

        @Test
        void waitsForTheApprovalThatAnOptionAsksFor() {
            var asking = annotated("a", "argocd.argoproj.io/sync-options", "Prune=confirm");
            applier.apply(set(asking, configMap(name("b"), "blue")), soon());
            var desired = set(configMap(name("b"), "blue"));
            assertThat(applier.apply(desired, soon()).only(SKIPPED))
                    .extracting(Change::message)
                    .first()
                    .asString()
                    .contains("approve it with the annotation argocd.argoproj.io/deletion-approved");
            assertThat(applier.inventory(soon()).refs()).hasSize(2);
            client.configMaps()
                    .withName(name("a"))
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .addToAnnotations("argocd.argoproj.io/deletion-approved", "2026-01-01T00:00:00Z")
                            .endMetadata()
                            .build());
            assertThat(applier.apply(desired, soon()).only(DELETED)).hasSize(1);
            assertThat(isThere("a")).isFalse();
        }
    }

    @Nested
    class WhenADefinitionGoes {
        private String group() {
            return id + ".example.org";
        }

        private Manifest widget(String base) {
            return manifest("{apiVersion: %s/v1, kind: Widget, metadata: {name: %s}}", group(), name(base));
        }

        @Test
        void keepsOneThatOthersUse() {
            applier.apply(set(definition(group(), "Widget"), widget("own"), configMap(name("a"), "blue")), soon());
            var other = new Owner("other", "delivery.example.org", id + "-o", ns);
            Applier.builder(client, other).build().apply(set(widget("other")), soon());
            var desired = set(configMap(name("a"), "blue"));
            var changes = applier.apply(desired, soon());
            assertThat(changes.only(SKIPPED))
                    .singleElement()
                    .satisfies(change -> assertThat(change.message())
                            .contains("all objects of its kind would go with it")
                            .contains("Widget/" + ns + "/" + name("other"))
                            .contains("PrunePolicy.deletingDefinitionsInUse"));
            assertThat(applier.inventory(soon()).refs())
                    .extracting(ObjectRef::kind)
                    .containsExactly("ConfigMap", "CustomResourceDefinition");
            var consenting = pruning(PrunePolicy.standard().deletingDefinitionsInUse());
            assertThat(consenting.apply(desired, soon()).only(DELETED)).hasSize(1);
        }

        @Test
        void deletesOneThatNobodyElseUses() {
            applier.apply(set(definition(group(), "Widget"), widget("own"), configMap(name("a"), "blue")), soon());
            assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(DELETED))
                    .extracting(change -> change.ref().kind())
                    .containsExactly("Widget", "CustomResourceDefinition");
        }
    }

    @Nested
    class WhenItIsDeleted {
        @Test
        void deletesANamespaceAfterWhatIsInIt() {
            String other = name("other");
            var inside = manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}", other);
            applier.apply(set(namespace(other), inside, configMap(name("b"), "blue")), soon());
            var deleted =
                    applier.apply(set(configMap(name("b"), "blue")), soon()).only(DELETED);
            assertThat(deleted).extracting(change -> change.ref().kind()).containsExactly("ConfigMap", "Namespace");
            assertThat(deleted.get(1).toString()).contains("with everything in it");
        }

        @Test
        void namesTheFinalizerThatHoldsAnObjectAndKeepsItInTheInventory() {
            held("a");
            var desired = set(configMap(name("b"), "blue"));
            for (int run = 0; run < 2; run++) {
                assertThat(applier.apply(desired, soon()).only(DELETED))
                        .singleElement()
                        .extracting(Change::message)
                        .isEqualTo("is being deleted, and held by the finalizer example.org/lock");
                assertThat(applier.inventory(soon()).refs()).contains(ref("ConfigMap", "a"));
            }
            release("a");
            applier.apply(desired, soon());
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "b"));
        }

        @Test
        void failsForAnObjectThatIsNotGoneInTime() {
            held("a");
            var waiting = pruning(PrunePolicy.standard().waitingForTermination(Duration.ofMillis(300)));
            var desired = set(configMap(name("b"), "blue"));
            var failure = catchThrowableOfType(ApplyException.class, () -> waiting.apply(desired, soon()));
            assertThat(failure.why()).isEqualTo(Reason.PRUNE_FAILED);
            assertThat(failure)
                    .hasMessageContaining("ConfigMap/" + ns + "/" + name("a"))
                    .hasMessageContaining("held by the finalizer example.org/lock");
            assertThat(failure.partial().only(FAILED)).hasSize(1);
            assertThat(applier.inventory(soon()).refs()).contains(ref("ConfigMap", "a"));
            release("a");
            assertThat(waiting.apply(desired, soon()).only(FAILED)).isEmpty();
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "b"));
        }

        private void held(String base) {
            applier.apply(set(configMap(name(base), "blue"), configMap(name("b"), "blue")), soon());
            hold(base);
        }

        private void hold(String base) {
            client.configMaps()
                    .withName(name(base))
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .withFinalizers("example.org/lock")
                            .endMetadata()
                            .build());
        }

        private void release(String base) {
            client.configMaps()
                    .withName(name(base))
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .withFinalizers()
                            .endMetadata()
                            .build());
            assertThat(isThere(base)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"BACKGROUND", "FOREGROUND", "ORPHAN"})
        void passesThePropagationOn(String word) {
            applier.apply(set(configMap(name("a"), "blue"), configMap(name("b"), "blue")), soon());
            var tap = new Tap();
            try (KubernetesClient tapped = tap.on(client)) {
                Applier.builder(tapped, owner)
                        .prunePolicy(PrunePolicy.standard().withPropagation(Propagation.valueOf(word)))
                        .build()
                        .apply(set(configMap(name("b"), "blue")), soon());
            }
            assertThat(tap.bodies())
                    .anyMatch(body -> body.toLowerCase(java.util.Locale.ROOT)
                            .contains("\"propagationpolicy\":\"" + word.toLowerCase(java.util.Locale.ROOT)));
        }
    }
}
