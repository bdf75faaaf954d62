package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CONFIGURED;
import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.DELETED;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a plan tells, and that it writes nothing. */
abstract class PlanBehavior extends ClusterBehavior {
    PlanBehavior(KubernetesClient client) {
        super(client);
    }

    @Nested
    class WhenPlanning {
        @Test
        void writesNothing() {
            applier.apply(set(configMap(name("a"), "blue"), configMap(name("b"), "blue")), soon());
            String before = resourceVersion("a");
            var plan = applier.diff(set(configMap(name("a"), "red"), configMap(name("c"), "blue")), soon());
            assertThat(actions(plan.changes()))
                    .containsExactly(
                            Map.entry(ref("ConfigMap", "a"), CONFIGURED),
                            Map.entry(ref("ConfigMap", "c"), CREATED),
                            Map.entry(ref("ConfigMap", "b"), DELETED));
            assertThat(resourceVersion("a")).isEqualTo(before);
            assertThat(client.configMaps().withName(name("c")).get()).isNull();
            assertThat(client.configMaps().withName(name("b")).get()).isNotNull();
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"), ref("ConfigMap", "b"));
        }

        @Test
        void writesNoInventoryBeforeTheFirstDelivery() {
            assertThat(applier.diff(set(configMap(name("a"), "blue")), soon()).isChanged())
                    .isTrue();
            assertThat(client.configMaps().withName(owner.inventoryRef().name()).get())
                    .isNull();
        }

        @Test
        void namesTheFieldsThatDiffer() {
            applier.apply(set(deployment(name("web"), "web:1")), soon());
            var plan = applier.diff(set(deployment(name("web"), "web:2")), soon());
            assertThat(plan.steps())
                    .singleElement()
                    .satisfies(step -> assertThat(step.fields())
                            .containsExactly(new Plan.Field(
                                    "spec.template.spec.containers[name=web].image",
                                    "/spec/template/spec/containers/0/image",
                                    "web:1",
                                    "web:2",
                                    List.of())));
        }

        @Test
        void showsWhatComesWithItsNamespaceOrDefinitionAsCreated() {
            String other = name("other");
            String group = id + ".example.org";
            var map = manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}", other);
            var widget =
                    manifest("{apiVersion: %s/v1, kind: Widget, metadata: {name: w, namespace: %s}}", group, other);
            var plan = applier.diff(set(map, widget, namespace(other), definition(group, "Widget")), soon());
            assertThat(plan.changes().only(CREATED)).hasSize(4);
            assertThat(client.namespaces().withName(other).get()).isNull();
        }

