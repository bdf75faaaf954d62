package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.gitopstoolkit.api.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What goes wrong on request, and what the record says of it. */
@EmbeddedKubeApi
class DisturbanceTest {
    private static final RequestPattern MAPS = RequestPattern.any().resource("", "configmaps");

    private static ConfigMap configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build();
    }

    private static HttpResponse<String> get(EmbeddedKubernetes kubernetes, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create(kubernetes.url() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void recordsRequestsInKubernetesWords(EmbeddedKubernetes kubernetes) {
        KubernetesClient client = kubernetes.client();
        client.resource(configMap("a")).serverSideApply();
        client.configMaps().inAnyNamespace().list();

        assertThat(kubernetes.requestCount(RequestPattern.writes())).isEqualTo(1);
        RecordedRequest write = kubernetes.recordedRequests().stream()
                .filter(RecordedRequest::isWrite)
                .findFirst()
                .orElseThrow();
        assertThat(write.verb()).isEqualTo("patch");
        assertThat(List.of(write.resource(), write.namespace(), write.name()))
                .containsExactly("configmaps", "default", "a");
        assertThat(write.status()).isEqualTo(201);
        assertThat(write.query()).containsEntry("fieldManager", List.of("fabric8"));
        kubernetes.forgetRequests();
        client.configMaps().inAnyNamespace().list();
        assertThat(kubernetes.requestCount(RequestPattern.writes())).isZero();
        assertThat(kubernetes.requestCount(MAPS.verb("list"))).isEqualTo(1);
    }

    @Test
    void failsUntilItIsStopped(EmbeddedKubernetes kubernetes) throws Exception {
        try (var fault = kubernetes.inject(MAPS, Fault.status(504))) {
            assertThat(get(kubernetes, "/api/v1/configmaps").statusCode()).isEqualTo(504);
            assertThat(get(kubernetes, "/api/v1/configmaps").statusCode()).isEqualTo(504);
            assertThat(get(kubernetes, "/api/v1/secrets").statusCode()).isEqualTo(200);
            assertThat(fault.count()).isEqualTo(2);
        }
        assertThat(get(kubernetes, "/api/v1/configmaps").statusCode()).isEqualTo(200);
    }

    @Test
    void failsByTheSameChanceEachTime(EmbeddedKubernetes kubernetes) throws Exception {
        var runs = new ArrayList<List<Integer>>();
        for (int run = 0; run < 2; run++) {
            var statuses = new ArrayList<Integer>();
            try (var fault = kubernetes.inject(MAPS, Fault.status(500), 0.5, 7)) {
                for (int i = 0; i < 12; i++) {
                    statuses.add(get(kubernetes, "/api/v1/configmaps").statusCode());
                }
                assertThat(fault.count()).isBetween(1L, 11L);
            }
            runs.add(statuses);
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(200, 500);
    }

    @Test
    void asksToWait(EmbeddedKubernetes kubernetes) throws Exception {
        kubernetes.faultNext(1, MAPS, Fault.status(429).withRetryAfter(Duration.ofSeconds(3)));
        HttpResponse<String> answer = get(kubernetes, "/api/v1/configmaps");
        assertThat(answer.headers().firstValue("Retry-After")).contains("3");
        assertThat(answer.body()).contains("\"reason\":\"TooManyRequests\"");
    }

    @Test
    void losesTheAnswerAndKeepsTheWork(EmbeddedKubernetes kubernetes) throws Exception {
        kubernetes.faultNext(1, MAPS.method("POST"), Fault.loseAnswer());
        URI uri = URI.create(kubernetes.url() + "/api/v1/namespaces/default/configmaps");
        HttpRequest create = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"metadata\":{\"name\":\"a\"}}"))
                .build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(create, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(get(kubernetes, "/api/v1/namespaces/default/configmaps/a").statusCode())
                .isEqualTo(200);
    }

    @Test
    void sendsHalfAnAnswer(EmbeddedKubernetes kubernetes) throws Exception {
        kubernetes.faultNext(1, MAPS, Fault.truncate());
        assertThatThrownBy(() -> get(kubernetes, "/api/v1/configmaps")).isInstanceOf(IOException.class);
        kubernetes.faultNext(1, MAPS, Fault.shorten());
        assertThat(get(kubernetes, "/api/v1/configmaps").body()).startsWith("{").doesNotEndWith("}");
    }

    @Nested
    class Watches {
        private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final Watcher<ConfigMap> watcher = new Watcher<>() {
            @Override
            public boolean reconnecting() {
                return heard.add("reconnecting");
            }

            @Override
            public void eventReceived(Action action, ConfigMap object) {
                heard.add(action + " " + object.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                heard.add("closed " + (cause.isHttpGone() ? "by 410" : ""));
            }
        };

        private String next() throws InterruptedException {
            return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
        }

        private void watchIsOpen(EmbeddedKubernetes kubernetes) throws InterruptedException {
            kubernetes.client().resource(configMap("first")).create();
            assertThat(next()).isEqualTo("ADDED first");
        }

        @Test
        void hearNothingWhileTheyAreStalled(EmbeddedKubernetes kubernetes) throws Exception {
            KubernetesClient client = kubernetes.client();
            try (var watch = client.configMaps().inNamespace("default").watch(watcher)) {
                assertThat(watch).isNotNull();
                watchIsOpen(kubernetes);
                try (var stall = kubernetes.watches().stall(MAPS)) {
                    assertThat(stall).isNotNull();
                    client.resource(configMap("second")).create();
                    assertThat(heard.poll(100, TimeUnit.MILLISECONDS)).isNull();
                }
                assertThat(next()).isEqualTo("ADDED second");
            }
        }

        @Test
        void areToldThatTheirVersionIsForgotten(EmbeddedKubernetes kubernetes) throws Exception {
            try (var watch =
                    kubernetes.client().configMaps().inNamespace("default").watch(watcher)) {
                assertThat(watch).isNotNull();
                watchIsOpen(kubernetes);
                assertThat(kubernetes.watches().expire(MAPS)).isEqualTo(1);
                assertThat(next()).isEqualTo("closed by 410");
            }
        }

        @Test
        void goOnAfterTheirEnd(EmbeddedKubernetes kubernetes) throws Exception {
            KubernetesClient client = kubernetes.client();
            try (var informer = client.configMaps().inNamespace("default").inform()) {
                assertThat(kubernetes.watches().end(MAPS)).isEqualTo(1);
                client.resource(configMap("later")).create();
                Deadline deadline = Deadline.after(Duration.ofSeconds(30));
                while (!isIn(informer.getStore().list())) {
                    deadline.pause(Duration.ofMillis(20), "hear of a new object");
                }
            }
        }

        private boolean isIn(List<ConfigMap> maps) {
            return maps.stream().anyMatch(map -> map.getMetadata().getName().equals("later"));
        }
    }
}
