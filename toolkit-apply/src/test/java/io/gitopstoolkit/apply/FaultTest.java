package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.EmbeddedKubeApi;

/** On the embedded API. */
@EmbeddedKubeApi
class FaultTest extends FaultBehavior {
    FaultTest(KubernetesClient client) {
        super(client);
    }
}
