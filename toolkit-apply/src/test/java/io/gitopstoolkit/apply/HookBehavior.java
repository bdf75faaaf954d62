package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.SKIPPED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.HealthCheck;
import io.gitopstoolkit.apply.health.HealthChecks;
import io.gitopstoolkit.apply.internal.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Hooks. ConfigMaps stand for all that has health. */
abstract class HookBehavior extends ClusterBehavior {
    static final String WAVE = "argocd.argoproj.io/sync-wave";
    static final String HOOK = "argocd.argoproj.io/hook";
    static final String REMOVAL = "argocd.argoproj.io/hook-delete-policy";

    HookBehavior(KubernetesClient client) {
        super(client);
    }

    /** A ConfigMap that is as healthy as its data says. */
    Manifest thing(String base, String health, Map<String, String> annotations) {
        var texts = new ArrayList<String>();
        annotations.forEach((key, value) -> texts.add("'" + key + "': '" + value + "'"));
        return manifest("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {%s}}
                data: {health: %s}
                """, name(base), String.join(", ", texts), health);
    }

    Manifest good(String base, String... annotations) {
        return thing(base, "good", annotations.length == 0 ? Map.of() : Map.of(annotations[0], annotations[1]));
    }

    Manifest hook(String base, String phase, String removal) {
        return thing(base, "good", Map.of(HOOK, phase, REMOVAL, removal));
    }

    static HealthCheck byData() {
        return HealthChecks.kstatus()
                .except("", "ConfigMap", live -> switch (Tree.text(live.content(), "", "data", "health")) {
                    case "bad" -> Health.failed("it is bad");
                    case "slow" -> Health.inProgress("it is slow");
                    default -> Health.current("");
                });
    }

    ApplierBuilder builder() {
        return Applier.builder(client, owner).healthCheck(byData()).pollInterval(Duration.ofMillis(50));
    }

    ChangeSet apply(Manifest... manifests) {
        return builder().build().apply(set(manifests), soon());
    }

    ApplyException failure(ApplierBuilder how, ManifestSet desired) {
        return catchThrowableOfType(ApplyException.class, () -> how.build().apply(desired, soon()));
    }

    ApplyException failure(Manifest... manifests) {
        return failure(builder(), set(manifests));
    }

    List<String> told(ChangeSet changes, Action action) {
        return changes.only(action).stream()
                .map(change -> change.ref().name().replace("-" + id, ""))
                .toList();
    }

    String uid(String base) {
        var map = client.configMaps().withName(name(base)).get();
        return map == null ? "" : map.getMetadata().getUid();
    }

    ObjectRef thing(String base) {
        return ref("ConfigMap", base);
    }

    @Nested
    class WithHooks {
        @Test
        void runsThemBeforeAndAfterTheRest() {
            var changes = apply(hook("z", "PreSync", ""), good("m"), hook("a", "PostSync", ""), hook("b", "Sync", ""));
            assertThat(told(changes, CREATED)).containsExactly("z", "b", "m", "a");
        }

        @Test
        void deletesThoseThatSucceededWhereTheyAskForIt() {
            var changes = apply(hook("pre", "PreSync", "HookSucceeded"), good("a"));
            assertThat(told(changes, DELETED)).containsExactly("pre");
            assertThat(uid("pre")).isEmpty();
            assertThat(applier.inventory(soon()).refs()).containsExactly(thing("a"));
            assertThat(Inventory.of(changes).refs()).containsExactly(thing("a"));
        }

        @Test
        void keepsThoseThatDoNotAndPrunesThemWhenTheyLeaveTheSet() {
            apply(hook("pre", "PreSync", ""), good("a"), good("b"));
            assertThat(applier.inventory(soon()).refs()).contains(thing("pre"));
            assertThat(told(apply(good("a"), good("b")), DELETED)).containsExactly("pre");
        }

        @Test
        void doesNotRunThemAgainForTheSameContent() {
            apply(hook("pre", "PreSync", ""), hook("gone", "PostSync", "HookSucceeded"), good("a"));
            String before = uid("pre");
            var again = apply(hook("pre", "PreSync", ""), hook("gone", "PostSync", "HookSucceeded"), good("a"));
            assertThat(told(again, SKIPPED)).containsExactlyInAnyOrder("pre", "gone");
            assertThat(told(again, UNCHANGED)).containsExactly("a");
            assertThat(uid("pre")).isEqualTo(before);
            assertThat(uid("gone")).isEmpty();
            assertThat(applier.inventory(soon()).refs()).containsExactly(thing("a"), thing("pre"));
        }

        @Test
        void makesThemAnewWhenTheContentChanged() {
            apply(hook("pre", "PreSync", ""), good("a"));
            String before = uid("pre");
            apply(hook("pre", "PreSync", ""), good("a"), good("b"));
            assertThat(uid("pre")).isNotEmpty().isNotEqualTo(before);
        }

        @Test
        void endsWhenOneFailsAndAppliesNothingAfterIt() {
            var failure = failure(thing("pre", "bad", Map.of(HOOK, "PreSync")), good("a"));
            assertThat(failure).hasMessageContaining(thing("pre") + ": Failed (it is bad)");
            assertThat(uid("a")).isEmpty();
            assertThat(uid("pre")).isNotEmpty();
            assertThat(applier.inventory(soon()).refs()).contains(thing("pre"));
        }

        @Test
        void runsThemAgainAfterADeliveryThatFailed() {
            failure(thing("pre", "bad", Map.of(HOOK, "PreSync")), good("a"));
            String before = uid("pre");
            failure(thing("pre", "bad", Map.of(HOOK, "PreSync")), good("a"));
            assertThat(uid("pre")).isNotEmpty().isNotEqualTo(before);
        }

        @Test
        void deletesThoseThatFailedWhereTheyAskForIt() {
            var failure = failure(thing("pre", "bad", Map.of(HOOK, "PreSync", REMOVAL, "HookFailed")), good("a"));
            assertThat(told(failure.partial(), DELETED)).containsExactly("pre");
            assertThat(uid("pre")).isEmpty();
        }

        @Test
        void runsThoseForAFailureWhenItFails() {
            var failure = failure(
                    hook("rescue", "SyncFail", "HookSucceeded"), thing("a", "bad", Map.of()), good("b", WAVE, "1"));
            assertThat(told(failure.partial(), CREATED)).containsExactly("a", "rescue");
            assertThat(told(failure.partial(), DELETED)).containsExactly("rescue");
            assertThat(told(apply(hook("rescue", "SyncFail", ""), good("a")), CREATED))
                    .isEmpty();
        }

        @Test
        void runsOneInSeveralPhases() {
            var changes = apply(hook("twice", "PreSync,PostSync", "BeforeHookCreation"), good("a"));
            assertThat(told(changes, CREATED)).containsExactly("twice", "a", "twice");
        }

        @Test
        void runsThemInWaves() {
            var one = thing("one", "good", Map.of(HOOK, "PreSync", WAVE, "2"));
            var two = thing("two", "good", Map.of(HOOK, "PreSync", WAVE, "1"));
            assertThat(told(apply(one, two), CREATED)).containsExactly("two", "one");
        }

        @Test
        void understandsThoseOfHelm() {
            var pre = thing("z", "good", Map.of("helm.sh/hook", "pre-upgrade,pre-install", "helm.sh/hook-weight", "1"));
            var sooner = thing(
                    "y",
                    "good",
                    Map.of(
                            "helm.sh/hook",
                            "pre-install",
                            "helm.sh/hook-weight",
                            "-1",
                            "helm.sh/hook-delete-policy",
                            "hook-succeeded"));
            var changes = apply(pre, sooner, good("a"), good("t", "helm.sh/hook", "test"));
            assertThat(told(changes, CREATED)).containsExactly("y", "z", "a");
            assertThat(told(changes, DELETED)).containsExactly("y");
            assertThat(told(changes, SKIPPED)).containsExactly("t");
        }

        @Test
        void appliesNothingThatIsToBeSkipped() {
            apply(good("a"), good("b"));
            var changes = apply(good("a"), good("b", HOOK, "Skip"));
            assertThat(told(changes, SKIPPED)).containsExactly("b");
            assertThat(uid("b")).isNotEmpty();
            assertThat(applier.inventory(soon()).refs()).contains(thing("b"));
        }

        @Test
        void refusesAHookThatNobodyKnows() {
            assertThat(failure(good("a", HOOK, "BeforeLunch"))).hasMessageContaining("BeforeLunch");
        }

        @Test
        void refusesToReplaceAnObjectOfAnother() {
            client.resource(configMapOfAnother()).create();
            var failure = failure(hook("pre", "PreSync", ""), good("a"));
            assertThat(failure.why()).isEqualTo(Reason.CONFLICT);
            assertThat(failure).hasMessageContaining("does not carry the labels");
            assertThat(client.configMaps().withName(name("pre")).get().getData())
                    .containsEntry("color", "red");
        }

        private io.fabric8.kubernetes.api.model.ConfigMap configMapOfAnother() {
            return new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(name("pre"))
                    .endMetadata()
                    .addToData("color", "red")
                    .build();
        }

        @Test
        void losesNoneAtACrash() {
            var tap = new Tap();
            ManifestSet desired = set(hook("pre", "PreSync", "HookSucceeded"), good("a"));
            try (var tapped = tap.on(client)) {
                for (int requests = 1; !crashes(tapped, tap, requests, desired); requests++) {
                    var left = client.configMaps().withLabels(owner.labels()).list().getItems().stream()
                            .map(map -> map.getMetadata().getName())
                            .filter(name -> name.endsWith(id))
                            .toList();
                    assertThat(applier.inventory(soon()).refs())
                            .extracting(ObjectRef::name)
                            .as("after %s requests", requests)
                            .containsAll(left.stream()
                                    .filter(n -> !n.startsWith("inventory"))
                                    .toList());
                }
            }
            assertThat(uid("pre")).isEmpty();
            assertThat(applier.inventory(soon()).refs()).containsExactly(thing("a"));
        }

        /** Whether the delivery comes to its end within so many requests. */
        private boolean crashes(KubernetesClient tapped, Tap tap, int requests, ManifestSet desired) {
            tap.crashAfter(requests);
            try {
                Applier.builder(tapped, owner).healthCheck(byData()).build().apply(desired, soon());
                return true;
            } catch (Tap.Crash e) {
                return false;
            } finally {
                tap.crashAfter(Integer.MAX_VALUE);
            }
        }

        @Test
        void plansThemWithoutALook() {
            var desired = set(hook("pre", "PreSync", ""), good("a"));
            Applier applier = builder().build();
            var plan = applier.diff(desired, soon());
            assertThat(told(plan.changes(), CREATED)).containsExactlyInAnyOrder("pre", "a");
            applier.apply(plan, desired, soon());
            assertThat(applier.diff(desired, soon()).isChanged()).isFalse();
            var other = set(hook("pre", "PreSync", ""), good("a"), good("b"));
            var next = applier.diff(other, soon());
            assertThat(told(next.changes(), CREATED)).containsExactlyInAnyOrder("pre", "b");
            applier.apply(next, other, soon());
            assertThat(uid("b")).isNotEmpty();
        }

        @Test
        void waitsForAPodToEnd() {
            var pod = manifest("""
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: %s, annotations: {'%s': PreSync}}
                    spec: {restartPolicy: Never, containers: [{name: main, image: 'run:1'}]}
                    """, name("pod"), HOOK);
            var phases = new ArrayList<>(List.of("Running", "Succeeded"));
            var heard = new ArrayList<String>();
            builder()
                    .listener(new ApplyListener() {
                        @Override
                        public void onChange(Change change) {
                            heard.add(change.ref().kind());
                            advance();
                        }

                        @Override
                        public void onHealth(ObjectRef ref, Health health) {
                            heard.add(health.state().toString());
                            advance();
                        }

                        private void advance() {
                            if (!phases.isEmpty()) {
                                String phase = phases.remove(0);
                                client.pods().withName(name("pod")).editStatus(live -> {
                                    live.setStatus(new io.fabric8.kubernetes.api.model.PodStatusBuilder()
                                            .withPhase(phase)
                                            .addNewCondition()
                                            .withType("Ready")
                                            .withStatus("True")
                                            .endCondition()
                                            .build());
                                    return live;
                                });
                            }
                        }
                    })
                    .build()
                    .apply(set(pod, good("a")), soon());
            assertThat(heard).containsExactly("Pod", "InProgress", "Current", "ConfigMap");
        }
    }
}
