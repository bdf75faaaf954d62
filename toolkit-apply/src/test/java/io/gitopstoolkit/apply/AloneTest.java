package io.gitopstoolkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AloneTest {
    @Test
    void deliversWithoutAnyOtherBlock() {
        try (var kubernetes = EmbeddedKubernetes.start()) {
            var owner = new Owner("deliverer", "delivery.example.org", "settings", "default");
            var map = new Manifest(Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "ConfigMap",
                    "metadata",
                    Map.of("name", "a"),
                    "data",
                    Map.of("k", "v")));
            var desired = ManifestSet.of(Revision.parse("main"), List.of(map));
            var applier = Applier.builder(kubernetes.client(), owner).build();
            var changes = applier.apply(desired, Deadline.after(Duration.ofSeconds(30)));
            applier.await(Inventory.of(changes).refs(), Deadline.after(Duration.ofSeconds(30)));
            assertThat(changes.only(Action.CREATED)).hasSize(1);
        }
    }
}
