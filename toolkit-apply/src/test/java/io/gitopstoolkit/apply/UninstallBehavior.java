package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.SKIPPED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a delivery ends. */
abstract class UninstallBehavior extends ClusterBehavior {
    UninstallBehavior(KubernetesClient client) {
        super(client);
    }

    private boolean keepsAnInventory() {
        return client.configMaps()
                        .withName("inventory." + id + ".delivery.example.org")
                        .get()
                != null;
    }

    private void deliver() {
        applier.apply(set(configMap(name("a"), "blue"), deployment(name("web"), "web:1")), soon());
    }

    @Test
    void deletesAllInReverseOrderAndTheInventory() {
        deliver();
        assertThat(applier.uninstall(soon()).changes().stream().map(Change::ref))
                .containsExactly(ref("Deployment", "web"), ref("ConfigMap", "a"));
        assertThat(client.configMaps().withName(name("a")).get()).isNull();
        assertThat(keepsAnInventory()).isFalse();
        assertThat(applier.uninstall(soon()).changes()).isEmpty();
    }

    @Test
    void leavesAllInTheClusterWhenItIsToOrphan() {
        deliver();
        assertThat(applier.uninstall(DeletionPolicy.ORPHAN, soon()).changes()).isEmpty();
        assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
        assertThat(keepsAnInventory()).isFalse();
    }

    @Test
    void orphansLikeAnApplierThatDoesNotPrune() {
        deliver();
        var keeping = Applier.builder(client, owner).withoutPrune().build();
        assertThat(keeping.uninstall(soon()).changes()).isEmpty();
        assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
        assertThat(keepsAnInventory()).isFalse();
    }

    @Test
    void deletesThoughItDoesNotPruneWhereItIsToldSo() {
        deliver();
        var keeping = Applier.builder(client, owner).withoutPrune().build();
        assertThat(keeping.uninstall(DeletionPolicy.DELETE, soon()).only(DELETED))
                .hasSize(2);
    }

    private Manifest withOption(String base, String option) {
        return manifest("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {argocd.argoproj.io/sync-options: %s}}
                """, name(base), option);
    }

    @Test
    void honoursTheOptionsForDeletionAndNotThoseForPruning() {
        applier.apply(
                set(
                        withOption("a", "Delete=false"),
                        withOption("b", "Delete=confirm"),
                        withOption("c", "Prune=false"),
                        configMap(name("d"), "blue")),
                soon());
        var changes = applier.uninstall(soon());
        assertThat(changes.only(SKIPPED))
                .extracting(Change::ref)
                .containsExactly(ref("ConfigMap", "b"), ref("ConfigMap", "a"));
        assertThat(changes.only(DELETED)).hasSize(2);
        assertThat(applier.inventory(soon()).refs()).as("waits for approval").containsExactly(ref("ConfigMap", "b"));
    }

    @Test
    void waitsUntilAllIsGoneAndTellsWhatIsNot() {
        deliver();
        client.configMaps()
                .withName(name("a"))
                .edit(map -> new ConfigMapBuilder(map)
                        .editMetadata()
                        .withFinalizers("example.org/lock")
                        .endMetadata()
                        .build());
        var failure = catchThrowableOfType(
                ApplyException.class,
                () -> applier.uninstall(DeletionPolicy.WAIT_FOR_TERMINATION, Deadline.after(Duration.ofSeconds(3))));
        assertThat(failure.why()).isEqualTo(Reason.PRUNE_FAILED);
        assertThat(failure).hasMessageContaining("held by the finalizer example.org/lock");
        assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"));
        assertThat(applier.uninstall(DeletionPolicy.DELETE, soon()).only(DELETED))
                .extracting(Change::message)
                .containsExactly("is being deleted, and held by the finalizer example.org/lock");
        assertThat(keepsAnInventory()).isFalse();
        client.configMaps()
                .withName(name("a"))
                .edit(map -> new ConfigMapBuilder(map)
                        .editMetadata()
                        .withFinalizers()
                        .endMetadata()
                        .build());
        assertThat(client.configMaps().withName(name("a")).get()).isNull();
    }
}
