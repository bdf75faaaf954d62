package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CONFIGURED;
import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.definition;
import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.namespace;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Carrying out a plan, which went through its JSON on the way. */
abstract class PlannedBehavior extends ClusterBehavior {
    private ManifestSet desired = set();
    private Plan plan =
            new Plan(owner.ref(), desired.revision(), desired.digest(), desired.digest(), java.util.List.of());

    PlannedBehavior(KubernetesClient client) {
        super(client);
    }

    /** {@code a} to be configured, {@code b} to be deleted, {@code c} unchanged, {@code d} created. */
    @BeforeEach
    void givenAPlan() {
        applier.apply(
                set(
                        configMap(name("a"), "blue"),
                        configMap(name("b"), "blue"),
                        configMap(name("c"), "blue"),
                        secret(name("s"), "hunter2")),
                soon());
        desired = set(
                configMap(name("a"), "red"),
                configMap(name("c"), "blue"),
                configMap(name("d"), "blue"),
                secret(name("s"), "hunter2"));
        plan = Plan.parse(applier.diff(desired, soon()).toJson());
    }

    private ApplyException refusal() {
        String before = resourceVersion("c");
        var failure = catchThrowableOfType(ApplyException.class, () -> applier.apply(plan, desired, soon()));
        assertThat(failure.why()).isEqualTo(Reason.PLAN_OUTDATED);
        assertThat(failure.reason()).isEqualTo("PlanOutdated");
        assertThat(failure).hasMessageEndingWith("; plan again").hasMessageNotContaining("hunter2");
        assertThat(failure.partial().changes()).isEmpty();
        assertThat(resourceVersion("c")).isEqualTo(before);
        return failure;
    }

    private static Map<ObjectRef, String> moved(ApplyException failure) {
        assertThat(failure.failures()).allMatch(part -> part.why() == Reason.PLAN_OUTDATED);
        return failure.failures().stream()
                .collect(java.util.stream.Collectors.toMap(
                        ApplyException.ObjectFailure::ref, ApplyException.ObjectFailure::message));
    }

    private void edit(String base, String key, String value) {
        client.configMaps().withName(name(base)).edit(map -> {
            map.getData().put(key, value);
            return map;
        });
    }

    @Nested
    class WhenNothingMoved {
        @Test
        void carriesOutThePlan() {
            var changes = Applier.builder(client, owner).build().apply(plan, desired, soon());
            assertThat(actions(changes))
                    .containsExactly(
                            Map.entry(ref("ConfigMap", "a"), CONFIGURED),
                            Map.entry(ref("ConfigMap", "c"), UNCHANGED),
                            Map.entry(ref("ConfigMap", "d"), CREATED),
                            Map.entry(ref("Secret", "s"), UNCHANGED),
                            Map.entry(ref("ConfigMap", "b"), DELETED));
            assertThat(client.configMaps().withName(name("a")).get().getData()).containsEntry("color", "red");
            assertThat(applier.diff(desired, soon()).exitCode()).isZero();
        }

        @Test
        void prunesNothingThatThePlanDoesNotPrune() {
            var keeping = Applier.builder(client, owner).withoutPrune().build();
            applier.apply(keeping.diff(desired, soon()), desired, soon());
            assertThat(client.configMaps().withName(name("b")).get()).isNotNull();
            assertThat(applier.inventory(soon()).refs()).contains(ref("ConfigMap", "b"));
        }

        @Test
        void deliversWhatComesWithItsNamespaceAndDefinition() {
            String other = name("other");
            String group = id + ".example.org";
            desired = set(
                    namespace(other),
                    definition(group, "Widget"),
                    manifest("{apiVersion: %s/v1, kind: Widget, metadata: {name: w, namespace: %s}}", group, other));
            plan = Plan.parse(applier.diff(desired, soon()).toJson());
            assertThat(applier.apply(plan, desired, soon()).only(CREATED)).hasSize(3);
        }
    }

    @Nested
    class WhenSomethingMoved {
        @Test
        void refusesWithTheFieldThatMoved() {
            edit("a", "color", "green");
            assertThat(moved(refusal())).containsExactly(Map.entry(ref("ConfigMap", "a"), "changed since: data.color"));
        }

        @Test
        void refusesWhatWouldNotStayAsItIs() {
            edit("c", "color", "green");
            assertThat(moved(refusal()))
                    .containsExactly(Map.entry(ref("ConfigMap", "c"), "to be configured since: data.color"));
        }

