package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.KubeApi;
import io.gitopstoolkit.testkit.RealKubernetes;

/** On a real kube-apiserver and etcd. */
@KubeApi
class KillIT extends KillBehavior {
    private final RealKubernetes server;

    KillIT(KubernetesClient client, RealKubernetes server) {
        super(client, "killed");
        this.server = server;
    }

    @Override
    String kubeconfig() {
        return server.kubeconfig();
    }

    @Override
    int kills() {
        return Integer.getInteger("crash.kills", 60);
    }
}
