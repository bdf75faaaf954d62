package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.KubeApi;

/** On a real kube-apiserver and etcd. */
@KubeApi
class ApplierIT extends ApplierBehavior {
    ApplierIT(KubernetesClient client) {
        super(client);
    }
}
