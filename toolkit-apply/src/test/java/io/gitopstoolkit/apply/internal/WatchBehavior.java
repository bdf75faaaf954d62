package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.Manifest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Watching through a relay, on whatever serves the Kubernetes API. */
abstract class WatchBehavior {
    private static final Kind CONFIG_MAP = new Kind("v1", "ConfigMap", "configmaps", true);
    private static final AtomicInteger COUNT = new AtomicInteger();

    final KubernetesClient client;
    final Relay relay;
    final Heard heard = new Heard();
    private final KubernetesClient relayed;
    private final String ns;
    private final Pace pace = new Pace(
            Duration.ofMillis(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(150),
            Duration.ofMinutes(30),
            new Random(Long.getLong("test.seed", 1)));
    private String label = "";
    private Watch watch;

    WatchBehavior(KubernetesClient client) {
        this.client = client;
        this.ns = client.getNamespace();
        this.relay = new Relay(URI.create(client.getMasterUrl().toString()));
        this.relayed = relayed(false);
        this.watch = Watch.start(api(), Selection.of(CONFIG_MAP, ns).named("none"), pace, Runnable::run, heard);
    }

    private KubernetesClient relayed(boolean withoutHttp2) {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withMasterUrl(client.getMasterUrl().getProtocol() + "://127.0.0.1:" + relay.port())
                .withHttp2Disable(withoutHttp2)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Forgets changes, so that the next connection of the watch is answered with 410. */
    abstract void expire();

    private Api api() {
        return new Api(relayed, Duration.ofSeconds(20));
    }

    @BeforeEach
    void newLabel() {
        label = "w" + COUNT.incrementAndGet();
        watch.close();
        heard.forget();
    }

    @AfterEach
    void close() {
        watch.close();
        relayed.close();
        relay.close();
    }

    private Selection selection() {
        return Selection.of(CONFIG_MAP, ns).labelled(Map.of("watch", label));
    }

    private void watch(Selection selection, Pace when, Executor executor) {
        watch = Watch.start(api(), selection, when, executor, heard);
    }

    private void watch() {
        watch(selection(), pace, Runnable::run);
        heard.await("synced");
    }

    private String name(String base) {
        return base + '-' + label;
    }

    private void put(String name, String color) {
        ConfigMap object = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name(name))
                .addToLabels("watch", label)
                .endMetadata()
                .addToData("color", color)
                .build();
        client.resource(object).serverSideApply();
    }

    private void delete(String name) {
        client.configMaps().withName(name(name)).delete();
    }

    private static String color(Manifest object) {
        return object.ref().name().replaceAll("-.*", "") + '=' + Tree.text(object.content(), "", "data", "color");
    }

    /** The state of one config map as the watch told it. */
    private String seen(String name) {
        return heard.objects().values().stream()
                .map(WatchBehavior::color)
                .filter(text -> text.startsWith(name + '='))
                .findFirst()
                .orElse(name + " is gone");
    }

    private void awaitSeen(String name, String state) {
        heard.await(() -> seen(name).equals(state), () -> seen(name));
    }

    @Nested
    class WhileAllIsWell {
        @Test
        void tellsWhatIsThereThenWhatHappens() {
            put("a", "blue");
            watch();
            assertThat(seen("a")).isEqualTo("a=blue");
            put("b", "green");
            awaitSeen("b", "b=green");
            put("a", "red");
            awaitSeen("a", "a=red");
            delete("b");
            awaitSeen("b", "b is gone");
            assertThat(watch.isLive()).isTrue();
            assertThat(heard.news()).containsExactly("synced");
        }

        @Test
        void listsByPages() {
            int more = 120;
            IntStream.range(0, more).forEach(i -> put("n" + i, "blue"));
            watch();
            assertThat(heard.objects()).hasSize(more);
        }

        @Test
        void hearsOnlyOfWhatTheSelectorsChoose() {
            put("a", "blue");
            put("b", "blue");
            watch(selection().named(name("a")), pace, Runnable::run);
            heard.await("synced");
            put("b", "red");
            put("a", "red");
            awaitSeen("a", "a=red");
            assertThat(heard.objects()).hasSize(1);
        }

        @Test
        void tellsThatAnObjectHasLeftTheSelection() {
            put("a", "blue");
            watch();
            client.configMaps()
                    .withName(name("a"))
                    .edit(object -> new ConfigMapBuilder(object)
                            .editMetadata()
                            .removeFromLabels("watch")
                            .endMetadata()
                            .build());
            awaitSeen("a", "a is gone");
        }

        @Test
        void takesMetadataAlone() {
            put("a", "blue");
            watch(selection().ofMetadata(), pace, Runnable::run);
            heard.await("synced");
            put("b", "blue");
            awaitSeen("b", "b=");
            assertThat(heard.objects().values()).hasSize(2).allSatisfy(object -> {
                assertThat(object.kind()).isEqualTo("ConfigMap");
                assertThat(object.content()).containsOnlyKeys("apiVersion", "kind", "metadata");
                assertThat(Tree.maps(object.content(), "metadata", "managedFields"))
                        .isNotEmpty();
            });
        }

        @Test
        void tellsNothingAfterItWasClosed() {
            watch();
            watch.close();
            watch.close();
            put("a", "blue");
            var later = new Heard();
            try (var other = Watch.start(api(), selection(), pace, Runnable::run, later)) {
                later.await("synced");
                assertThat(other.isLive()).isTrue();
            }
            assertThat(heard.objects()).isEmpty();
            assertThat(watch.isLive()).isFalse();
        }
    }

    @Nested
    class WhenTheConnectionBreaks {
        @Test
        void goesOnWhereItWas() {
            put("a", "blue");
            put("b", "blue");
            watch();
            heard.forget();
            relay.refuse(true);
            heard.await("lost");
            put("a", "red");
            delete("b");
            relay.refuse(false);
            awaitSeen("a", "a=red");
            heard.await("synced");
            heard.await(() -> heard.deleted().contains(name("b")), heard::toString);
            assertThat(heard.changes()).as("nothing twice").containsExactly(name("a"));
        }

        @Test
        void goesOnAgainAndAgain() {
            watch();
            for (int i = 0; i < 10; i++) {
                relay.drop();
                put("a", "color" + i);
                awaitSeen("a", "a=color" + i);
            }
        }

        @Test
        void noticesThatNothingComesAnyMore() {
            // Over HTTP/2 the JDK's client keeps to a dead connection until TCP gives it up.
            try (var http1 = relayed(true)) {
                var api = new Api(http1, Duration.ofSeconds(4));
                watch = Watch.start(api, selection(), hasty(), Runnable::run, heard);
                heard.await("synced");
                relay.mute();
                put("a", "blue");
                awaitSeen("a", "a=blue");
                assertThat(heard.news()).contains("lost");
            }
        }

        private Pace hasty() {
            return new Pace(pace.first(), pace.longest(), Duration.ofSeconds(2), Duration.ofSeconds(6), pace.random());
        }

        @Test
        void goesOnWhenTheServerEndsTheConnectionInGoodOrder() {
            var brief = new Pace(pace.first(), pace.longest(), pace.silence(), Duration.ofSeconds(1), pace.random());
            watch(selection(), brief, Runnable::run);
            for (int i = 0; i < 4; i++) {
                put("a", "color" + i);
                awaitSeen("a", "a=color" + i);
                heard.forgetNews();
                heard.await("synced");
            }
            assertThat(heard.news()).doesNotContain("lost");
        }
    }

    @Nested
    class WhenItsVersionIsExpired {
        @Test
        void tellsWhatTheGapHasHidden() {
            put("a", "blue");
            put("b", "blue");
            put("c", "blue");
            watch();
            heard.forget();
            relay.refuse(true);
            heard.await("lost");
            put("a", "red");
            delete("b");
            put("d", "blue");
            expire();
            relay.refuse(false);
            awaitSeen("d", "d=blue");
            heard.await("synced");
            assertThat(heard.changes()).containsExactlyInAnyOrder(name("a"), name("d"));
            assertThat(heard.deleted()).containsExactly(name("b"));
            put("c", "red");
            awaitSeen("c", "c=red");
        }
    }

    @Nested
    class WhenItsListenerIsSlow {
        @Test
        void tellsTheLastOfManyChanges() {
            var tasks = new ConcurrentLinkedQueue<Runnable>();
            watch(selection(), pace, tasks::add);
            IntStream.range(0, 20).forEach(i -> put("a", "color" + i));
            put("b", "blue");
            var end = new Heard();
            try (var other = Watch.start(api(), selection().named(name("b")), pace, Runnable::run, end)) {
                end.await("synced");
                assertThat(other.isLive()).isTrue();
            }
            while (!seen("b").equals("b=blue") || !seen("a").equals("a=color19")) {
                heard.pause();
                tasks.forEach(task -> {
                    tasks.remove(task);
                    task.run();
                });
            }
            assertThat(heard.changes().size()).isLessThan(20);
        }
    }

    @Nested
    class WhenItCannotBe {
        @Test
        void endsForAKindThatIsNotServed() {
            watch(Selection.of(new Kind("example.org/v1", "Nothing", "nothings", true), ns), pace, Runnable::run);
            heard.await("failed 404");
            assertThat(watch.isLive()).isFalse();
        }
    }
}
