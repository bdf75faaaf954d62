package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.testkit.EmbeddedKubeApi;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;

/** On the embedded API. */
@EmbeddedKubeApi(EmbeddedKubeApi.Lifetime.CLASS)
class WatchTest extends WatchBehavior {
    private final EmbeddedKubernetes server;

    WatchTest(EmbeddedKubernetes server) {
        super(server.client());
        this.server = server;
    }

    @Override
    void expire() {
        server.forgetHistory();
    }
}
