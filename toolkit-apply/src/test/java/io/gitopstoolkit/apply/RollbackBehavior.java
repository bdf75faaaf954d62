package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CONFIGURED;
import static io.gitopstoolkit.api.Action.CREATED;
import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.namespace;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.HealthChecks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Deliveries that are kept when they are healthy, and returned to when a later one is not. */
abstract class RollbackBehavior extends ClusterBehavior {
    private static final RollbackPolicy RETURN = RollbackPolicy.toLastHealthy(Duration.ofSeconds(60));

    /** A ConfigMap of one of these colours has failed. */
    private final Set<String> unhealthyColors = new ConcurrentSkipListSet<>();

    private ManifestSet good = of("1.0.0");
    private ManifestSet bad = of("2.0.0");

    RollbackBehavior(KubernetesClient client) {
        super(client);
    }

    @BeforeEach
    void givenAHealthyDelivery() {
        unhealthyColors.clear();
        unhealthyColors.add("bad");
        applier = applier(client, RETURN);
        good = of("1.0.0", configMap(name("a"), "blue"), configMap(name("old"), "blue"), secret(name("s"), "hunter2"));
        bad = of("2.0.0", configMap(name("a"), "bad"), configMap(name("new"), "blue"), secret(name("s"), "swordfish"));
    }

    private static ManifestSet of(String revision, Manifest... manifests) {
        return ManifestSet.of(Revision.parse(revision), List.of(manifests));
    }

    private Applier applier(KubernetesClient on, RollbackPolicy policy) {
        return Applier.builder(on, owner)
                .pollInterval(Duration.ofMillis(20))
                .failFast()
                .rollback(policy)
                .healthCheck(object -> object.content().get("data") instanceof Map<?, ?> data
                                && unhealthyColors.contains(String.valueOf(data.get("color")))
                        ? Health.failed("has a bad color")
                        : HealthChecks.kstatus().check(object))
                .build();
    }

    private ApplyException failure(ManifestSet desired) {
        return catchThrowableOfType(ApplyException.class, () -> applier.deliver(desired, soon()));
    }

    private String color(String base) {
        ConfigMap map = client.configMaps().withName(name(base)).get();
        return map == null ? "absent" : String.valueOf(map.getData().get("color"));
    }

    private String password() {
        String encoded = client.secrets().withName(name("s")).get().getData().get("password");
        return new String(Base64.getDecoder().decode(encoded), java.nio.charset.StandardCharsets.UTF_8);
    }

    private List<Secret> kept() {
        return client.secrets()
                .withLabel("delivery.example.org/healthy", owner.name())
                .list()
                .getItems();
    }

    private void assertIsGood() {
        assertThat(List.of(color("a"), color("old"), color("new"), password()))
                .containsExactly("blue", "blue", "absent", "hunter2");
        assertThat(applier.inventory(soon()).refs())
                .containsExactly(ref("ConfigMap", "a"), ref("ConfigMap", "old"), ref("Secret", "s"));
    }

    @Nested
    class WhenADeliveryBecomesHealthy {
        @Test
        void keepsItsManifests() {
            assertThat(applier.lastHealthy(soon())).isEmpty();
            applier.deliver(good, soon());
            assertThat(applier.lastHealthy(soon())).contains(good);
            assertThat(applier.healthyRevisions(soon())).containsExactly(good.revision());
            assertThat(kept()).hasSize(1);
        }

        @Test
        void writesNothingAgainWhenNothingChanged() {
            applier.deliver(good, soon());
            String before = kept().get(0).getMetadata().getResourceVersion();
            var later = ManifestSet.of(Revision.parse("1.0.1"), good.manifests());
            applier.deliver(later, soon());
            assertThat(kept())
                    .singleElement()
                    .satisfies(secret -> assertThat(secret.getMetadata().getResourceVersion())
                            .isEqualTo(before));
        }

