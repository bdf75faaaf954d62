package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.Explanation.Finding;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** On the embedded API, where the test plays controllers and kubelet. */
class ExplanationTest {
    private static final ObjectRef WEB = new ObjectRef("apps", "Deployment", "default", "web");
    private static final ObjectRef POD = new ObjectRef("", "Pod", "default", "web-1-a");

    private final EmbeddedKubernetes server = EmbeddedKubernetes.start();
    private final KubernetesClient client = server.client();
    private final Applier applier = applier().build();

    @AfterEach
    void stop() {
        server.close();
    }

    private ApplierBuilder applier() {
        return Applier.builder(client, new Owner("tester", "delivery.example.org", "apps", "default"));
    }

    private String create(Manifest object) {
        return client.resource(client.getKubernetesSerialization().asJson(object.content()))
                .create()
                .getMetadata()
                .getUid();
    }

    private void status(Manifest object, String status) {
        var patch =
                new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
        client.resource(client.getKubernetesSerialization().asJson(object.content()))
                .subresource("status")
                .patch(patch, "{\"status\":" + status + "}");
    }

    private static Manifest owned(String apiVersion, String kind, String name, String owner, String uid, String spec) {
        return manifest("""
                apiVersion: %s
                kind: %s
                metadata:
                  name: %s
                  namespace: default
                  labels: {app: web}
                  ownerReferences: [{apiVersion: apps/v1, kind: %s, name: web, uid: %s, controller: true}]
                spec: %s
                """, apiVersion, kind, name, owner, uid, spec);
    }

    /** A Deployment, its ReplicaSet, and its Pod with this state of its container. */
    private void deploy(String containerStatus, String podSpec) {
        applier.apply(set(deployment("web", "registry.example.org/web:2")), soon());
        String deployment =
                client.apps().deployments().withName("web").get().getMetadata().getUid();
        String template = "{selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},"
                + " spec: {containers: [{name: web, image: x}]}}}";
        String replicaSet = create(owned("apps/v1", "ReplicaSet", "web-1", "Deployment", deployment, template));
        Manifest pod = owned("v1", "Pod", "web-1-a", "ReplicaSet", replicaSet, podSpec);
        create(pod);
        status(pod, "{\"phase\":\"Pending\",\"containerStatuses\":[" + containerStatus + "]}");
    }

    private static final String SPEC = "{containers: [{name: web, image: registry.example.org/web:2}]}";
    private static final String CRASHING = """
            {"name":"web","image":"x","imageID":"","ready":false,"restartCount":4,
             "state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 40s restarting failed container"}},
             "lastState":{"terminated":{"exitCode":3,"reason":"Error"}}}""";

    private Finding pod(Explanation explanation) {
        assertThat(explanation.objects()).singleElement().satisfies(web -> {
            assertThat(web.ref()).isEqualTo(WEB);
            assertThat(web.parts())
                    .singleElement()
                    .satisfies(set -> assertThat(set.ref().kind()).isEqualTo("ReplicaSet"));
        });
        return explanation.objects().get(0).parts().get(0).parts().get(0);
    }

    private void event(String name, String reason, String message, String time) {
        var pod = client.pods().withName("web-1-a").get();
        create(manifest("""
                apiVersion: v1
                kind: Event
                metadata: {name: %s, namespace: default}
                involvedObject: {kind: Pod, namespace: default, name: web-1-a, uid: %s}
                type: Warning
                reason: %s
                message: %s
                count: 3
                lastTimestamp: "%s"
                """, name, pod.getMetadata().getUid(), reason, message, time));
    }

    @Nested
    class OfAContainerThatCrashes {
        @Test
        void goesDownToItsLastLines() {
            deploy(CRASHING, SPEC);
            server.writeLog(POD, "web", true, "starting\nno database at db:5432\n");
            Finding pod = pod(applier.explain(List.of(WEB), soon()));
            assertThat(pod.ref()).isEqualTo(POD);
            assertThat(pod.containers()).singleElement().satisfies(container -> {
                assertThat(container.exitCode()).isEqualTo(3);
                assertThat(container.restarts()).isEqualTo(4);
                assertThat(container.log()).containsExactly("starting", "no database at db:5432");
            });
            assertThat(pod.hints())
                    .containsExactly("container web ends with exit code 3 again and again; its last lines may say why");
        }

        @Test
        void isPartOfTheFailureOfAWait() {
            deploy(CRASHING, SPEC);
            server.writeLog(POD, "web", true, "no database at db:5432\n");
            var failure = catchThrowableOfType(
                    ApplyException.class, () -> applier.await(List.of(WEB), Deadline.after(Duration.ofMillis(300))));
            assertThat(failure.explanation().toString())
                    .startsWith(WEB + ": InProgress (")
                    .contains("\n    " + POD + ": ")
                    .contains("      => container web ends with exit code 3")
                    .contains("container web is waiting, CrashLoopBackOff: back-off 40s restarting failed container,"
                            + " last exit code 3, 4 restarts")
                    .contains("        | no database at db:5432");
            assertThat(failure.explanation().hints()).anyMatch(hint -> hint.startsWith(POD + ": container web"));
        }

        @Test
        void staysWithoutRequestsWhereItIsNotWanted() {
            deploy(CRASHING, SPEC);
            var silent = applier().explainTimeout(Duration.ZERO).build();
            server.forgetRequests();
            var failure = catchThrowableOfType(
                    ApplyException.class, () -> silent.await(List.of(WEB), Deadline.after(Duration.ofMillis(300))));
            assertThat(failure.explanation().objects()).isEmpty();
            assertThat(server.requests()).noneMatch(request -> request.contains("events") || request.contains("pods"));
        }

