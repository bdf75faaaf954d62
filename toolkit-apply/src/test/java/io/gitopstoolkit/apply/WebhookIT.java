package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.testkit.KubeApi;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Admission webhooks that refuse, or do not answer. */
@KubeApi
class WebhookIT extends ClusterBehavior {
    @TempDir
    private static Path directory;

    private AdmissionServer server = AdmissionServer.NONE;

    WebhookIT(KubernetesClient client) {
        super(client);
    }

    @BeforeEach
    void startServer() {
        server = AdmissionServer.start(directory);
    }

    @AfterEach
    void removeWebhook() {
        client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(name("hook"))
                .delete();
        server.close();
    }

    /** A webhook for the ConfigMaps of this test that carry the label {@code hooked}, in force when this returns. */
    private void install(String failurePolicy, String path) {
        var hook = manifest("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: %1$s}
                webhooks:
                  - name: guard.example.org
                    admissionReviewVersions: [v1]
                    sideEffects: None
                    failurePolicy: %2$s
                    timeoutSeconds: 1
                    clientConfig: {url: '%3$s%4$s', caBundle: '%5$s'}
                    objectSelector: {matchLabels: {hooked: %1$s}}
                    rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}]
                """, name("hook"), failurePolicy, server.url(), path, server.certificate());
        Applier.builder(client, new Owner("admin", "admin.example.org", id, ns))
                .build()
                .apply(set(hook), soon());
        Deadline deadline = soon();
        for (int i = 0; server.requests() == 0; i++) {
            try {
                applier.diff(set(hooked("probe" + i)), deadline);
            } catch (ApplyException e) {
                assertThat(server.requests()).as("%s", e).isPositive();
            }
            deadline.pause(Duration.ofMillis(100), "wait for the webhook");
        }
    }

    private Manifest hooked(String base) {
        return manifest(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, labels: {hooked: %s}}}",
                name(base), name("hook"));
    }

    private void refuses(String... texts) {
        var strict = failureOf(set(configMap(name("a"), "blue"), hooked("b")));
        assertThat(strict.why()).isEqualTo(Reason.DENIED);
        assertThat(strict)
                .hasMessageStartingWith("ConfigMap/" + ns + "/" + name("b") + ": ")
                .hasMessageContaining("guard.example.org")
                .hasMessageContainingAll(texts);
        assertThat(client.configMaps().withName(name("a")).get()).isNull();
        var tolerant = catchThrowableOfType(
                ApplyException.class,
                () -> Applier.builder(client, owner)
                        .continueOnFailure()
                        .build()
                        .apply(set(configMap(name("a"), "blue"), hooked("b")), soon()));
        assertThat(tolerant.why()).isEqualTo(Reason.DENIED);
        assertThat(tolerant.partial().only(CREATED)).hasSize(1);
        assertThat(client.configMaps().withName(name("a")).get()).isNotNull();
    }

    @Test
    void namesTheWebhookThatRefusesAndWhatItSays() {
        install("Fail", "/refuse");
        refuses("no such thing here");
    }

    @Test
    void namesTheWebhookThatDoesNotAnswerInTime() {
        install("Fail", "/hang");
        refuses("did not answer", "failurePolicy: Ignore");
    }

    @Test
    void deliversWhereAWebhookThatDoesNotAnswerIsToBeIgnored() {
        install("Ignore", "/hang");
        assertThat(applier.apply(set(configMap(name("a"), "blue"), hooked("b")), soon())
                        .only(CREATED))
                .hasSize(2);
    }
}
