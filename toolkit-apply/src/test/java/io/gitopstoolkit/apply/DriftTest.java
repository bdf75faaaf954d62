package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.testkit.EmbeddedKubeApi;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import org.junit.jupiter.api.Test;

/** On the embedded API. */
@EmbeddedKubeApi(EmbeddedKubeApi.Lifetime.CLASS)
class DriftTest extends DriftBehavior {
    private final EmbeddedKubernetes server;

    DriftTest(EmbeddedKubernetes server) {
        super(server.client());
        this.server = server;
    }

    @Test
    void saysWhatItMayNotWatchAndGoesOnWithTheRest() {
        var desired = set(configMap(name("a"), "blue"), secret(name("s"), "hunter2"));
        applier.apply(desired, soon());
        var drifts = new Drifts();
        server.failNext(1, "GET", "/api/v1/namespaces/" + ns + "/secrets", 403);
        try (var watcher = DriftWatcher.builder(applier, () -> desired)
                .mode(DriftMode.CORRECT)
                .listener(drifts)
                .build()) {
            watcher.start();
            drifts.awaitNews("blind: Secret of namespace " + ns);
            client.configMaps().withName(name("a")).delete();
            drifts.await(ref("ConfigMap", "a"), Drift.Outcome.CORRECTED);
            drifts.awaitNews("recovered: Secret of namespace " + ns);
            client.secrets().withName(name("s")).delete();
            drifts.await(ref("Secret", "s"), Drift.Outcome.CORRECTED);
        }
        assertThat(drifts.news()).hasSize(2);
    }

    @Test
    void findsDriftOfAGapThatTheServerHasForgotten() {
        var desired = set(configMap(name("a"), "blue"));
        applier.apply(desired, soon());
        var drifts = new Drifts();
        try (var watcher = DriftWatcher.builder(applier, () -> desired)
                .mode(DriftMode.CORRECT)
                .listener(drifts)
                .build()) {
            watcher.start();
            watcher.awaitSynced(soon());
            relay().refuse(true);
            client.configMaps().withName(name("a")).delete();
            server.forgetHistory();
            relay().refuse(false);
            drifts.await(ref("ConfigMap", "a"), Drift.Outcome.CORRECTED);
        }
    }
}