        @Test
        void leavesLogsOutOnRequest() {
            deploy(CRASHING, SPEC);
            server.writeLog(POD, "web", true, "no database\n");
            var quiet = applier().withoutLogs().build();
            assertThat(quiet.explain(List.of(WEB), soon()).toString())
                    .contains("exit code 3")
                    .doesNotContain("no database");
        }
    }

    @Nested
    class OfWhatReadsSecrets {
        private static final String READS = """
                {containers: [{name: web, image: x, env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: p}}}]}],
                 volumes: [{name: v, secret: {secretName: tls}}]}""";

        private void secret(String name, String value) {
            create(manifest(
                    "{apiVersion: v1, kind: Secret, metadata: {name: %s, namespace: default}, stringData: {p: %s}}",
                    name, value));
        }

        @Test
        void showsNoneOfTheirValues() {
            deploy(CRASHING, READS);
            secret("db", "hunter2-planted");
            server.writeLog(POD, "web", true, "login as admin:hunter2-planted failed\naHVudGVyMi1wbGFudGVk\n");
            assertThat(applier.explain(List.of(WEB), soon()).toString())
                    .contains("login as admin:*** failed")
                    .doesNotContain("hunter2")
                    .doesNotContain("aHVudGVy");
        }

        @Test
        void showsNoLogWhereASecretCannotBeRead() {
            deploy(CRASHING, READS);
            secret("db", "hunter2-planted");
            server.writeLog(POD, "web", true, "login as admin:hunter2-planted failed\n");
            server.failNext(1, "GET", "/api/v1/namespaces/default/secrets/db", 403);
            Explanation explanation = applier.explain(List.of(WEB), soon());
            assertThat(explanation.toString()).doesNotContain("hunter2").doesNotContain("login");
            assertThat(explanation.notes())
                    .contains("Secrets cannot be read: the client's user may not; grant it get and list")
                    .anyMatch(note -> note.startsWith("logs of " + POD + " are left out"));
        }
    }

    @Test
    void saysThatAnImageCannotBePulled() {
        deploy("""
                {"name":"web","image":"x","imageID":"","ready":false,"restartCount":0,
                 "state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image"}}}""", SPEC);
        event("new", "Failed", "no such manifest", "2026-01-01T00:00:02Z");
        event("old", "Pulling", "pulling", "2026-01-01T00:00:01Z");
        Finding pod = pod(applier.explain(List.of(WEB), soon()));
        assertThat(pod.hints())
                .containsExactly("the image registry.example.org/web:2 of container web cannot be pulled; check its"
                        + " name, and the right to pull it");
        assertThat(pod.events())
                .extracting(Explanation.Occurrence::toString)
                .containsExactly(
                        "event Warning Failed at 2026-01-01T00:00:02Z (3 times): no such manifest",
                        "event Warning Pulling at 2026-01-01T00:00:01Z (3 times): pulling");
    }

    @Test
    void followsAPodToItsClaim() {
        create(manifest("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data, namespace: default}
                spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}
                """));
        deploy(
                "{\"name\":\"web\",\"image\":\"x\",\"imageID\":\"\",\"ready\":false,\"restartCount\":0,"
                        + "\"state\":{\"waiting\":{\"reason\":\"ContainerCreating\"}}}",
                "{containers: [{name: web, image: x}],"
                        + " volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}");
        assertThat(pod(applier.explain(List.of(WEB), soon())).parts())
                .singleElement()
                .satisfies(claim -> assertThat(claim.ref().kind()).isEqualTo("PersistentVolumeClaim"));
    }

    @Test
    void saysWhatItMayNotRead() {
        deploy(CRASHING, SPEC);
        server.failNext(10, "GET", "/api/v1/namespaces/default/events", 403);
        Explanation explanation = applier.explain(List.of(WEB), soon());
        assertThat(explanation.notes())
                .contains("Event objects cannot be read: the client's user may not; grant it get and list");
        assertThat(pod(explanation).containers()).hasSize(1);
        assertThat(explanation.toString()).endsWith(")\n");
    }

    @Test
    void saysThatAnObjectIsNotThere() {
        assertThat(applier.explain(List.of(WEB), soon()).objects())
                .singleElement()
                .extracting(Finding::health)
                .extracting(Health::state)
                .isEqualTo(State.NOT_FOUND);
    }

    @Test
    void namesTheFinalizersThatHoldAnObject() {
        Manifest held = manifest(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: held, namespace: default, finalizers: [x.org/f]}}");
        create(held);
        client.configMaps().withName("held").delete();
        assertThat(applier.explain(List.of(held.ref()), soon()).hints())
                .singleElement()
                .asString()
                .endsWith("waits for who put its finalizers there: x.org/f");
    }

    @Test
    void sendsABoundedNumberOfRequests() {
        var many = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> deployment("web" + i, "web:1"))
                .toArray(Manifest[]::new);
        var changes = applier.apply(set(many), soon());
        server.forgetRequests();
        Explanation explanation = applier.explain(Inventory.of(changes).refs(), soon());
        assertThat(explanation.objects()).hasSize(10);
        assertThat(explanation.notes()).containsExactly("only the first 10 objects that are not healthy are explained");
        assertThat(server.requestCount()).isLessThan(81);
    }

    @Test
    void endsWithItsTime() {
        deploy(CRASHING, SPEC);
        Explanation explanation = applier.explain(List.of(WEB), Deadline.after(Duration.ZERO));
        assertThat(explanation.notes()).containsExactly("the time for this explanation is over");
    }

    @Test
    void saysNothingOfWhatIsHealthy() {
        var changes = applier.apply(set(Given.configMap("a", "x")), soon());
        assertThat(applier.explain(Inventory.of(changes).refs(), soon())).hasToString("");
    }
}
