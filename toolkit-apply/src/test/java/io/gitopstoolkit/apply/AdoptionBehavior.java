package io.gitopstoolkit.apply;

import static io.gitopstoolkit.api.Action.CONFIGURED;
import static io.gitopstoolkit.api.Action.UNCHANGED;
import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.set;
import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.apply.internal.Api;
import io.gitopstoolkit.apply.internal.Api.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of the fields and metadata that other tools left on an object. */
abstract class AdoptionBehavior extends ClusterBehavior {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Api api;

    AdoptionBehavior(KubernetesClient client) {
        super(client);
        this.api = new Api(client, Duration.ofSeconds(30));
    }

    private String path(String suffix) {
        return "/api/v1/namespaces/" + ns + "/configmaps" + suffix;
    }

    private void send(Request request) {
        api.send(request, Deadline.after(Duration.ofSeconds(30)));
    }

    private void createdBy(String manager, String annotations) {
        send(Request.of(
                "POST",
                path("?fieldManager=" + manager),
                manifest("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {%s}}
                data: {color: blue, size: big}
                """, name("a"), annotations).content()));
    }

    private void appliedBy(String manager, String data) {
        send(Request.apply(
                path("/" + name("a") + "?force=true&fieldManager=" + manager),
                manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {%s}}", name("a"), data)
                        .content()));
    }

    private void mergedBy(String manager, Map<String, ?> body) {
        send(Request.mergePatch(path("/" + name("a") + "?fieldManager=" + manager), body));
    }

    private ConfigMap object() {
        return client.configMaps().withName(name("a")).require();
    }

    private Map<String, String> managers() {
        var managers = new LinkedHashMap<String, String>();
        for (ManagedFieldsEntry entry : object().getMetadata().getManagedFields()) {
            managers.put(entry.getManager(), entry.getOperation());
        }
        return managers;
    }

    private @Nullable String deliver() {
        var changes = applier.apply(set(configMap(name("a"), "blue")), soon());
        assertThat(applier.apply(set(configMap(name("a"), "blue")), soon()).only(UNCHANGED))
                .as("the next delivery")
                .hasSize(1);
        var other = Applier.builder(client, owner).build();
        assertThat(other.apply(set(configMap(name("a"), "blue")), soon()).only(UNCHANGED))
                .as("that of another process")
                .hasSize(1);
        return changes.only(CONFIGURED).stream()
                .map(Change::message)
                .findFirst()
                .orElse(null);
    }

    @Nested
    class OfKubectl {
        @Test
        void removesWhatItAppliedAndTheManifestDoesNotHave() {
            createdBy("kubectl-client-side-apply", "'" + LAST_APPLIED + "': '{}', note: kept");
            assertThat(deliver())
                    .isEqualTo("takes over the fields of kubectl-client-side-apply; removes " + LAST_APPLIED);
            assertThat(object().getData()).containsOnlyKeys("color");
            assertThat(object().getMetadata().getAnnotations()).isNullOrEmpty();
            assertThat(managers()).containsOnly(Map.entry("tester", "Apply"));
        }

        @Test
        void removesWhatWasAppliedServerSide() {
            appliedBy("kubectl", "size: big");
            assertThat(deliver()).isEqualTo("takes over the fields of kubectl");
            assertThat(object().getData()).containsOnlyKeys("color");
            assertThat(managers()).containsOnly(Map.entry("tester", "Apply"));
        }

        @Test
        void undoesAnEditOfAnObjectOfOurs() {
            applier.apply(set(configMap(name("a"), "blue")), soon());
            mergedBy("kubectl-edit", Map.of("data", Map.of("color", "red", "size", "big")));
            assertThat(applier.diff(set(configMap(name("a"), "blue")), soon()).isChanged())
                    .isTrue();
            assertThat(deliver()).isEqualTo("takes over the fields of kubectl-edit");
            assertThat(object().getData()).containsExactly(Map.entry("color", "blue"));
        }

        @Test
        void leavesAllThatIsToBeMerged() {
            createdBy("kubectl-client-side-apply", "'" + LAST_APPLIED + "': '{}'");
            var merging = manifest("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %s, annotations: {kustomize.toolkit.fluxcd.io/ssa: merge}}
                    data: {color: blue}
                    """, name("a"));
            applier.apply(set(merging), soon());
            assertThat(applier.apply(set(merging), soon()).only(UNCHANGED)).hasSize(1);
            assertThat(object().getData()).containsOnlyKeys("color", "size");
            assertThat(object().getMetadata().getAnnotations()).containsKey(LAST_APPLIED);
            assertThat(managers()).containsKeys("tester", "kubectl-client-side-apply");
        }

        @Test
        void doesSoWithoutValidation() {
            createdBy("kubectl-create", "");
            applier = Applier.builder(client, owner).withoutValidation().build();
            deliver();
            assertThat(object().getData()).containsOnlyKeys("color");
            assertThat(managers()).containsOnly(Map.entry("tester", "Apply"));
        }
    }

    @Nested
    class OfOthers {
        @Test
        void takesOverWhatWasThereBeforeAnybodyApplied() {
            createdBy("anybody", "");
            mergedBy("anybody", Map.of("metadata", Map.of("managedFields", java.util.List.of(Map.of()))));
            appliedBy("someone", "shape: round");
            assertThat(managers()).containsKey("before-first-apply");
            assertThat(deliver()).isEqualTo("takes over the fields of before-first-apply");
            assertThat(object().getData()).containsOnlyKeys("color", "shape");
        }

        @Test
        void takesOverWhatTheOwnManagerHoldsByUpdate() {
            createdBy("tester", "");
            assertThat(deliver()).isEqualTo("takes over the fields of tester");
            assertThat(object().getData()).containsOnlyKeys("color");
        }

        @Test
        void leavesTheFieldsOfAManagerThatIsNotNamed() {
            createdBy("helm", "");
            deliver();
            assertThat(object().getData()).containsOnlyKeys("color", "size");
            assertThat(managers()).containsKeys("tester", "helm");
        }

        @Test
        void takesOverThoseOfAManagerThatIsNamed() {
            createdBy("helm", "");
            appliedBy("argocd-controller", "shape: round");
            applier =
                    Applier.builder(client, owner).adoptFrom("helm", "argocd-*").build();
            var changes = applier.apply(set(configMap(name("a"), "blue")), soon());
            assertThat(changes.only(CONFIGURED))
                    .extracting(Change::message)
                    .first()
                    .asString()
                    .contains("helm")
                    .contains("argocd-controller");
            assertThat(object().getData()).containsOnlyKeys("color");
            assertThat(managers()).containsOnly(Map.entry("tester", "Apply"));
        }

        @Test
        void refusesANameThatStandsForAll() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Applier.builder(client, owner).adoptFrom("*"));
        }

        @Test
        void triesAgainWhereTheObjectIsWrittenMeanwhile() {
            createdBy("kubectl-create", "");
            var writes = new AtomicInteger();
            var meddling = new Interceptor() {
                @Override
                public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                    String address = request.uri().toString();
                    boolean patch = request.method().equals("PATCH")
                            && address.contains(name("a"))
                            && !address.contains("force=true");
                    if (patch && writes.getAndIncrement() == 0) {
                        mergedBy("somebody", Map.of("data", Map.of("added", "yes")));
                    }
                }
            };
            try (KubernetesClient meddled = new KubernetesClientBuilder()
                    .withConfig(client.getConfiguration())
                    .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("meddling", meddling))
                    .build()) {
                var changes = Applier.builder(meddled, owner).build().apply(set(configMap(name("a"), "blue")), soon());
                assertThat(changes.only(CONFIGURED)).hasSize(1);
            }
            assertThat(writes.get()).as("one was refused").isEqualTo(2);
            assertThat(object().getData()).containsOnlyKeys("color", "added");
            assertThat(managers()).containsKeys("tester", "somebody").doesNotContainKey("kubectl-create");
        }
    }
}
