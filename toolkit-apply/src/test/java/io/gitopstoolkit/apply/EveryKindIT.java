package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.testkit.KubeApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a real API server makes of each kind, which is no drift. */
@KubeApi
class EveryKindIT {
    private final KubernetesClient client;
    private final Owner owner;

    EveryKindIT(KubernetesClient client) {
        this.client = client;
        this.owner = new Owner("tester", "delivery.example.org", "every-kind", client.getNamespace());
    }

    private static ManifestSet everyKind() {
        try (var file = EveryKindIT.class.getResourceAsStream("every-kind.yaml")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return set(Arrays.stream(text.split("\n---\n"))
                    .map(document -> Given.manifest(document.replace("%", "%%")))
                    .toArray(Manifest[]::new));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void isUnchangedWhenItIsAppliedAgain() {
        ManifestSet desired = everyKind();
        assertThat(Applier.builder(client, owner).build().apply(desired, soon()).only(CREATED))
                .hasSize(desired.manifests().size());
        var again = Applier.builder(client, owner).build();
        assertThat(again.diff(desired, soon()).toString()).startsWith("no changes");
        assertThat(again.apply(desired, soon()).changes())
                .allMatch(change -> change.action() == UNCHANGED, "unchanged");
        assertThat(again.apply(desired, soon()).changes())
                .as("by notes")
                .extracting(Change::action)
                .containsOnly(UNCHANGED);
        var hasty = Applier.builder(client, owner).withoutValidation().build();
        assertThat(hasty.apply(desired, soon()).changes())
                .as("written blindly, which makes a new version of a claim each time")
                .filteredOn(change -> !change.ref().kind().equals("PersistentVolumeClaim"))
                .allMatch(change -> change.action() == UNCHANGED, "unchanged");
        again.uninstall(DeletionPolicy.DELETE, soon());
    }
}
