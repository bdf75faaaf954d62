package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.testkit.KubeApi;
import io.gitopstoolkit.testkit.RealKubernetes.Program;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Kubernetes' own controllers and scheduler leave behind, on a cluster without nodes. */
@KubeApi(also = {Program.CONTROLLER_MANAGER, Program.SCHEDULER})
class ExplanationIT {
    private final KubernetesClient client;
    private final Applier applier;

    ExplanationIT(KubernetesClient client) {
        this.client = client;
        this.applier = Applier.builder(
                        client, new Owner("tester", "delivery.example.org", "why", client.getNamespace()))
                .withoutPrune()
                .build();
    }

    /** Delivers, and asks until the explanation holds {@code text}: controllers take their time. */
    private Explanation untilItSays(String text, ManifestSet desired) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(60));
        Set<ObjectRef> refs =
                Set.copyOf(Inventory.of(applier.apply(desired, deadline)).refs());
        while (true) {
            Explanation explanation = applier.explain(refs, deadline);
            if (explanation.toString().contains(text)) {
                return explanation;
            }
            deadline.pause(Duration.ofMillis(200), "find '" + text + "' in: " + explanation);
        }
    }

    @Test
    void saysThatNoNodeTakesAPod() {
        Explanation explanation = untilItSays("event Warning FailedScheduling", set(deployment("lonely", "web:1")));
        assertThat(explanation.hints())
                .anyMatch(hint -> hint.startsWith("Pod/" + client.getNamespace() + "/lonely-")
                        && hint.contains("no node takes the Pod: no nodes available to schedule pods"));
        assertThat(explanation.toString()).contains("  ReplicaSet/" + client.getNamespace() + "/lonely-");
    }

    @Test
    void saysThatAQuotaIsUsedUp() {
        var quota = manifest("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: none}
                spec: {hard: {configmaps: "100", count/pods.example: "0", requests.storage: 1Gi}}
                """);
        var claims = manifest("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: hungry}
                spec:
                  serviceName: hungry
                  selector: {matchLabels: {app: hungry}}
                  template:
                    metadata: {labels: {app: hungry}}
                    spec: {containers: [{name: web, image: "web:1"}]}
                  volumeClaimTemplates:
                    - metadata: {name: data}
                      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
                """);
        Explanation explanation = untilItSays("exceeded quota", set(quota, claims));
        assertThat(explanation.hints()).anyMatch(hint -> hint.contains("a quota of the namespace is used up"));
    }

    @Test
    void saysThatAClaimHasNoVolume() {
        var claim = manifest("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: unbound}
                spec: {accessModes: [ReadWriteOnce], storageClassName: missing, resources: {requests: {storage: 1Mi}}}
                """);
        Explanation explanation = untilItSays("ProvisioningFailed", set(claim));
        assertThat(explanation.hints()).anyMatch(hint -> hint.contains("no volume can be had for the claim"));
    }
}
