package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.testkit.EmbeddedKubeApi;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.WorkloadSimulator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On the embedded API. */
@EmbeddedKubeApi(EmbeddedKubeApi.Lifetime.CLASS)
class WatchedWaitTest extends WatchedWaitBehavior {
    private final EmbeddedKubernetes server;

    WatchedWaitTest(EmbeddedKubernetes server) {
        super(server.client());
        this.server = server;
    }

    @Override
    void expire() {
        server.forgetHistory();
    }

    @Test
    void asksAgainWhereItMayNotWatch() {
        var waiting = Applier.builder(client, owner)
                .pollInterval(Duration.ofMillis(50))
                .build();
        var refs = Inventory.of(waiting.apply(
                        set(
                                deployment(name("a"), "web:1"),
                                deployment(name("b"), "web:1"),
                                deployment(name("c"), "web:1")),
                        soon()))
                .refs();
        server.failNext(1, "GET", "/apis/apps/v1/namespaces/" + ns + "/deployments", 403);
        try (var workloads = WorkloadSimulator.start(client)) {
            assertThat(workloads).isNotNull();
            assertThat(waiting.await(refs, soon()).values()).hasSize(3).allMatch(Health::isCurrent);
        }
    }
}
