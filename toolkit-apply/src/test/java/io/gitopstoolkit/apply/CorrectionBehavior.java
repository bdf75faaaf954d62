package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.definition;
import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Severity;
import io.gitopstoolkit.apply.Drift.Outcome;
import io.gitopstoolkit.apply.internal.Relay;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Drift that is taken back, watched for by a client whose requests are counted. */
abstract class CorrectionBehavior extends ClusterBehavior {
    final Drifts drifts = new Drifts();
    volatile ManifestSet delivered = set();
    final Tap tap = new Tap();
    final Relay relay;
    final KubernetesClient tapped;
    DriftWatcher watcher;

    CorrectionBehavior(KubernetesClient client) {
        super(client);
        this.relay = new Relay(URI.create(client.getMasterUrl().toString()));
        Config config = new ConfigBuilder(client.getConfiguration())
                .withMasterUrl(client.getMasterUrl().getProtocol() + "://127.0.0.1:" + relay.port())
                .build();
        this.tapped = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("tap", tap))
                .build();
        this.watcher = DriftWatcher.builder(applier, () -> delivered).build();
    }

    @BeforeEach
    void newApplier() {
        applier = Applier.builder(tapped, owner).build();
    }

    @AfterEach
    void close() {
        watcher.close();
        tapped.close();
        relay.close();
    }

    /** What stands between the applier and the API server. */
    Relay relay() {
        return relay;
    }

    void deliver(Manifest... manifests) {
        delivered = set(manifests);
        applier.apply(delivered, soon());
    }

    void watch(DriftMode mode) {
        watcher = DriftWatcher.builder(applier, () -> delivered)
                .mode(mode)
                .listener(drifts)
                .random(new Random(Long.getLong("test.seed", 1)))
                .build();
        watcher.start();
        watcher.awaitSynced(soon());
    }

    Manifest blue(String name) {
        return configMap(name(name), "blue");
    }

    String color(String name) {
        ConfigMap object = client.configMaps().withName(name(name)).get();
        return object == null ? "absent" : String.valueOf(object.getData().get("color"));
    }

    void paint(String name, String color) {
        client.configMaps()
                .withName(name(name))
                .edit(object ->
                        new ConfigMapBuilder(object).addToData("color", color).build());
    }

    /** Another manager, which takes what it wants. */
    void take(String name, String color) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name(name))
                        .endMetadata()
                        .addToData("color", color)
                        .build())
                .patch(new PatchContext.Builder()
                        .withPatchType(io.fabric8.kubernetes.client.dsl.base.PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("thief")
                        .withForce(true)
                        .build());
    }

    ObjectRef config(String name) {
        return ref("ConfigMap", name);
    }

    @Nested
    class WhenCorrecting {
        @Test
        void takesBackAnEditAndSaysWhatItWas() {
            deliver(blue("a"), blue("b"));
            watch(DriftMode.CORRECT);
            paint("a", "red");
            Drift drift = drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(color("a")).isEqualTo("blue");
            assertThat(drift.kind()).isEqualTo(Drift.Kind.CHANGED);
            assertThat(drift.fields()).singleElement().satisfies(field -> {
                assertThat(field.path()).isEqualTo("data.color");
                assertThat(field.before()).isEqualTo("red");
                assertThat(field.after()).isEqualTo("blue");
            });
            assertThat(drift.author()).isNotNull();
            assertThat(drift.author().manager()).startsWith("fabric8");
            assertThat(drift.author().operation()).isEqualTo("Update");
            assertThat(drift.isFight()).isFalse();
            assertThat(drifts.all()).hasSize(1);
        }

        @Test
        void createsAgainWhatWasDeleted() {
            deliver(blue("a"));
            watch(DriftMode.CORRECT);
            client.configMaps().withName(name("a")).delete();
            Drift drift = drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(color("a")).isEqualTo("blue");
            assertThat(drift.kind()).isEqualTo(Drift.Kind.DELETED);
            assertThat(drift).hasToString(config("a") + " was deleted, and was created again");
        }

        @Test
        void takesBackAFieldThatWasRemoved() {
            deliver(blue("a"));
            watch(DriftMode.CORRECT);
            client.configMaps()
                    .withName(name("a"))
                    .edit(object ->
                            new ConfigMapBuilder(object).withData(Map.of()).build());
            drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(color("a")).isEqualTo("blue");
        }

        @Test
        void takesBackAFieldThatAnotherApplied() {
            deliver(blue("a"));
            watch(DriftMode.CORRECT);
            take("a", "red");
            Drift drift = drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(color("a")).isEqualTo("blue");
            assertThat(drift.author()).hasToString("thief (Apply)");
        }

        @Test
        void takesBackALabelOfTheOwner() {
            deliver(blue("a"));
            watch(DriftMode.CORRECT);
            client.configMaps()
                    .withName(name("a"))
                    .edit(object -> new ConfigMapBuilder(object)
                            .editMetadata()
                            .withLabels(Map.of())
                            .endMetadata()
                            .build());
            Drift drift = drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(drift.kind()).isEqualTo(Drift.Kind.CHANGED);
            assertThat(client.configMaps()
                            .withName(name("a"))
                            .get()
                            .getMetadata()
                            .getLabels())
                    .containsAllEntriesOf(owner.labels());
        }

        @Test
        void leavesAloneWhatOthersOwn() {
            deliver(deployment(name("web"), "web:1"), blue("a"));
            watch(DriftMode.CORRECT);
            tap.drain();
            client.apps().deployments().withName(name("web")).edit(object -> {
                object.getMetadata().setAnnotations(Map.of("note", "mine"));
                object.getSpec().setReplicas(3);
                return object;
            });
            client.apps().deployments().withName(name("web")).editStatus(object -> {
                object.setStatus(new io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder()
                        .withReplicas(3)
                        .build());
                return object;
            });
            paint("a", "red");
            drifts.await(config("a"), Outcome.CORRECTED);
            Deployment web = client.apps().deployments().withName(name("web")).get();
            assertThat(web.getMetadata().getAnnotations()).containsEntry("note", "mine");
            assertThat(web.getSpec().getReplicas()).isEqualTo(3);
            assertThat(drifts.all()).hasSize(1);
            assertThat(tap.drain()).noneMatch(request -> request.contains(name("web")));
        }

        @Test
        void showsNoValueOfASecret() {
            deliver(secret(name("s"), "hunter2"));
            watch(DriftMode.CORRECT);
            client.secrets().withName(name("s")).edit(object -> {
                object.setData(Map.of("password", base64("stolen")));
                return object;
            });
            Drift drift = drifts.await(ref("Secret", "s"), Outcome.CORRECTED);
            Secret corrected = client.secrets().withName(name("s")).get();
            assertThat(corrected.getData()).containsEntry("password", base64("hunter2"));
            assertThat(drift.fields()).hasSize(1);
            assertThat(drift + drift.fields().toString() + drift.event(Instant.EPOCH, "test"))
                    .doesNotContain("hunter2", base64("hunter2"), "stolen", base64("stolen"));
        }

        private String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Test
        void slowsDownInAFightAndNamesTheOther() {
            deliver(blue("a"));
            watch(DriftMode.CORRECT);
            paint("a", "red");
            drifts.await(config("a"), Outcome.CORRECTED);
            Drift postponed = fight();
            assertThat(postponed.isFight()).isTrue();
            assertThat(postponed.author()).hasToString("thief (Apply)");
            assertThat(postponed.pause()).isPositive();
            assertThat(postponed.event(Instant.EPOCH, "test").severity()).isEqualTo(Severity.ERROR);
            Drift corrected = drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(corrected.count()).isEqualTo(postponed.count());
            assertThat(color("a")).isEqualTo("blue");
        }

        /** Takes the object until that is answered with a pause: where all is slow, the first ones are over by then. */
        private Drift fight() {
            for (int i = 0; i < 5; i++) {
                drifts.forget();
                take("a", "green" + i);
                Drifts.await(() -> !drifts.all().isEmpty(), () -> "any drift");
                Drift drift = drifts.all().get(0);
                if (drift.outcome() == Outcome.POSTPONED) {
                    return drift;
                }
            }
            throw new AssertionError("nothing was postponed");
        }

        @Test
        void obeysThePoliciesOfObjects() {
            String yaml = """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %s, annotations: {delivery.example.org/%s}}
                    data: {color: blue}
                    """;
            deliver(manifest(yaml, name("once"), "ssa: IfNotPresent"), blue("left"), blue("a"));
            client.configMaps()
                    .withName(name("left"))
                    .edit(object -> new ConfigMapBuilder(object)
                            .editMetadata()
                            .addToAnnotations("delivery.example.org/reconcile", "disabled")
                            .endMetadata()
                            .build());
            watch(DriftMode.CORRECT);
            paint("once", "red");
            paint("left", "red");
            paint("a", "red");
            drifts.await(config("a"), Outcome.CORRECTED);
            client.configMaps().withName(name("once")).delete();
            drifts.await(config("once"), Outcome.CORRECTED);
            assertThat(color("left")).isEqualTo("red");
            assertThat(drifts.all()).hasSize(2);
        }

        @Test
        void doesNotRunAJobAgainThatIsDeletedAfterItsTime() {
            deliver(blue("a"), manifest("""
                    apiVersion: batch/v1
                    kind: Job
                    metadata: {name: %s}
                    spec:
                      ttlSecondsAfterFinished: 1
                      template:
                        spec:
                          restartPolicy: Never
                          containers: [{name: main, image: "job:1"}]
                    """, name("job")));
            watch(DriftMode.CORRECT);
            client.batch().v1().jobs().withName(name("job")).delete();
            paint("a", "red");
            drifts.await(config("a"), Outcome.CORRECTED);
            assertThat(drifts.all()).hasSize(1);
            assertThat(client.batch().v1().jobs().withName(name("job")).get()).isNull();
        }

        @Test
        void correctsManyAtOnce() {
            Manifest[] many = java.util.stream.IntStream.range(0, 110)
                    .mapToObj(i -> blue("n" + i))
                    .toArray(Manifest[]::new);
            deliver(many);
            watch(DriftMode.CORRECT);
            client.configMaps().withLabels(owner.labels()).delete();
            Drifts.await(
                    () -> drifts.all().size() == many.length, () -> drifts.all().size() + " corrected");
            assertThat(client.configMaps().withLabels(owner.labels()).list().getItems())
                    .hasSize(many.length);
        }

        @Test
        void correctsADefinitionAndItsObjects() {
            String group = id + ".example.org";
            Manifest widget = manifest("""
                    apiVersion: %s/v1
                    kind: Widget
                    metadata: {name: %s}
                    spec: {size: 1}
                    """, group, name("w"));
            deliver(definition(group, "Widget"), widget);
            watch(DriftMode.CORRECT);
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName("widgets." + group)
                    .delete();
            var ref = new ObjectRef(group, "Widget", ns, name("w"));
            drifts.await(ref, Outcome.CORRECTED);
            drifts.await(
                    new ObjectRef("apiextensions.k8s.io", "CustomResourceDefinition", "", "widgets." + group),
                    Outcome.CORRECTED);
        }
    }
}
