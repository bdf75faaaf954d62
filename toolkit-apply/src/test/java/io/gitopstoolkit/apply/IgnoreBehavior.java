package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CONFIGURED;
import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.apply.internal.Api;
import io.gitopstoolkit.apply.internal.Api.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of fields that others may change. */
abstract class IgnoreBehavior extends ClusterBehavior {
    private static final Selector DEPLOYMENTS = Selector.kind("Deployment");

    IgnoreBehavior(KubernetesClient client) {
        super(client);
    }

    @BeforeEach
    void givenADeploymentWhoseReplicasAreIgnored() {
        applier = ignoring("/spec/replicas");
        assertThat(applier.apply(desired(2, "web:1"), soon()).only(CREATED)).hasSize(1);
        assertThat(replicas()).isEqualTo(2);
    }

    private Applier ignoring(String... paths) {
        return Applier.builder(client, owner)
                .ignoring(IgnoreRule.of(DEPLOYMENTS, paths))
                .build();
    }

    private ManifestSet desired(int replicas, String image) {
        return set(manifest("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: %2$s
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: side, image: side}, {name: web, image: '%3$s'}]}
                """, name("web"), replicas, image));
    }

    private Deployment object() {
        return client.apps().deployments().withName(name("web")).require();
    }

    private int replicas() {
        return object().getSpec().getReplicas();
    }

    private List<String> managersOfReplicas() {
        return object().getMetadata().getManagedFields().stream()
                .filter(entry -> String.valueOf(entry.getFieldsV1().getAdditionalProperties())
                        .contains("f:replicas={}"))
                .map(entry -> entry.getManager())
                .toList();
    }

    private void scaleTo(int replicas) {
        client.apps()
                .deployments()
                .withName(name("web"))
                .edit(deployment -> new DeploymentBuilder(deployment)
                        .editSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build());
    }

    private void applyReplicas(String manager, int replicas) {
        var api = new Api(client, Duration.ofSeconds(30));
        String path = "/apis/apps/v1/namespaces/" + ns + "/deployments/" + name("web");
        var body = manifest(
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: %s}, spec: {replicas: %s}}",
                name("web"), replicas);
        api.send(Request.apply(path + "?force=true&fieldManager=" + manager, body.content()), soon());
    }

    @Test
    void differsWithoutBeingDrift() {
        scaleTo(5);
        assertThat(applier.diff(desired(2, "web:1"), soon()).isChanged()).isFalse();
        assertThat(applier.apply(desired(2, "web:1"), soon()).only(UNCHANGED)).hasSize(1);
        assertThat(replicas()).isEqualTo(5);
        assertThat(Applier.builder(client, owner)
                        .build()
                        .apply(desired(2, "web:1"), soon())
                        .only(CONFIGURED))
                .as("without the rule")
                .hasSize(1);
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void keepsTheValueInTheClusterWhereTheObjectIsWritten() {
        scaleTo(5);
        assertThat(applier.apply(desired(2, "web:2"), soon()).only(CONFIGURED)).hasSize(1);
        assertThat(replicas()).isEqualTo(5);
        assertThat(object().getSpec().getTemplate().getSpec().getContainers())
                .extracting(container -> container.getImage())
                .containsExactly("side", "web:2");
        assertThat(managersOfReplicas()).contains("tester");
        assertThat(applier.apply(desired(2, "web:2"), soon()).only(UNCHANGED)).hasSize(1);
    }

    @Test
    void givesUpAFieldThatAnotherManagerApplied() {
        applyReplicas("scaler", 5);
        assertThat(applier.apply(desired(2, "web:1"), soon()).only(UNCHANGED)).hasSize(1);
        assertThat(applier.apply(desired(2, "web:2"), soon()).only(CONFIGURED)).hasSize(1);
        assertThat(replicas()).isEqualTo(5);
        assertThat(managersOfReplicas()).containsExactly("scaler");
    }

    @Test
    void ignoresAnItemOfAListAndAKeyWithASlash() {
        applier = ignoring(
                "/spec/template/spec/containers/1/image", "/metadata/annotations/example.org~1note", "/spec/replicas");
        client.apps()
                .deployments()
                .withName(name("web"))
                .edit(deployment -> new DeploymentBuilder(deployment)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editMatchingContainer(container -> container.getName().equals("web"))
                        .withImage("web:canary")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        assertThat(applier.apply(desired(2, "web:1"), soon()).only(UNCHANGED)).hasSize(1);
        assertThat(object().getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(1)
                        .getImage())
                .isEqualTo("web:canary");
    }

    @Test
    void keepsItWithoutValidationToo() {
        scaleTo(5);
        var hasty = Applier.builder(client, owner)
                .ignoring(IgnoreRule.of(DEPLOYMENTS, "/spec/replicas"))
                .withoutValidation()
                .build();
        assertThat(hasty.apply(desired(2, "web:1"), soon()).only(UNCHANGED)).hasSize(1);
        assertThat(hasty.apply(desired(2, "web:2"), soon()).only(CONFIGURED)).hasSize(1);
        assertThat(replicas()).isEqualTo(5);
    }

    @Test
    void correctsTheFieldOfAnObjectThatTheRuleDoesNotMean() {
        applier = Applier.builder(client, owner)
                .ignoring(IgnoreRule.of(DEPLOYMENTS.withName("other"), "/spec/replicas"))
                .build();
        scaleTo(5);
        assertThat(applier.apply(desired(2, "web:1"), soon()).only(CONFIGURED)).hasSize(1);
        assertThat(replicas()).isEqualTo(2);
    }
}
