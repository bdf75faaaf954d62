package io.gitopstoolkit.samples.quickstart;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.apply.Plan;

/** What a delivery is for: an application arrives, a commit arrives, and a change by hand is found and corrected. */
final class Story {
    private final Shop shop;
    private final Delivery delivery;
    private final KubernetesClient client;
    private final Console console;

    Story(Shop shop, Delivery delivery, KubernetesClient client, Console console) {
        this.shop = shop;
        this.delivery = delivery;
        this.client = client;
        this.console = console;
    }

    void tell(Deadline deadline) {
        console.title("1. Deliver " + Shop.PATH);
        delivery.deliver(deadline);

        console.title("2. Somebody commits: " + shop.commitNewerImage());
        delivery.deliver(deadline);

        console.title("3. Somebody changes the cluster by hand: kubectl scale deployment shop --replicas=1");
        client.apps().deployments().inNamespace("shop").withName("shop").edit(deployment -> {
            deployment.getSpec().setReplicas(1);
            return deployment;
        });
        Plan drift = delivery.preview(deadline);
        console.plan(drift);
        delivery.tellDrift(drift, deadline);

        console.title("4. Deliver again: the drift is corrected");
        delivery.deliver(deadline);
    }
}
