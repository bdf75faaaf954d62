package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.definition;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.ObjectFailure;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which kinds there are, when that changes, and where their objects may be. */
abstract class KindsBehavior extends ClusterBehavior {
    KindsBehavior(KubernetesClient client) {
        super(client);
    }

    private String group() {
        return id + ".example.org";
    }

    private Manifest widget(String version) {
        return manifest("{apiVersion: %s/%s, kind: Widget, metadata: {name: w}, spec: {size: 3}}", group(), version);
    }

    private Manifest definitionOf(String scope, String... versions) {
        String each = java.util.Arrays.stream(versions)
                .map(version -> "{name: " + version + ", served: true, storage: " + version.equals(versions[0])
                        + ", schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}")
                .collect(java.util.stream.Collectors.joining(", "));
        return manifest("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%1$s}
                spec:
                  group: %1$s
                  scope: %2$s
                  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
                  versions: [%3$s]
                """, group(), scope, each);
    }

    /** Another makes the definition, or replaces it. */
    private void anotherDefines(String scope, String... versions) {
        var definitions = client.apiextensions().v1().customResourceDefinitions();
        var one = definitions.withName("widgets." + group());
        Deadline deadline = soon();
        one.delete();
        while (one.get() != null) {
            deadline.pause(Duration.ofMillis(100), "wait until the definition is gone");
        }
        String yaml = client.getKubernetesSerialization()
                .asYaml(definitionOf(scope, versions).content());
        definitions
                .resource(client.getKubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class))
                .create();
        applier.await(
                Set.of(new ObjectRef("apiextensions.k8s.io", "CustomResourceDefinition", "", "widgets." + group())),
                deadline);
    }

    @Nested
    class WhenADefinitionChanges {
        @Test
        void appliesAResourceOfAVersionThatTheSetAdds() {
            applier.apply(set(definitionOf("Namespaced", "v1"), widget("v1")), soon());
            var changes = applier.apply(set(definitionOf("Namespaced", "v1", "v2"), widget("v2")), soon());
            assertThat(changes.changes()).hasSize(2);
            assertThat(applier.inventory(soon()).entries())
                    .filteredOn(entry -> entry.ref().kind().equals("Widget"))
                    .extracting(Inventory.Entry::version)
                    .containsExactly("v2");
        }

        @Test
        void noticesAVersionThatAnotherAdded() {
            anotherDefines("Namespaced", "v1");
            applier.apply(set(widget("v1")), soon());
            anotherDefines("Namespaced", "v1", "v2");
            Deadline deadline = soon();
            // The API server takes a moment to serve what it has established.
            while (true) {
                try {
                    assertThat(applier.apply(set(widget("v2")), deadline).changes())
                            .hasSize(1);
                    return;
                } catch (ApplyException e) {
                    assertThat(e.why()).isEqualTo(Reason.UNKNOWN_KIND);
                    deadline.pause(Duration.ofMillis(200), "wait for the API");
                }
            }
        }

        @Test
        void noticesAScopeThatAnotherChanged() {
            anotherDefines("Namespaced", "v1");
            applier.apply(set(widget("v1")), soon());
            anotherDefines("Cluster", "v1");
            Deadline deadline = soon();
            while (true) {
                try {
                    assertThat(applier.apply(set(widget("v1")), deadline).only(CREATED))
                            .extracting(change -> change.ref())
                            .containsExactly(new ObjectRef(group(), "Widget", "", "w"));
                    break;
                } catch (ApplyException e) {
                    assertThat(e.why()).isEqualTo(Reason.UNKNOWN_KIND);
                    deadline.pause(Duration.ofMillis(200), "wait for the API");
                }
            }
            assertThat(applier.inventory(soon()).refs()).containsExactly(new ObjectRef(group(), "Widget", "", "w"));
        }
    }

    @Nested
    class WithinBounds {
        @Test
        void namesAllThatAreInOtherNamespacesAndWritesNothing() {
            applier = Applier.builder(client, owner)
                    .onlyNamespaces(Set.of(ns, "x"))
                    .build();
            var failure = failureOf(set(
                    configMap(name("a"), "blue"),
                    manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: kube-system}}"),
                    manifest("{apiVersion: v1, kind: Secret, metadata: {name: c, namespace: kube-public}}")));
            assertThat(failure.why()).isEqualTo(Reason.OUT_OF_BOUNDS);
            assertThat(failure.failures())
                    .extracting(ObjectFailure::ref)
                    .extracting(ObjectRef::toString)
                    .containsExactlyInAnyOrder("ConfigMap/kube-system/b", "Secret/kube-public/c");
            assertThat(failure)
                    .hasMessageContaining("ConfigMap/kube-system/b: not in a namespace that is delivered to");
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
            assertThat(client.configMaps().withName(owner.inventoryRef().name()).get())
                    .isNull();
        }

        @Test
        void namesAllOfClusterScope() {
            applier = Applier.builder(client, owner).withoutClusterScope().build();
            var failure = failureOf(
                    set(Given.namespace(name("n")), definition(group(), "Widget"), configMap(name("a"), "blue")));
            assertThat(failure.why()).isEqualTo(Reason.OUT_OF_BOUNDS);
            assertThat(failure.failures()).hasSize(2);
            assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(CREATED))
                    .hasSize(1);
        }
    }
}
