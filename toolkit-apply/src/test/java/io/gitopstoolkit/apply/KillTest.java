package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.EmbeddedKubeApi;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;

/** On the embedded API. */
@EmbeddedKubeApi
class KillTest extends KillBehavior {
    private final EmbeddedKubernetes kubernetes;

    KillTest(KubernetesClient client, EmbeddedKubernetes kubernetes) {
        super(client, "killed");
        this.kubernetes = kubernetes;
    }

    @Override
    String kubeconfig() {
        return kubernetes.kubeconfig();
    }

    @Override
    int kills() {
        return Integer.getInteger("crash.kills", 8);
    }
}