        @Test
        void refusesWhatIsThereOrGoneSince() {
            applier.uninstall(soon());
            client.resource("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %s}
                    """.formatted(name("d"))).create();
            var failure = catchThrowableOfType(ApplyException.class, () -> applier.apply(plan, desired, soon()));
            assertThat(moved(failure))
                    .containsEntry(ref("ConfigMap", "a"), "deleted since")
                    .containsEntry(ref("ConfigMap", "c"), "to be created since")
                    .containsEntry(ref("ConfigMap", "d"), "created since")
                    .containsEntry(owner.inventoryRef(), "other objects belong to the owner since");
        }

        @Test
        void refusesAnObjectOfTheSameNameThatIsAnother() {
            var map = client.configMaps().withName(name("b")).get();
            client.configMaps().withName(name("b")).delete();
            map.getMetadata().setResourceVersion(null);
            map.getMetadata().setUid(null);
            map.getMetadata().setManagedFields(null);
            client.resource(map).create();
            assertThat(moved(refusal()))
                    .containsExactly(Map.entry(ref("ConfigMap", "b"), "deleted and created anew since"));
        }

        @Test
        void refusesASecretThatWasWrittenAndSaysNothingOfIt() {
            client.secrets().withName(name("s")).edit(object -> {
                object.setStringData(Map.of("password", "swordfish"));
                return object;
            });
            assertThat(refusal()).hasMessageNotContaining("swordfish");
        }

        @Test
        void stopsWhereSomethingMovesWhileThePlanIsCarriedOut() {
            desired = set(namespace(name("first")), configMap(name("a"), "red"), configMap(name("c"), "blue"));
            plan = Plan.parse(applier.diff(desired, soon()).toJson());
            var meddled = Applier.builder(client, owner)
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(io.gitopstoolkit.api.Change change) {
                            if (change.ref().kind().equals("Namespace")) {
                                edit("a", "color", "green");
                            }
                        }
                    })
                    .build();
            var failure = catchThrowableOfType(ApplyException.class, () -> meddled.apply(plan, desired, soon()));
            assertThat(moved(failure)).containsOnlyKeys(ref("ConfigMap", "a"));
            assertThat(failure.partial().only(CREATED)).hasSize(1);
            assertThat(client.configMaps().withName(name("a")).get().getData()).containsEntry("color", "green");
        }

        @Test
        void looksAtManyNewObjectsWithFewRequests() {
            desired = set(java.util.stream.IntStream.range(0, 30)
                    .mapToObj(i -> configMap(name("many-" + i), "x"))
                    .toArray(io.gitopstoolkit.api.Manifest[]::new));
            var keeping = Applier.builder(client, owner).withoutPrune();
            plan = keeping.build().diff(desired, soon());
            client.resource("---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}".formatted(name("many-7")))
                    .create();
            var tap = new Tap();
            try (KubernetesClient tapped = tap.on(client)) {
                var failure = catchThrowableOfType(
                        ApplyException.class,
                        () -> Applier.builder(tapped, owner)
                                .withoutPrune()
                                .build()
                                .apply(plan, desired, soon()));
                assertThat(moved(failure)).containsExactly(Map.entry(ref("ConfigMap", "many-7"), "created since"));
                assertThat(tap.drain()).hasSizeLessThan(10);
            }
        }

        @Test
        void refusesOtherManifestsAndOtherOwners() {
            var others = set(configMap(name("a"), "black"));
            assertThat(catchThrowableOfType(ApplyException.class, () -> applier.apply(plan, others, soon())))
                    .hasMessageContaining(
                            "and these manifests, of main@sha1:5394cb7f48332b2de7c17dd8b8384bbc84b7e738, are others");
            var other = Applier.builder(client, new Owner("tester", "delivery.example.org", "other-" + id, ns))
                    .build();
            assertThat(catchThrowableOfType(ApplyException.class, () -> other.apply(plan, desired, soon())))
                    .hasMessageContaining("not of Delivery/" + ns + "/other-" + id);
        }

        @Test
        void takesNoNoticeOfFieldsThatAreLeftToOthers() {
            String scaled = """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %1$s}
                    spec:
                      replicas: 1
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec: {containers: [{name: web, image: '%2$s'}]}
                    """;
            applier = Applier.builder(client, owner)
                    .withoutPrune()
                    .ignoring(IgnoreRule.of(Selector.all(), "/spec/replicas"))
                    .build();
            applier.apply(set(manifest(scaled, name("web"), "web:1")), soon());
            desired = set(manifest(scaled, name("web"), "web:2"));
            plan = Plan.parse(applier.diff(desired, soon()).toJson());
            client.apps().deployments().withName(name("web")).edit(web -> {
                web.getSpec().setReplicas(7);
                return web;
            });
            assertThat(applier.diff(desired, soon()).steps().get(0).fields())
                    .extracting(Plan.Field::path)
                    .containsExactly("spec.template.spec.containers[name=web].image");
            assertThat(applier.apply(plan, desired, soon()).only(CONFIGURED)).hasSize(1);
            assertThat(client.apps()
                            .deployments()
                            .withName(name("web"))
                            .get()
                            .getSpec()
                            .getReplicas())
                    .isEqualTo(7);
        }

        @Test
        void takesNoNoticeOfTheStatusAndOfFieldsThatStay() {
            desired = set(deployment(name("web"), "web:1"), configMap(name("c"), "blue"));
            applier.apply(desired, soon());
            desired = set(deployment(name("web"), "web:2"), configMap(name("c"), "blue"));
            plan = Plan.parse(applier.diff(desired, soon()).toJson());
            client.apps().deployments().withName(name("web")).editStatus(web -> {
                web.setStatus(new io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder()
                        .withObservedGeneration(1L)
                        .withReplicas(1)
                        .build());
                return web;
            });
            edit("c", "shape", "round");
            assertThat(actions(applier.apply(plan, desired, soon())))
                    .containsEntry(ref("Deployment", "web"), CONFIGURED)
                    .containsEntry(ref("ConfigMap", "c"), UNCHANGED);
        }
    }
}
