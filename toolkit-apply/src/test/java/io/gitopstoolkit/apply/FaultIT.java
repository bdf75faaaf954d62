package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.KubeApi;

/** On a real kube-apiserver and etcd. */
@KubeApi
class FaultIT extends FaultBehavior {
    FaultIT(KubernetesClient client) {
        super(client);
    }
}
