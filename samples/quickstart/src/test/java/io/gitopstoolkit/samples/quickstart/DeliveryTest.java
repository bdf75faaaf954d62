package io.gitopstoolkit.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.Applier;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import io.gitopstoolkit.testkit.EmbeddedKubeApi;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.RequestPattern;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

// README: from here
@EmbeddedKubeApi
class DeliveryTest {
    @Test
    void deliversTheShopDespiteATiredServer(EmbeddedKubernetes kubernetes) {
        var deadline = Deadline.after(Duration.ofMinutes(1));
        var shop = Artifact.of(Revision.parse("main"), FileTree.directory(Path.of("src/main/resources/shop")));
        var desired = KustomizeRenderer.at("overlays/production").render(shop, deadline);
        var owner = new Owner("shop-delivery", "delivery.example.org", "shop", "default");
        kubernetes.failNext(1, "PATCH", "/apis/apps/v1/", 429);
        var changes = Applier.builder(kubernetes.client(), owner).build().apply(desired, deadline);
        assertThat(changes.only(Action.CREATED)).hasSize(9);
        assertThat(kubernetes.requestCount(RequestPattern.any().verb("delete"))).isZero();
    }
}
// README: to here
