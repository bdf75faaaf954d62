package io.gitopstoolkit.testkit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.EmbeddedKubeApi;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.RequestPattern;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** An operator of Java Operator SDK, as it is, on the embedded API. */
@EmbeddedKubeApi
class OperatorTest {
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: greetings.example.org}
            spec:
              group: example.org
              names: {plural: greetings, singular: greeting, kind: Greeting, listKind: GreetingList}
              scope: Namespaced
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec: {type: object, properties: {text: {type: string}}}
                      status: {type: object, properties: {said: {type: string}, observedGeneration: {type: integer}}}
            """;

    private static LeaderElectionConfiguration leaderElection() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("greetings-leader")
                .withLeaseNamespace("default")
                .withIdentity("me")
                .buildForTest(false);
    }

    /** The operator at work, until it is closed. */
    private static final class Running implements AutoCloseable {
        private final KubernetesClient client;
        private final GreetingReconciler reconciler = new GreetingReconciler();
        private final Operator operator;

        Running(KubernetesClient client) {
            this.client = client;
            this.operator = new Operator(settings -> settings.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withLeaderElectionConfiguration(leaderElection()));
            client.resource(DEFINITION).create();
            operator.register(reconciler);
            operator.start();
        }

        ConfigMap map() {
            return client.configMaps().inNamespace("default").withName("hello").get();
        }

        boolean hasSaid(String text) {
            Greeting greeting = client.resource(greeting(text)).get();
            return greeting.getStatus() != null
                    && text.equals(greeting.getStatus().getSaid());
        }

        void ask(String text) {
            client.resource(greeting("")).edit(live -> {
                live.getSpec().setText(text);
                return live;
            });
        }

        @Override
        public void close() {
            operator.stop();
        }
    }

    private static Greeting greeting(String text) {
        var greeting = new Greeting();
        greeting.setMetadata(new ObjectMetaBuilder()
                .withName("hello")
                .withNamespace("default")
                .build());
        greeting.setSpec(new Greeting.Spec());
        greeting.getSpec().setText(text);
        return greeting;
    }

    private static void until(String what, BooleanSupplier condition) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            deadline.pause(Duration.ofMillis(20), what);
        }
    }

    @Test
    void reconcilesByServerSideApplyAndCleansUp(KubernetesClient client) {
        try (var running = new Running(client)) {
            client.resource(greeting("good day")).create();
            until("have a status", () -> running.hasSaid("good day"));
            assertThat(running.map().getData()).containsEntry("text", "good day");
            assertThat(running.map().getMetadata().getManagedFields())
                    .extracting(ManagedFieldsEntry::getManager, ManagedFieldsEntry::getOperation)
                    .containsExactly(Tuple.tuple("greetings", "Apply"));
            assertThat(client.resource(greeting("")).get().getMetadata().getFinalizers())
                    .hasSize(1);

            running.ask("good night");
            until("follow the change", () -> running.hasSaid("good night"));
            assertThat(running.map().getData()).containsEntry("text", "good night");

            client.resource(greeting("")).delete();
            until("go", () -> client.resource(greeting("")).get() == null);
            assertThat(running.reconciler.cleanedUp()).isEqualTo(1);
            until("collect what it owned", () -> running.map() == null);
        }
    }

    @Test
    void leadsByALease(KubernetesClient client) {
        try (var running = new Running(client)) {
            assertThat(running.map()).isNull();
            until("lead", () -> {
                Lease lease = client.leases()
                        .inNamespace("default")
                        .withName("greetings-leader")
                        .get();
                return lease != null && "me".equals(lease.getSpec().getHolderIdentity());
            });
            client.resource(greeting("led")).create();
            until("work as the leader", () -> running.hasSaid("led"));
        }
    }

    @Test
    void goesOnAfterItsWatchesExpired(EmbeddedKubernetes kubernetes) {
        KubernetesClient client = kubernetes.client();
        try (var running = new Running(client)) {
            client.resource(greeting("first")).create();
            until("have a status", () -> running.hasSaid("first"));
            assertThat(kubernetes.watches().expire(RequestPattern.any().resource("example.org", "greetings")))
                    .isPositive();
            running.ask("second");
            until("hear of the change", () -> running.hasSaid("second"));
        }
    }
}
