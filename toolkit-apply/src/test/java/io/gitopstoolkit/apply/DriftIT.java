package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gitopstoolkit.testkit.KubeApi;
import org.junit.jupiter.api.Test;

/** On a real kube-apiserver and etcd. */
@KubeApi
class DriftIT extends DriftBehavior {
    DriftIT(KubernetesClient client) {
        super(client);
    }

    @Test
    void watchesWhatTheUserMayAndTheRestWhenHeMay() {
        allow("get", "create", "patch");
        var config = new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername(name("user"))
                .build();
        var desired = set(configMap(name("a"), "blue"), secret(name("s"), "hunter2"));
        var drifts = new Drifts();
        try (KubernetesClient user =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Drifts.await(() -> may(user), () -> "the rights of the user");
            Applier own = Applier.builder(user, owner).build();
            own.apply(desired, soon());
            try (var watcher = DriftWatcher.builder(own, () -> desired)
                    .mode(DriftMode.CORRECT)
                    .listener(drifts)
                    .build()) {
                watcher.start();
                drifts.awaitNews("blind: Secret of namespace " + ns);
                client.configMaps().withName(name("a")).delete();
                drifts.await(ref("ConfigMap", "a"), Drift.Outcome.CORRECTED);
                assertThat(drifts.news()).singleElement().asString().contains("cannot list resource \"secrets\"");
                allow("*");
                drifts.awaitNews("recovered: Secret of namespace " + ns);
                client.secrets().withName(name("s")).delete();
                drifts.await(ref("Secret", "s"), Drift.Outcome.CORRECTED);
            }
        }
    }

    /** A new API server learns what is allowed a moment after it is ready. */
    private static boolean may(KubernetesClient user) {
        try {
            user.raw("/apis");
            return user.configMaps().list() != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** Lets the user do all to config maps, and these to secrets. */
    private void allow(String... verbs) {
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(name("role"))
                        .endMetadata()
                        .withRules(rule("configmaps", "*"), rule("secrets", verbs))
                        .build())
                .forceConflicts()
                .serverSideApply();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name("binding"))
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", name("role"))
                        .addNewSubject("rbac.authorization.k8s.io", "User", name("user"), null)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    private static PolicyRule rule(String plural, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources(plural)
                .withVerbs(verbs)
                .build();
    }
}
