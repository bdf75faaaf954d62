package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.KubeApi;
import org.junit.jupiter.api.Nested;

/** On a real kube-apiserver and etcd. */
@KubeApi
class ApplierIT {
    @Nested
    class Delivery extends DeliveryBehavior {
        Delivery(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Planning extends PlanBehavior {
        Planning(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Planned extends PlannedBehavior {
        Planned(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Returning extends RollbackBehavior {
        Returning(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Refusal extends RefusalBehavior {
        Refusal(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Wait extends WaitBehavior {
        Wait(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Prune extends PruneBehavior {
        Prune(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Uninstall extends UninstallBehavior {
        Uninstall(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Inventories extends InventoryBehavior {
        Inventories(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Move extends MoveBehavior {
        Move(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Crash extends CrashBehavior {
        Crash(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Requests extends RequestsBehavior {
        Requests(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Stages extends StageBehavior {
        Stages(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Policy extends PolicyBehavior {
        Policy(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Adoption extends AdoptionBehavior {
        Adoption(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Ignoring extends IgnoreBehavior {
        Ignoring(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Ordering extends SequenceBehavior {
        Ordering(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class ServedKinds extends KindsBehavior {
        ServedKinds(KubernetesClient client) {
            super(client);
        }
    }
}
