package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.testkit.KubeApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One object of a set that a real kube-apiserver refuses: one clear error for it, and the rest held back or delivered. */
@KubeApi
class BadInputIT extends ClusterBehavior {
    BadInputIT(KubernetesClient client) {
        super(client);
    }

    private static ApplyException failureOf(Applier applier, ManifestSet desired) {
        return catchThrowableOfType(ApplyException.class, () -> applier.apply(desired, soon()));
    }

    private void create(String namespace) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /** With {@code a} beside it, which is held back first and delivered then. */
    private void refusesOne(KubernetesClient as, Manifest bad, Reason why, String... texts) {
        var good = configMap(name("a"), "blue");
        var strict = Applier.builder(as, owner).build();
        var tolerant = Applier.builder(as, owner).continueOnFailure().build();
        for (Applier applier : List.of(strict, tolerant)) {
            var failure = failureOf(applier, set(good, bad));
            assertThat(failure.why()).isEqualTo(why);
            assertThat(failure)
                    .hasMessageContaining(bad.kind() + "/")
                    .hasMessageContaining(bad.ref().name())
                    .hasMessageContainingAll(texts);
            boolean delivered = client.configMaps().withName(name("a")).get() != null;
            assertThat(delivered).as("%s", failure).isEqualTo(applier == tolerant);
            assertThat(failure.partial().only(CREATED)).hasSize(delivered ? 1 : 0);
        }
        var changes = Applier.builder(as, owner).build().apply(set(good), soon());
        assertThat(changes.changes()).isNotEmpty();
        assertThat(this.applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"));
    }

    @Test
    void namesTheQuotaThatIsExceeded() {
        String limited = name("limited");
        create(limited);
        var quota = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("few")
                .withNamespace(limited)
                .endMetadata()
                .withNewSpec()
                .withHard(Map.of("count/configmaps", new Quantity("0")))
                .endSpec()
                .build();
        var created = client.resource(quota).create();
        client.resource(new ResourceQuotaBuilder(created)
                        .withNewStatus()
                        .withHard(Map.of("count/configmaps", new Quantity("0")))
                        .withUsed(Map.of("count/configmaps", new Quantity("0")))
                        .endStatus()
                        .build())
                .updateStatus();
        var beyond = manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: %s}}", limited);
        untilRefused(set(beyond));
        refusesOne(client, beyond, Reason.DENIED, "exceeded quota: few", "raise the quota");
    }

    /** The API server sees a quota some time after it was created. */
    private void untilRefused(ManifestSet desired) {
        Deadline deadline = soon();
        while (true) {
            try {
                applier.diff(desired, deadline);
            } catch (ApplyException e) {
                return;
            }
            deadline.pause(Duration.ofMillis(100), "wait for the quota");
        }
    }

    @Test
    void saysThatANamespaceIsBeingDeleted() {
        String going = name("going");
        create(going);
        client.namespaces().withName(going).delete();
        refusesOne(
                client,
                manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: %s}}", going),
                Reason.DENIED,
                "the namespace " + going + " is being deleted",
                "wait until it is gone");
    }

    @Test
    void namesTheKindThatMayNotBeDelivered() {
        var role = new RoleBuilder()
                .withNewMetadata()
                .withName(name("maps"))
                .withNamespace(ns)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("configmaps")
                .withVerbs("*")
                .endRule()
                .build();
        client.resource(role).create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name("maps"))
                        .withNamespace(ns)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", name("maps"))
                        .addNewSubject()
                        .withKind("User")
                        .withName(name("deliverer"))
                        .endSubject()
                        .build())
                .create();
        try (var limited = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withImpersonateUsername(name("deliverer"))
                        .withImpersonateGroups("system:authenticated")
                        .build())
                .build()) {
            refusesOne(
                    limited,
                    secret(name("s"), "hunter2"),
                    Reason.FORBIDDEN,
                    "cannot patch resource \"secrets\"",
                    "grant it to that user");
        }
    }

    @Test
    void saysThatAnObjectIsTooLargeForARequest() {
        refusesOne(
                client,
                new Manifest(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        Map.of("name", name("w")),
                        "data",
                        Map.of("text", "x".repeat(4_000_000)))),
                Reason.INVALID_OBJECT,
                "make it smaller");
    }

    /** Which a dry run does not find out. */
    @Test
    void saysThatAnObjectIsTooLargeForTheStore() {
        String group = id + ".example.org";
        var note = manifest("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: notes.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {kind: Note, plural: notes, singular: note, listKind: NoteList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, properties: {text: {type: string}}}}
                """, group);
        var huge = manifest(
                "{apiVersion: %s/v1, kind: Note, metadata: {name: n}, text: %s}", group, "x".repeat(2_000_000));
        var failure = failureOf(applier, set(note, configMap(name("a"), "blue"), huge));
        assertThat(failure.why()).isEqualTo(Reason.INVALID_OBJECT);
        assertThat(failure)
                .hasMessageStartingWith("Note/" + ns + "/n: ")
                .hasMessageContaining("too large")
                .hasMessageContaining("make it smaller");
        assertThat(failure.partial().only(CREATED)).hasSize(2);
        applier.apply(set(note, configMap(name("a"), "blue")), soon());
        assertThat(applier.inventory(soon()).refs()).hasSize(2);
    }
}
