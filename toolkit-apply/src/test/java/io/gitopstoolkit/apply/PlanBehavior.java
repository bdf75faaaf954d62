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

import io.fabric8.kubernetes.client.KubernetesClient;
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
                            .containsExactly(
                                    new Plan.Field("spec.template.spec.containers[name=web].image", "web:1", "web:2")));
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
        void masksTheValuesOfSecrets() {
            applier.apply(set(secret(name("s"), "hunter2")), soon());
            var plan = applier.diff(set(secret(name("s"), "correcthorse")), soon());
            assertThat(plan.toString())
                    .contains("data.password: \"*** (before)\" -> \"*** (after)\"")
                    .doesNotContain("aHVudGVyMg", "hunter2", "correcthorse", "Y29ycmVjdGhvcnNl");
        }
    }
}