        @Test
        void namesListItemsByTheKeysOfTheServer() {
            var before = deployment(name("web"), "web:1");
            applier.apply(set(before), soon());
            var after = manifest("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %1$s}
                    spec:
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec:
                          containers:
                            - name: web
                              image: web:1
                              env: [{name: MODE, value: slow}]
                              ports: [{containerPort: 80, name: http}, {containerPort: 81}]
                    """, name("web"));
            var step = applier.diff(set(after), soon()).steps().get(0);
            assertThat(step.fields())
                    .extracting(Plan.Field::path)
                    .containsExactly(
                            "spec.template.spec.containers[name=web].env[name=MODE].value",
                            "spec.template.spec.containers[name=web].ports[containerPort=80,protocol=TCP].name",
                            "spec.template.spec.containers[name=web].ports[containerPort=81,protocol=TCP]");
            assertThat(step.fields())
                    .extracting(Plan.Field::pointer)
                    .last()
                    .isEqualTo("/spec/template/spec/containers/0/ports/1");
        }

        @Test
        void tellsFromWhomAFieldWouldBeTaken() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            client.configMaps().withName(name("a")).edit(map -> {
                map.getData().put("color", "green");
                return map;
            });
            var step = applier.diff(set(configMap(name("a"), "blue")), soon())
                    .steps()
                    .get(0);
            assertThat(step.fields()).singleElement().satisfies(field -> {
                assertThat(field.path()).isEqualTo("data.color");
                assertThat(field.holders()).singleElement().satisfies(holder -> {
                    assertThat(holder.manager()).startsWith("fabric8");
                    assertThat(holder.operation()).isEqualTo("Update");
                    assertThat(holder.isTakenOver()).isTrue();
                });
            });
            assertThat(step.toString())
                    .contains("data.color: \"green\" -> \"blue\", taken over from fabric8-kubernetes-client (Update)");
        }

        @Test
        void namesEveryObjectThatIsRefused() {
            var failure = catchThrowableOfType(
                    ApplyException.class,
                    () -> applier.diff(
                            set(
                                    manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a_b}}"),
                                    configMap(name("fine"), "blue"),
                                    manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: c_d}}")),
                            soon()));
            assertThat(failure).hasMessageContaining("a_b").hasMessageContaining("c_d");
            assertThat(failure.why()).isEqualTo(ApplyException.Reason.INVALID_OBJECT);
        }

        @Test
        void givesTheSameBytesForTheSameClusterAndSet() {
            applier.apply(set(configMap(name("a"), "blue"), deployment(name("web"), "web:1")), soon());
            var desired = set(configMap(name("a"), "red"), configMap(name("b"), "x"), deployment(name("web"), "web:2"));
            var plan = applier.diff(desired, soon());
            var again = Applier.builder(client, owner).build().diff(desired, soon());
            assertThat(again.toJson()).isEqualTo(plan.toJson());
            assertThat(again).isEqualTo(plan);
            assertThat(Plan.parse(plan.toJson())).isEqualTo(plan).hasToString(plan.toString());
            assertThat(plan.exitCode()).isEqualTo(1);
            assertThat(applier.diff(set(configMap(name("a"), "blue"), deployment(name("web"), "web:1")), soon()))
                    .satisfies(same -> assertThat(same.exitCode()).isZero())
                    .hasToString("no changes\n2 unchanged");
        }

        @Test
        void takesNoPartInWhatTheClusterAllocatesAtRandom() {
            String service = """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: %s}
                    spec: {type: %s, selector: {app: web}, ports: [{port: 80}, {name: more, port: 81}]}
                    """.replace("{port: 80}", "{name: http, port: 80}");
            applier.apply(set(manifest(service, name("web"), "ClusterIP")), soon());
            var desired = set(manifest(service, name("web"), "NodePort"));
            String json = applier.diff(desired, soon()).toJson();
            assertThat(json).contains("NodePort").doesNotContainPattern("nodePort\": [0-9]");
            for (int i = 0; i < 3; i++) {
                assertThat(applier.diff(desired, soon()).toJson()).isEqualTo(json);
            }
        }

        @Test
        void tellsWhatIsDeletedAndCreatedAnew() {
            String locked =
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, immutable: true, data: {color: %s}}";
            applier.apply(set(manifest(locked, name("a"), "red")), soon());
            var desired = set(manifest(locked, name("a"), "blue"));
            var forcing = Applier.builder(client, owner).force().build();
            var plan = Plan.parse(forcing.diff(desired, soon()).toJson());
            assertThat(plan.summary()).isEqualTo("1 to recreate");
            assertThat(plan.steps().get(0).isRecreated()).isTrue();
            assertThat(plan.toString())
                    .startsWith(
                            "± ConfigMap/" + ns + "/" + name("a") + " created: deleted and created again, for data ")
                    .contains("data.color: \"red\" -> \"blue\"");
            forcing.apply(plan, desired, soon());
            assertThat(forcing.diff(desired, soon()).exitCode()).isZero();
        }

        @Test
        void tellsWhoHoldsWhichField() {
            applier.apply(set(deployment(name("web"), "web:1")), soon());
            client.apps().deployments().withName(name("web")).edit(web -> {
                web.getSpec().setReplicas(4);
                return web;
            });
            var owners = applier.fieldOwners(ref("Deployment", "web"), soon()).orElseThrow();
            assertThat(owners.at("spec.replicas"))
                    .extracting(FieldOwners.OwnedField::toString)
                    .containsExactly("spec.replicas: fabric8-kubernetes-client (Update)");
            assertThat(owners.at("spec.template.spec.containers[name=web].image"))
                    .extracting(FieldOwners.OwnedField::manager)
                    .containsExactly("tester");
            assertThat(owners.toString())
                    .contains("ports[containerPort=80,protocol=TCP].containerPort: tester (Apply)");
            assertThat(applier.fieldOwners(ref("Deployment", "absent"), soon())).isEmpty();
        }

        @Test
        void keepsThePlantedSecretsOutOfEveryText() {
            applier.apply(set(secret(name("s"), "hunter2"), secret(name("gone"), "forgetmenot")), soon());
            client.secrets().withName(name("s")).edit(object -> {
                object.getMetadata()
                        .setAnnotations(Map.of(
                                "kubectl.kubernetes.io/last-applied-configuration",
                                "{\"kind\":\"Secret\",\"stringData\":{\"password\":\"swordfish\"}}",
                                "example.org/copy",
                                "password is hunter2"));
                return object;
            });
            var plan =
                    applier.diff(set(secret(name("s"), "correcthorse"), secret(name("new"), "batterystaple")), soon());
            for (String text : List.of(
                    plan.toString(), plan.toJson(), plan.toDiff(), plan.toDiff(Integer.MAX_VALUE), plan.toMarkdown())) {
                assertThat(text).contains("***").doesNotContain(planted());
            }
            assertThat(plan.toString()).contains("data.password: \"*** (before)\" -> \"*** (after)\"");
        }

        private CharSequence[] planted() {
            var words = List.of("hunter2", "forgetmenot", "swordfish", "correcthorse", "batterystaple");
            return java.util.stream.Stream.concat(
                            words.stream(),
                            words.stream()
                                    .map(word -> java.util.Base64.getEncoder()
                                            .withoutPadding()
                                            .encodeToString(word.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                    .toArray(CharSequence[]::new);
        }
    }
}
