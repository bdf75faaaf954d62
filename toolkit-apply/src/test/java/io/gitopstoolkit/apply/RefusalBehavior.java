package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.namespace;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is said, and what is left, when a delivery cannot be done. */
abstract class RefusalBehavior extends ClusterBehavior {
    RefusalBehavior(KubernetesClient client) {
        super(client);
    }

    @Nested
    class WhenTheInputIsBad {
        @Test
        void refusesAnObjectTwiceInOneSet() {
            var failure = failureOf(set(configMap(name("a"), "blue"), configMap(name("a"), "red")));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_SET);
            assertThat(failure).hasMessageContaining(name("a")).hasMessageContaining("more than once");
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
        }

        @Test
        void namesAKindThatTheClusterDoesNotKnow() {
            var failure = failureOf(set(
                    configMap(name("a"), "blue"),
                    manifest("{apiVersion: example.org/v1, kind: Gadget, metadata: {name: g, namespace: x}}")));
            assertThat(failure.why()).isEqualTo(Reason.UNKNOWN_KIND);
            assertThat(failure)
                    .hasMessageContaining("Gadget/x/g (example.org/v1)")
                    .hasMessageContaining("definition");
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
        }

        @Test
        void namesANamespaceThatDoesNotExist() {
            var failure = failureOf(set(
                    manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}", name("absent"))));
            assertThat(failure.why()).isEqualTo(Reason.NAMESPACE_NOT_FOUND);
            assertThat(failure).hasMessageContaining("the namespace " + name("absent") + " does not exist");
        }

        @Test
        void namesTheNamespaceOfTheOwnerIfItDoesNotExist() {
            var nowhere = new Owner("tester", "delivery.example.org", "x", name("absent"));
            assertThatThrownBy(() -> Applier.builder(client, nowhere)
                            .build()
                            .apply(
                                    set(manifest(
                                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: %s}}",
                                            ns)),
                                    soon()))
                    .isInstanceOfSatisfying(
                            ApplyException.class, e -> assertThat(e.why()).isEqualTo(Reason.NAMESPACE_NOT_FOUND))
                    .hasMessageContaining("the owner's namespace " + name("absent"));
        }
    }

    @Nested
    class WhenAnObjectIsRefused {
        private final Manifest bad =
                manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: Bad_Name}, data: {color: blue}}");

        @Test
        void writesNothingOfItsStageAndTellsWhatReachedTheCluster() {
            String other = name("other");
            var failure = failureOf(set(namespace(other), configMap(name("a"), "blue"), bad));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_OBJECT);
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
            assertThat(failure.reason()).isEqualTo("ReconciliationFailed");
            assertThat(failure)
                    .hasMessageStartingWith(
                            "ConfigMap/" + ns + "/Bad_Name: metadata.name: Invalid value: \"Bad_Name\"");
            assertThat(failure.partial().only(CREATED))
                    .extracting(change -> change.ref().name())
                    .containsExactly(other);
            assertThat(client.configMaps().withName(name("a")).get()).isNull();
        }

        @Test
        void keepsWhatReachedTheClusterInTheInventoryAndCompletesLater() {
            String other = name("other");
            failureOf(set(namespace(other), configMap(name("a"), "blue"), bad));
            assertThat(applier.inventory(soon()).refs()).contains(new ObjectRef("", "Namespace", "", other));
            var changes = applier.apply(set(namespace(other), configMap(name("a"), "blue")), soon());
            assertThat(changes.changes()).extracting(Change::action).containsExactly(UNCHANGED, CREATED, DELETED);
            assertThat(applier.inventory(soon()).refs()).hasSize(2);
        }

        @Test
        void namesAllThatAreRefused() {
            var other =
                    manifest("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 99999}]}}");
            assertThat(failureOf(set(bad, other)))
                    .hasMessageContaining("2 objects were refused")
                    .hasMessageContaining("metadata.name")
                    .hasMessageContaining("spec.ports[0].port");
        }

        @Test
        void namesAFieldThatIsNotInTheSchema() {
            var unknown = manifest(
                    "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {bogus: 1, ports: [{port: 80}]}}");
            assertThat(failureOf(set(unknown))).hasMessageContaining("spec.bogus: field not declared in schema");
        }
    }

    @Nested
    class WhenItEndsInTheMiddle {
        @Test
        void tellsWhatReachedTheClusterWhenTheTimeIsOver() {
            var time = new AtomicLong();
            var ticker = new Deadline.Ticker() {
                @Override
                public long nanos() {
                    return time.get();
                }

                @Override
                public void sleep(Duration pause) {
                    time.addAndGet(pause.toNanos());
                }
            };
            var slow = Applier.builder(client, owner)
                    .concurrency(1)
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(Change change) {
                            time.addAndGet(Duration.ofHours(1).toNanos());
                        }
                    })
                    .build();
            var desired = set(configMap(name("a"), "blue"), configMap(name("b"), "blue"));
            var failure = catchThrowableOfType(
                    ApplyException.class, () -> slow.apply(desired, Deadline.after(Duration.ofMinutes(1), ticker)));
            assertThat(failure.why()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure.partial().changes()).extracting(Change::ref).containsExactly(ref("ConfigMap", "a"));
            assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "a"), ref("ConfigMap", "b"));
            assertThat(applier.apply(desired, soon()).changes())
                    .extracting(Change::action)
                    .containsExactly(UNCHANGED, CREATED);
        }

        @Test
        void hearsTheInterruptionOfItsThread() {
            Thread.currentThread().interrupt();
            var failure = failureOf(set(configMap(name("a"), "blue")));
            assertThat(Thread.interrupted()).as("interrupt status").isTrue();
            assertThat(failure.why()).isEqualTo(Reason.CANCELED);
        }

        @Test
        void noticesAnotherDeliveryOfTheSameOwner() {
            var other = Applier.builder(client, owner).build();
            var disturbed = Applier.builder(client, owner)
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(Change change) {
                            if (change.action() == DELETED) {
                                other.apply(set(configMap(name("c"), "blue")), soon());
                            }
                        }
                    })
                    .build();
            applier.apply(set(configMap(name("a"), "blue")), soon());
            var failure = catchThrowableOfType(
                    ApplyException.class, () -> disturbed.apply(set(configMap(name("b"), "blue")), soon()));
            assertThat(failure.why()).isEqualTo(Reason.CONFLICT);
            assertThat(failure).hasMessageContaining("another delivery of the same owner");
            assertThat(applier.inventory(soon()).refs()).contains(ref("ConfigMap", "c"));
        }
    }

    @Nested
    class WhenASecretIsRefused {
        private void refusesWithoutTelling(String yaml, String token, String text) {
            var failure = failureOf(set(manifest(yaml)));
            assertThat(failure).hasMessageStartingWith("Secret/" + ns + "/s: ").hasMessageContaining(text);
            assertThat(failure.why()).isEqualTo(Reason.INVALID_OBJECT);
            assertThat(failure).hasStackTraceContaining("ApplyException");
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(token);
        }

        @Test
        void neverShowsItsValues() {
            refusesWithoutTelling(
                    "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {pin: 7391846250}}",
                    "7391846250",
                    "stringData.pin: not a field of a Secret, or of the wrong type");
            refusesWithoutTelling(
                    "{apiVersion: v1, kind: Secret, metadata: {name: s}, password: hunter2plain}",
                    "hunter2",
                    "password: not a field of a Secret");
            refusesWithoutTelling(
                    "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {'bad key': hunter2plain}}",
                    "hunter2",
                    "data[bad key]");
        }
    }
}
