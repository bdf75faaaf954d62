package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.FAILED;
import static io.gitopstoolkit.api.Action.SKIPPED;
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

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.apply.ApplyException.ObjectFailure;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.HealthChecks;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What goes before what, and what a failure holds back. */
abstract class StageBehavior extends ClusterBehavior {
    StageBehavior(KubernetesClient client) {
        super(client);
    }

    private Manifest bad(String name) {
        return manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s_Bad}, data: {color: blue}}", name);
    }

    private ApplyException failureOf(ApplierBuilder builder, ManifestSet desired) {
        return catchThrowableOfType(ApplyException.class, () -> builder.build().apply(desired, soon()));
    }

    private ApplierBuilder builder() {
        return Applier.builder(client, owner);
    }

    @Nested
    class WithStagesOfTheCaller {
        @Test
        void appliesTheirKindsBeforeTheRest() {
            var changes = builder()
                    .stageKinds(Set.of("apps/Deployment", "Secret"))
                    .build()
                    .apply(
                            set(configMap(name("a"), "blue"), deployment(name("web"), "web:1"), secret(name("s"), "x")),
                            soon());
            assertThat(changes.changes().stream().map(Change::ref).map(ObjectRef::kind))
                    .containsExactly("Secret", "Deployment", "ConfigMap");
        }

        @Test
        void keepsThemWhereTheRestIsRefused() {
            var failure =
                    failureOf(builder().stageKinds(Set.of("Secret")), set(bad("x"), secret(name("s"), "hunter2")));
            assertThat(actions(failure.partial())).containsExactly(Map.entry(ref("Secret", "s"), CREATED));
        }

        @Test
        void refusesWhatIsNoKind() {
            assertThatThrownBy(() -> builder().stageKinds(Set.of("apps/v1/Deployment")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("apps/v1/Deployment");
        }
    }

    @Nested
    class WhenAStageDoesNotBecomeReady {
        @Test
        void endsAfterItsLimitAndHoldsBackTheRest() {
            var failure = failureOf(
                    builder()
                            .stageTimeout(Duration.ofMillis(300))
                            .healthCheck(HealthChecks.kstatus()
                                    .except("", "Namespace", live -> Health.inProgress("as it is"))),
                    set(namespace(name("n")), configMap(name("a"), "blue")));
            assertThat(failure.why()).isEqualTo(Reason.NOT_HEALTHY);
            assertThat(failure.failures())
                    .containsExactly(new ObjectFailure(
                            new ObjectRef("", "Namespace", "", name("n")),
                            Reason.NOT_HEALTHY,
                            "InProgress (as it is)"));
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
        }
    }

    @Nested
    class WhenSeveralAreRefused {
        @Test
        void tellsWhyForEachAsData() {
            var failure = failureOf(builder(), set(bad("x"), configMap(name("a"), "blue"), bad("y")));
            assertThat(failure.failures())
                    .extracting(each -> each.ref().name(), ObjectFailure::why)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple("x_Bad", Reason.INVALID_OBJECT),
                            org.assertj.core.api.Assertions.tuple("y_Bad", Reason.INVALID_OBJECT));
            assertThat(failure.failures().get(1).message()).contains("ConfigMap/" + ns + "/y_Bad: metadata.name");
            assertThat(failure.partial().changes()).isEmpty();
        }
    }

    @Nested
    class WhenToContinue {
        private ApplyException failureOf(Manifest... manifests) {
            return StageBehavior.this.failureOf(builder().continueOnFailure(), set(manifests));
        }

        @Test
        void deliversTheRestAndTellsOfTheFailed() {
            var failure = failureOf(bad("x"), configMap(name("a"), "blue"), deployment(name("web"), "web:1"));
            assertThat(actions(failure.partial()))
                    .containsOnly(
                            Map.entry(new ObjectRef("", "ConfigMap", ns, "x_Bad"), FAILED),
                            Map.entry(ref("ConfigMap", "a"), CREATED),
                            Map.entry(ref("Deployment", "web"), CREATED));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_OBJECT);
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
            assertThat(failure.failures()).hasSize(1);
            assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
        }

        @Test
        void deliversLaterStages() {
            var failure = failureOf(
                    manifest("{apiVersion: v1, kind: Namespace, metadata: {name: Not_A_Name}}"),
                    configMap(name("a"), "blue"));
            assertThat(failure.partial().only(CREATED)).extracting(Change::ref).containsExactly(ref("ConfigMap", "a"));
        }

        @Test
        void goesOnPastAKindThatTheClusterDoesNotKnow() {
            var failure = failureOf(
                    manifest("{apiVersion: example.org/v1, kind: Gadget, metadata: {name: g}}"),
                    bad("x"),
                    configMap(name("a"), "blue"));
            assertThat(failure.partial().only(CREATED)).extracting(Change::ref).containsExactly(ref("ConfigMap", "a"));
            assertThat(failure.failures())
                    .extracting(ObjectFailure::why)
                    .containsExactly(Reason.UNKNOWN_KIND, Reason.INVALID_OBJECT);
            assertThat(failure.why()).isEqualTo(Reason.UNKNOWN_KIND);
            assertThat(failure).hasMessageStartingWith("2 objects failed: Gadget/g (example.org/v1)");
        }

        @Test
        void prunesNothingAndKeepsAllInTheInventory() {
            applier.apply(set(configMap(name("old"), "blue")), soon());
            failureOf(bad("x"), configMap(name("a"), "blue"));
            assertThat(client.configMaps().withName(name("old")).get()).isNotNull();
            assertThat(applier.inventory(soon()).refs()).contains(ref("ConfigMap", "old"), ref("ConfigMap", "a"));
            var later = builder().continueOnFailure().build().apply(set(configMap(name("a"), "blue")), soon());
            assertThat(later.only(DELETED)).extracting(Change::ref).contains(ref("ConfigMap", "old"));
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"));
        }

        @Test
        void skipsTheResourcesOfADefinitionThatFailed() {
            String group = id + ".example.org";
            Manifest broken = Given.manifest("""
                    apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata: {name: widgets.%1$s}
                    spec:
                      group: %1$s
                      scope: Namespaced
                      names: {kind: Widget, plural: widgets}
                      versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: 7}}}]
                    """, group);
            var widget = manifest("{apiVersion: %s/v1, kind: Widget, metadata: {name: w}}", group);
            var failure = failureOf(broken, widget, configMap(name("a"), "blue"));
            assertThat(failure.partial().only(SKIPPED))
                    .extracting(Change::message)
                    .singleElement()
                    .isEqualTo("not applied, because its definition CustomResourceDefinition/widgets." + group
                            + " failed");
            assertThat(failure.partial().only(CREATED)).hasSize(1);
            assertThat(failure.failures()).hasSize(1);
        }

        @Test
        void skipsTheObjectsOfANamespaceThatFailed() {
            var absent =
                    manifest("{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {a: 'b c'}}}", name("n"));
            var inside = manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}", name("n"));
            var failure = failureOf(absent, inside, configMap(name("a"), "blue"));
            assertThat(failure.partial().only(SKIPPED))
                    .extracting(Change::message)
                    .containsExactly("not applied, because its namespace " + name("n") + " failed");
            assertThat(failure.failures()).hasSize(1);
        }

        @Test
        void returnsAsUsualWhereNothingFails() {
            var set = set(configMap(name("a"), "blue"), definition(id + ".example.org", "Widget"));
            assertThat(builder().continueOnFailure().build().apply(set, soon()).only(CREATED))
                    .hasSize(2);
        }
    }
}
