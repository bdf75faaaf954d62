package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.testkit.WorkloadSimulator;
import io.gitopstoolkit.testkit.WorkloadSimulator.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Waiting for health. */
abstract class WaitBehavior extends ClusterBehavior {
    WaitBehavior(KubernetesClient client) {
        super(client);
    }

    @Nested
    class WhenWaiting {
        @Test
        void returnsAtOnceWhenAllAreHealthy() {
            var changes = applier.apply(set(configMap(name("a"), "blue"), secret(name("s"), "x")), soon());
            assertThat(applier.await(Inventory.of(changes).refs(), soon()).values())
                    .hasSize(2)
                    .allMatch(Health::isCurrent);
        }

        @Test
        void saysWhichObjectsAreNotHealthyAndWhy() {
            var changes = applier.apply(set(deployment(name("web"), "web:1"), configMap(name("a"), "x")), soon());
            var failure = catchThrowableOfType(
                    ApplyException.class,
                    () -> applier.await(Inventory.of(changes).refs(), Deadline.after(Duration.ofMillis(500))));
            assertThat(failure.why()).isEqualTo(Reason.NOT_HEALTHY);
            assertThat(failure.reason()).isEqualTo("HealthCheckFailed");
            assertThat(failure.unhealthy()).containsOnlyKeys(ref("Deployment", "web"));
            assertThat(failure).hasMessageContaining(ref("Deployment", "web") + ": InProgress (Replicas: 0/1)");
        }

        @Test
        void saysThatAnObjectIsNotThere() {
            assertThat(applier.health(List.of(ref("ConfigMap", "absent")), soon()))
                    .hasToString("{" + ref("ConfigMap", "absent") + "=NotFound (not in the cluster)}");
        }

        @Test
        void waitsForWorkloadsAndTellsItsListener() {
            var heard = new ArrayList<String>();
            var waiting = Applier.builder(client, owner)
                    .pollInterval(Duration.ofMillis(20))
                    .listener(new ApplyListener() {
                        @Override
                        public void onHealth(ObjectRef ref, Health health) {
                            heard.add(ref.kind() + " " + health);
                        }
                    })
                    .build();
            var changes = waiting.apply(set(deployment(name("web"), "web:1"), configMap(name("a"), "x")), soon());
            try (var workloads = WorkloadSimulator.start(client)) {
                assertThat(workloads).isNotNull();
                assertThat(waiting.await(Inventory.of(changes).refs(), soon()))
                        .hasSize(2)
                        .allSatisfy(
                                (ref, health) -> assertThat(health.isCurrent()).isTrue());
            }
            assertThat(heard)
                    .contains("ConfigMap Current (Resource is always ready)")
                    .endsWith("Deployment Current (Deployment is available. Replicas: 1)");
            assertThat(heard).doesNotHaveDuplicates();
        }

        @Test
        void endsEarlyOnFailureIfAsked() {
            var hasty = Applier.builder(client, owner)
                    .pollInterval(Duration.ofMillis(20))
                    .failFast()
                    .build();
            var changes = hasty.apply(set(deployment(name("web"), "web:1")), soon());
            try (var workloads = WorkloadSimulator.builder(client)
                    .outcome(ref -> Outcome.FAIL)
                    .start()) {
                assertThat(workloads).isNotNull();
                var failure = catchThrowableOfType(
                        ApplyException.class,
                        () -> hasty.await(Inventory.of(changes).refs(), soon()));
                assertThat(failure)
                        .hasMessage("failed: " + ref("Deployment", "web") + ": Failed (Progress deadline exceeded)");
            }
        }

        @Test
        void takesAJobThatWentAwayAfterItsTimeToLiveAsDone() {
            var job = manifest("""
                    apiVersion: batch/v1
                    kind: Job
                    metadata: {name: %s}
                    spec:
                      ttlSecondsAfterFinished: 0
                      template:
                        spec: {restartPolicy: Never, containers: [{name: x, image: y}]}
                    """, name("job"));
            var waiting = Applier.builder(client, owner)
                    .pollInterval(Duration.ofMillis(20))
                    .listener(new ApplyListener() {
                        @Override
                        public void onHealth(ObjectRef ref, Health health) {
                            if (health.state() == Health.State.IN_PROGRESS) {
                                client.batch().v1().jobs().withName(ref.name()).delete();
                            }
                        }
                    })
                    .build();
            var changes = waiting.apply(set(job), soon());
            assertThat(waiting.await(Inventory.of(changes).refs(), soon()).values())
                    .allMatch(Health::isCurrent);
        }
    }
}
