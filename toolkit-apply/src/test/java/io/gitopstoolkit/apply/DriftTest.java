package io.gitopstoolkit.apply;

import io.gitopstoolkit.testkit.EmbeddedKubeApi;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;

/** On the embedded API. */
@EmbeddedKubeApi(EmbeddedKubeApi.Lifetime.CLASS)
class DriftTest extends DriftBehavior {
    DriftTest(EmbeddedKubernetes server) {
        super(server.client());
    }
}