        @Test
        void keepsAsManyAsItIsToldAndReturnsToEach() {
            applier = applier(client, RETURN.withRevisions(2));
            for (String color : List.of("red", "green", "blue")) {
                applier.deliver(of(color, configMap(name("a"), color)), soon());
            }
            assertThat(applier.healthyRevisions(soon()))
                    .containsExactly(Revision.parse("blue"), Revision.parse("green"));
            var changes = applier.rollback(Revision.parse("green"), soon());
            assertThat(color("a")).isEqualTo("green");
            assertThat(changes.revision()).isEqualTo(Revision.parse("green"));
            assertThat(changes.only(CONFIGURED))
                    .singleElement()
                    .satisfies(change -> assertThat(change.message()).isEqualTo("rolled back to green"));
            assertThat(applier.healthyRevisions(soon()))
                    .containsExactly(Revision.parse("green"), Revision.parse("blue"));
            assertThat(catchThrowableOfType(ApplyException.class, () -> applier.rollback(Revision.parse("red"), soon()))
                            .why())
                    .isEqualTo(Reason.MISSING_ROLLBACK_TARGET);
        }

        @Test
        void keepsMoreThanOneObjectHolds() {
            var random = new Random(Long.getLong("test.seed", 1));
            var manifests = new ArrayList<Manifest>();
            for (int i = 0; i < 3; i++) {
                byte[] bytes = new byte[450 << 10];
                random.nextBytes(bytes);
                manifests.add(configMap(name("big-" + i), Base64.getEncoder().encodeToString(bytes)));
            }
            var big = of("big", manifests.toArray(Manifest[]::new));
            applier.deliver(big, soon());
            assertThat(kept()).hasSize(2);
            assertThat(applier.lastHealthy(soon())).contains(big);
            applier.deliver(of("small", configMap(name("a"), "blue"), configMap(name("big-0"), "x")), soon());
            assertThat(kept()).hasSize(1);
        }

        @Test
        void refusesWhatIsTooLargeToKeepBeforeItIsApplied() {
            applier = applier(client, RETURN.withMaxBytes(100));
            var failure = failure(good);
            assertThat(failure.why()).isEqualTo(Reason.INVALID_SET);
            assertThat(failure).hasMessageContaining("and at most 100 are kept; nothing was applied");
            assertThat(color("a")).isEqualTo("absent");
        }

        @Test
        void keepsNothingOfWhatIsUninstalled() {
            applier.deliver(good, soon());
            applier.uninstall(soon());
            assertThat(kept()).isEmpty();
        }

        @Test
        void keepsNothingWithoutAPolicy() {
            applier = applier(client, RollbackPolicy.none());
            assertThat(applier.deliver(good, soon()).changes()).hasSize(3);
            assertThat(kept()).isEmpty();
            assertThatThrownBy(() -> applier.rollback(soon())).hasMessageStartingWith("no healthy delivery is kept; ");
        }
    }

    @Nested
    class WhenADeliveryDoesNotBecomeHealthy {
        @Test
        void returnsToTheLastHealthyOne() {
            applier.deliver(good, soon());
            var failure = failure(bad);
            assertThat(failure.why()).isEqualTo(Reason.NOT_HEALTHY);
            assertThat(failure.unhealthy()).containsOnlyKeys(ref("ConfigMap", "a"));
            assertThat(failure).hasMessageEndingWith("; rolled back to 1.0.0");
            assertThat(actions(failure.partial())).containsEntry(ref("ConfigMap", "old"), DELETED);
            assertThat(failure.rolledBack()).hasValueSatisfying(back -> {
                assertThat(back.revision()).isEqualTo(good.revision());
                assertThat(actions(back)).containsEntry(ref("ConfigMap", "new"), DELETED);
                assertThat(back.changes())
                        .filteredOn(change -> change.isChanged())
                        .allMatch(change -> change.message().startsWith("rolled back to 1.0.0"));
            });
            assertIsGood();
            assertThat(applier.lastHealthy(soon())).contains(good);
            var text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            assertThat(text.toString() + failure.partial() + failure.rolledBack())
                    .doesNotContain("hunter2", "swordfish", "aHVudGVyMg", "c3dvcmRmaXNo");
        }

        @Test
        void leavesItWhereThePolicyOnlyKeeps() {
            applier = applier(client, RollbackPolicy.keep());
            applier.deliver(good, soon());
            var failure = failure(bad);
            assertThat(failure.rolledBack()).isEmpty();
            assertThat(color("a")).isEqualTo("bad");
            assertThat(actions(applier.rollback(soon()))).containsEntry(ref("ConfigMap", "new"), DELETED);
            assertIsGood();
        }

        @Test
        void saysThatThereIsNothingToReturnTo() {
            var failure = failure(bad);
            assertThat(failure).hasMessageEndingWith("; there is no healthy delivery to return to");
            assertThat(color("a")).isEqualTo("bad");
        }

