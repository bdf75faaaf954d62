package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** An applier on whatever serves the Kubernetes API. Each test has an owner and names of its own. */
abstract class ClusterBehavior {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final KubernetesClient client;
    final String ns;
    String id = "";
    Owner owner = new Owner("tester", "delivery.example.org", "none", "none");
    Applier applier;

    ClusterBehavior(KubernetesClient client) {
        this.client = client;
        this.ns = client.getNamespace();
        this.applier = Applier.builder(client, owner).build();
    }

    @BeforeEach
    void newOwner() {
        id = "t" + COUNT.incrementAndGet() + "-" + ns.replaceAll("[^a-z0-9]", "");
        owner = new Owner("tester", "delivery.example.org", id, ns);
        applier = Applier.builder(client, owner).build();
    }

    /** An applier of the same owner that may delete everything. */
    Applier allowingAll() {
        return Applier.builder(client, owner)
                .prunePolicy(PrunePolicy.standard().allowAll())
                .build();
    }

    String name(String base) {
        return base + "-" + id;
    }

    ObjectRef ref(String kind, String base) {
        return new ObjectRef(kind.equals("Deployment") ? "apps" : "", kind, ns, name(base));
    }

    String resourceVersion(String configMap) {
        return client.configMaps().withName(name(configMap)).get().getMetadata().getResourceVersion();
    }

    static Map<ObjectRef, Action> actions(ChangeSet changes) {
        var actions = new java.util.LinkedHashMap<ObjectRef, Action>();
        changes.changes().forEach(change -> actions.put(change.ref(), change.action()));
        return actions;
    }

    ApplyException failureOf(ManifestSet desired) {
        return catchThrowableOfType(ApplyException.class, () -> applier.apply(desired, soon()));
    }
}
