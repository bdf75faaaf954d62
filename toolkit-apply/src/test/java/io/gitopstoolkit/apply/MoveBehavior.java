package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.DELETED;
import static io.gitopstoolkit.api.Action.SKIPPED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ManifestSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An object that moves from one owner to another. */
abstract class MoveBehavior extends ClusterBehavior {
    private Owner nextOwner = owner;
    private Applier next = applier;

    MoveBehavior(KubernetesClient client) {
        super(client);
    }

    @BeforeEach
    void givenTwoOwners() {
        nextOwner = new Owner("tester", "delivery.example.org", id + "-next", ns);
        next = Applier.builder(client, nextOwner).build();
        applier.apply(set(configMap(name("moves"), "blue"), configMap(name("stays"), "blue")), soon());
    }

    private ManifestSet less() {
        return set(configMap(name("stays"), "blue"));
    }

    private ManifestSet moved() {
        return set(configMap(name("moves"), "blue"));
    }

    private String uid() {
        return client.configMaps().withName(name("moves")).get().getMetadata().getUid();
    }

    private void endsWithTheNextOwner() {
        assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "stays"));
        assertThat(next.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "moves"));
        assertThat(client.configMaps()
                        .withName(name("moves"))
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(nextOwner.labels());
    }

    @Test
    void isNotDeletedWhereTheNextOwnerRunsFirst() {
        String uid = uid();
        next.apply(moved(), soon());
        assertThat(applier.apply(less(), soon()).only(SKIPPED))
                .extracting(Change::message)
                .first()
                .asString()
                .contains("no longer carries the labels");
        assertThat(uid()).isEqualTo(uid);
        endsWithTheNextOwner();
    }

    @Test
    void isThereAgainWhereTheFormerOwnerRunsFirst() {
        applier.apply(less(), soon());
        next.apply(moved(), soon());
        endsWithTheNextOwner();
    }

    @Test
    void isNotDeletedWhileTheNextOwnerIsAboutToApplyIt() {
        String uid = uid();
        var crashing = new Tap();
        try (KubernetesClient tapped = crashing.on(client)) {
            var dying = Applier.builder(tapped, nextOwner).build();
            dying.inventory(soon());
            dying.health(java.util.List.of(ref("ConfigMap", "moves")), soon());
            crashing.crashAfter(2); // the inventory is read and written
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> dying.apply(moved(), soon())))
                    .isInstanceOf(Tap.Crash.class);
        }
        assertThat(next.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "moves"));
        assertThat(applier.apply(less(), soon()).only(SKIPPED))
                .extracting(Change::message)
                .first()
                .asString()
                .contains("the inventory of " + id + "-next in " + ns + " holds it as well");
        assertThat(applier.inventory(soon()).refs()).as("until it has moved").hasSize(2);
        next.apply(moved(), soon());
        assertThat(applier.apply(less(), soon()).only(DELETED)).isEmpty();
        assertThat(uid()).isEqualTo(uid);
        endsWithTheNextOwner();
    }

    @Test
    void isNotDeletedWhereBothHaveItAndTheFormerAppliedItLast() {
        String uid = uid();
        next.apply(moved(), soon());
        applier.apply(set(configMap(name("moves"), "blue"), configMap(name("stays"), "blue")), soon());
        assertThat(applier.apply(less(), soon()).only(DELETED)).isEmpty();
        assertThat(uid()).isEqualTo(uid);
        next.apply(moved(), soon());
        applier.apply(less(), soon());
        assertThat(uid()).isEqualTo(uid);
        endsWithTheNextOwner();
    }

    @Test
    void isDeletedInTheEndWhereBothGiveItUp() {
        next.apply(set(configMap(name("moves"), "blue"), configMap(name("other"), "blue")), soon());
        applier.apply(set(configMap(name("moves"), "blue"), configMap(name("stays"), "blue")), soon());
        applier.apply(less(), soon());
        next.apply(set(configMap(name("other"), "blue")), soon());
        applier.apply(less(), soon());
        assertThat(client.configMaps().withName(name("moves")).get()).isNull();
        assertThat(applier.inventory(soon()).refs()).containsExactly(ref("ConfigMap", "stays"));
        next.uninstall(soon());
    }

    /** The other delivery runs whole between the look at the object and its deletion. */
    @Test
    void isNotDeletedWhereItMovesAtTheInstantOfItsDeletion() {
        String uid = uid();
        var moves = new AtomicBoolean(true);
        var before = new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                if (request.method().equals("DELETE") && moves.getAndSet(false)) {
                    next.apply(moved(), soon());
                }
            }
        };
        try (KubernetesClient racing = new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("race", before))
                .build()) {
            assertThat(Applier.builder(racing, owner)
                            .build()
                            .apply(less(), soon())
                            .only(SKIPPED))
                    .hasSize(1);
        }
        assertThat(moves).isFalse();
        assertThat(uid()).isEqualTo(uid);
        endsWithTheNextOwner();
    }
}
