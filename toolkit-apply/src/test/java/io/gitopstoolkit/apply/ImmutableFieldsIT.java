package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.testkit.KubeApi;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The many words that a real API server has for a field that cannot be changed. */
@KubeApi
class ImmutableFieldsIT {
    private final KubernetesClient client;

    ImmutableFieldsIT(KubernetesClient client) {
        this.client = client;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    apps/v1 | Deployment | {spec: {selector: {matchLabels: {a: @}}, template: {metadata: {labels: {a: @}}, spec: {containers: [{name: c, image: i}]}}}}
                    apps/v1 | StatefulSet | {spec: {serviceName: @, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}
                    apps/v1 | DaemonSet | {spec: {selector: {matchLabels: {a: @}}, template: {metadata: {labels: {a: @}}, spec: {containers: [{name: c, image: i}]}}}}
                    batch/v1 | Job | {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: @}]}}}}
                    v1 | PersistentVolumeClaim | {spec: {storageClassName: @, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
                    v1 | Secret | {type: example.org/@}
                    rbac.authorization.k8s.io/v1 | RoleBinding | {roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: @}}
                    storage.k8s.io/v1 | StorageClass | {provisioner: example.org/disk, parameters: {type: @}}
                    scheduling.k8s.io/v1 | PriorityClass | {value: 1000, preemptionPolicy: @, description: of PreemptLowerPriority or Never}
                    networking.k8s.io/v1 | IngressClass | {spec: {controller: example.org/@}}
                    node.k8s.io/v1 | RuntimeClass | {handler: @}
                    """)
    void isReportedAndTheObjectRecreatedWhereItIsForced(String apiVersion, String kind, String content) {
        String name = "immutable-" + kind.toLowerCase(Locale.ROOT);
        var owner = new Owner("tester", "delivery.example.org", name, client.getNamespace());
        boolean priority = kind.equals("PriorityClass");
        ManifestSet before = desired(apiVersion, kind, name, content.replace("@", priority ? "Never" : "one"));
        ManifestSet after =
                desired(apiVersion, kind, name, content.replace("@", priority ? "PreemptLowerPriority" : "two"));
        var applier = Applier.builder(client, owner).build();
        applier.apply(before, soon());
        var failure = catchThrowableOfType(ApplyException.class, () -> applier.apply(after, soon()));
        assertThat(failure.why()).as(failure.getMessage()).isEqualTo(Reason.IMMUTABLE_FIELD);
        client.persistentVolumeClaims()
                .resources()
                .forEach(claim -> claim.edit(object -> {
                    object.getMetadata().setFinalizers(null); // which a controller would remove
                    return object;
                }));
        var forcing = Applier.builder(client, owner).force().build();
        assertThat(forcing.apply(after, soon()).only(CREATED))
                .as(failure.getMessage())
                .hasSize(1)
                .allMatch(change -> change.message().startsWith("deleted and created again, for "));
        assertThat(forcing.diff(after, soon()).isChanged()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.211, 10.0.0.212"})
    void isReportedOfTheAddressOfAService(String one, String two) {
        var owner = new Owner("tester", "delivery.example.org", "immutable-service", client.getNamespace());
        var applier = Applier.builder(client, owner).force().build();
        String content = "{spec: {clusterIP: %s, ports: [{port: 80}]}}";
        applier.apply(desired("v1", "Service", "immutable", content.formatted(one)), soon());
        assertThat(applier.apply(desired("v1", "Service", "immutable", content.formatted(two)), soon())
                        .only(CREATED))
                .hasSize(1);
        assertThat(client.services().withName("immutable").require().getSpec().getClusterIP())
                .isEqualTo(two);
    }

    private static ManifestSet desired(String apiVersion, String kind, String name, String content) {
        String rest = content.substring(1, content.length() - 1);
        return set(manifest("{apiVersion: %s, kind: %s, metadata: {name: %s}, %s}", apiVersion, kind, name, rest));
    }
}
