package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.testkit.KubeApi;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What only a real kube-apiserver refuses: by rights, by policies, by the rules of its kinds. */
@KubeApi
class OnARealServerIT {
    private final KubernetesClient client;
    private final Owner owner;
    private final Applier applier;

    OnARealServerIT(KubernetesClient client) {
        this.client = client;
        this.owner = new Owner("tester", "delivery.example.org", "real", client.getNamespace());
        this.applier = Applier.builder(client, owner).build();
    }

    private static ApplyException failureOf(Applier applier, ManifestSet desired) {
        return catchThrowableOfType(ApplyException.class, () -> applier.apply(desired, soon()));
    }

    private ApplyException failureAs(Config config) {
        try (var other = new KubernetesClientBuilder().withConfig(config).build()) {
            return failureOf(Applier.builder(other, owner).build(), set(configMap("a", "blue")));
        }
    }

    @Test
    void namesTheRightThatIsMissing() {
        var failure = failureAs(new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername("nobody")
                .withImpersonateGroups("system:authenticated")
                .build());
        assertThat(failure.why()).isEqualTo(Reason.FORBIDDEN);
        assertThat(failure)
                .hasMessageContaining("User \"nobody\" cannot get resource \"configmaps\"")
                .hasMessageContaining("grant it to that user");
    }

    private Config withAWrongToken() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(client.getMasterUrl().toString())
                .withTrustCerts(true)
                .withOauthToken("planted-token")
                .build();
    }

    @Test
    void saysThatTheCredentialsAreNotAccepted() {
        var failure = failureAs(
                new ConfigBuilder(withAWrongToken()).withHttp2Disable(true).build());
        assertThat(failure.why()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(failure).hasMessageContaining("renew them").hasMessageNotContaining("planted-token");
    }

    @Test
    void hintsAtTheCredentialsWhereTheServerHangsUpOnThem() {
        assertThat(failureAs(withAWrongToken())).hasMessageContaining("credentials");
    }

    @Test
    void namesAFieldThatCannotBeChanged() {
        var job = """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: once}
                spec:
                  template:
                    spec: {restartPolicy: Never, containers: [{name: x, image: '%s'}]}
                """;
        applier.apply(set(manifest(job, "run:1")), soon());
        var failure = failureOf(applier, set(manifest(job, "run:2")));
        assertThat(failure.why()).isEqualTo(Reason.IMMUTABLE_FIELD);
        assertThat(failure)
                .hasMessage("Job/" + client.getNamespace() + "/once: spec.template cannot be changed once set;"
                        + " delete the object, or give it another name");
    }

    @Test
    void repeatsWhatAPolicySays() {
        var policy = manifest("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: no-red-%s}
                spec:
                  matchConstraints:
                    resourceRules:
                      - {apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}
                  validations:
                    - expression: "!has(object.data) || !('color' in object.data) || object.data.color != 'red'"
                      message: red is not allowed here
                """, client.getNamespace());
        var binding = manifest("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: no-red-%1$s}
                spec:
                  policyName: no-red-%1$s
                  validationActions: [Deny]
                  matchResources:
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                """, client.getNamespace());
        var admin = new Owner("tester", "delivery.example.org", "policies", client.getNamespace());
        Applier.builder(client, admin).build().apply(set(policy, binding), soon());
        ApplyException failure = untilRefused(set(configMap("painted", "red")));
        assertThat(failure.why()).isEqualTo(Reason.DENIED);
        assertThat(failure)
                .hasMessageStartingWith("ConfigMap/" + client.getNamespace() + "/painted: ")
                .hasMessageContaining("red is not allowed here");
    }

    /** A policy takes effect some time after it was created. */
    private ApplyException untilRefused(ManifestSet desired) {
        Deadline deadline = soon();
        while (true) {
            try {
                applier.diff(desired, deadline);
            } catch (ApplyException e) {
                return e;
            }
            deadline.pause(Duration.ofMillis(100), "wait for the policy");
        }
    }

    @Test
    void neverShowsAValueOfASecretThatIsNotBase64() {
        var failure = failureOf(
                applier,
                set(manifest(
                        "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {password: 'hunter2!plain'}}")));
        assertThat(failure.why()).isEqualTo(Reason.INVALID_OBJECT);
        assertThat(failure).hasMessageEndingWith("a value of data is not Base64; encode it, or give it as stringData");
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("hunter2");
    }

    @Test
    void saysThatAnObjectIsTooLarge() {
        var failure = failureOf(applier, set(configMap("big", "x".repeat(2_000_000))));
        assertThat(failure.why()).isEqualTo(Reason.INVALID_OBJECT);
        assertThat(failure).hasMessageContaining("ConfigMap/" + client.getNamespace() + "/big: Too long");
    }
}