        @Test
        void returnsFromADeliveryThatIsLeftHalfway() {
            applier.deliver(good, soon());
            var halfway = of("2.0.0", namespace(name("halfway")), configMap("not_a_name", "blue"));
            var failure = failure(halfway);
            assertThat(failure.why()).isEqualTo(Reason.INVALID_OBJECT);
            assertThat(failure).hasMessageEndingWith("; rolled back to 1.0.0");
            assertThat(failure.partial().only(CREATED)).hasSize(1);
            assertThat(failure.rolledBack())
                    .hasValueSatisfying(back -> assertThat(actions(back))
                            .containsEntry(new ObjectRef("", "Namespace", "", name("halfway")), DELETED));
            assertThat(failure(of("3.0.0", configMap("not_a_name", "blue"))).rolledBack())
                    .as("nothing was written")
                    .isEmpty();
        }

        @Test
        void doesNotReturnToWhatHasJustFailed() {
            applier.deliver(good, soon());
            unhealthyColors.add("blue");
            assertThat(failure(good).rolledBack()).isEmpty();
        }

        @Test
        void returnsOnceAndLeavesAReturnThatFails() {
            applier.deliver(good, soon());
            unhealthyColors.add("blue");
            assertThat(failure(bad)).hasMessageContaining("; could not return to 1.0.0: failed: ");
            assertThat(color("a")).isEqualTo("blue");
            unhealthyColors.remove("blue");
            assertThat(failure(bad)).hasMessageContaining("was cut short; rolled back to 1.0.0");
            assertIsGood();
            assertThat(failure(bad)).as("is tried again").hasMessageStartingWith("failed: ");
            unhealthyColors.clear();
            applier.deliver(bad, soon());
            assertThat(applier.lastHealthy(soon())).contains(bad);
        }

        @Test
        void deliversOtherManifestsInPlaceOfAReturnThatWasCutShort() {
            applier.deliver(good, soon());
            unhealthyColors.add("blue");
            assertThat(failure(bad)).hasMessageContaining("could not return");
            var fixed = of("3.0.0", configMap(name("a"), "green"), configMap(name("old"), "green"));
            applier.deliver(fixed, soon());
            assertThat(applier.lastHealthy(soon())).contains(fixed);
            assertThat(kept()).hasSize(1);
        }

        @Test
        void saysWhatIsWrongWithADamagedSnapshot() {
            applier.deliver(good, soon());
            client.secrets().withName(kept().get(0).getMetadata().getName()).edit(secret -> {
                secret.setData(Map.of("manifests.json.gz", "aGVsbG8="));
                return secret;
            });
            var failure = failure(bad);
            assertThat(failure).hasMessageContaining("is kept there is damaged: it cannot be read; delete it");
            assertThat(color("a")).isEqualTo("bad");
        }
    }

    @Nested
    class WhenTheProgramEnds {
        @Test
        void completesTheReturnWithTheNextRun() {
            long seed = Long.getLong("test.seed", 1);
            var random = new Random(seed);
            var tap = new Tap();
            applier.deliver(good, soon());
            int completed = 0;
            try (KubernetesClient tapped = tap.on(client)) {
                for (int run = 0; run < 25; run++) {
                    Applier crashing = applier(tapped, RETURN);
                    tap.crashAfter(random.nextInt(70));
                    try {
                        crashing.deliver(bad, soon());
                    } catch (Tap.Crash | ApplyException e) {
                        assertThat(applier.inventory(soon()).refs())
                                .as("inventory, seed %d, run %d", seed, run)
                                .containsAll(inTheCluster());
                    }
                    ApplyException failure = failure(bad);
                    completed += String.valueOf(failure.getMessage()).contains("was cut short") ? 1 : 0;
                    assertThat(failure).as("seed %d, run %d", seed, run).hasMessageEndingWith("rolled back to 1.0.0");
                    assertIsGood();
                    assertThat(kept()).hasSize(1);
                }
            }
            assertThat(completed)
                    .as("returns that were cut short, seed %d", seed)
                    .isPositive();
        }

        private List<ObjectRef> inTheCluster() {
            return client.configMaps().withLabels(owner.labels()).list().getItems().stream()
                    .map(map ->
                            new ObjectRef("", "ConfigMap", ns, map.getMetadata().getName()))
                    .filter(found -> !found.equals(owner.inventoryRef()))
                    .toList();
        }
    }
}
