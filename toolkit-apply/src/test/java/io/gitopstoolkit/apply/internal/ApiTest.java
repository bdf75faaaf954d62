package io.gitopstoolkit.apply.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Api.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ApiTest {
    private static final Answers OK = exchange -> answer(exchange, 200, "{\"kind\": \"Status\"}");

    private final Queue<Answers> answers = new ArrayDeque<>();
    private final CopyOnWriteArrayList<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;
    private final KubernetesClient client;
    private final Api api;

    private interface Answers {
        void answer(HttpExchange exchange) throws IOException;
    }

    ApiTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        client = new KubernetesClientBuilder().withConfig(config()).build();
        api = new Api(client, Duration.ofSeconds(20));
    }

    private Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.close();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI());
        try (exchange) {
            Answers next = answers.poll();
            (next == null ? OK : next).answer(exchange);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Answers busy(int status, String retryAfter) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            answer(exchange, status, "{\"kind\": \"Status\", \"message\": \"busy\"}");
        };
    }

    private Answers silence() {
        return exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static Deadline in(long millis) {
        return Deadline.after(Duration.ofMillis(millis));
    }

    private ApiException failure(Deadline deadline) {
        return catchThrowableOfType(ApiException.class, () -> api.send(Request.get("/x"), deadline));
    }

    @Nested
    class WhenTheServerIsBusy {
        @Test
        void triesAgain() {
            answers.add(busy(503, "0"));
            answers.add(exchange -> answer(exchange, 429, "{}"));
            assertThat(api.send(Request.get("/x"), in(20_000)).status()).isEqualTo(200);
            assertThat(requests).hasSize(3);
        }

        @Test
        void givesUpAfterThreeTimes() {
            for (int i = 0; i < 3; i++) {
                answers.add(busy(429, "0"));
            }
            assertThat(failure(in(20_000)).status()).isEqualTo(429);
            assertThat(requests).hasSize(3);
        }

        @Test
        void doesNotWaitLongerThanTheDeadlineAllows() {
            answers.add(busy(429, "25"));
            ApiException failure = failure(in(10_000));
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(25));
            assertThat(requests).hasSize(1);
        }
    }

    @Nested
    class WhenTheServerDoesNotAnswer {
        @Test
        void endsWithTheDeadline() {
            answers.add(silence());
            assertThatThrownBy(() -> api.send(Request.get("/x"), in(200)))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("GET /x");
        }

        @Test
        void endsWithTheLimitOfARequest() {
            for (int i = 0; i < 3; i++) {
                answers.add(silence());
            }
            var hasty = new Api(client, Duration.ofMillis(100));
            assertThatThrownBy(() -> hasty.send(Request.get("/x"), in(20_000)))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.status()).isEqualTo(ApiException.NO_ANSWER));
            assertThat(requests).hasSize(3);
        }

        @Test
        void saysThatTheConnectionIsRefused() {
            server.stop(0);
            assertThat(failure(in(20_000)).status()).isEqualTo(ApiException.NO_ANSWER);
        }

        @Test
        void takesAPageOfHtmlForNoAnswer() {
            for (int i = 0; i < 3; i++) {
                answers.add(exchange -> answer(exchange, 200, "<html>Sign in</html>"));
            }
            assertThat(failure(in(20_000))).hasMessageContaining("no JSON");
        }
    }

    @Test
    void doesNotRepeatWhatTheServerRefused() {
        answers.add(exchange -> answer(exchange, 422, """
                {"kind": "Status", "reason": "Invalid", "message": "it is invalid", "details": {
                  "kind": "configmaps", "name": "a",
                  "causes": [{"field": "data[x]", "reason": "FieldValueInvalid", "message": "no"}]}}
                """));
        ApiException failure = failure(in(20_000));
        assertThat(requests).hasSize(1);
        assertThat(failure).hasMessage("it is invalid");
        assertThat(failure.word()).isEqualTo("Invalid");
        assertThat(failure.aboutKind()).isEqualTo("configmaps");
        assertThat(failure.aboutName()).isEqualTo("a");
        assertThat(failure.fields()).containsExactly(new ApiException.FieldCause("data[x]", "FieldValueInvalid", "no"));
    }

    @Test
    void keepsNullsInWhatItSends() {
        var bodies = new CopyOnWriteArrayList<String>();
        answers.add(exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            bodies.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            OK.answer(exchange);
        });
        var body = new java.util.LinkedHashMap<String, @org.jspecify.annotations.Nullable Object>();
        body.put("gone", null);
        body.put("count", 1L);
        api.send(Request.apply("/x", body), in(20_000));
        assertThat(bodies.get(0)).isEqualTo("{\"gone\":null,\"count\":1}");
        assertThat(bodies.get(1)).startsWith("application/apply-patch+yaml");
    }

    @Nested
    class DiscoveryOfAServerWithoutAggregation {
        @Test
        void asksForOneGroupAndPrefersItsVersion() {
            answers.add(exchange -> answer(exchange, 200, "{\"kind\": \"APIGroupList\", \"groups\": []}"));
            answers.add(exchange -> answer(exchange, 200, """
                    {"kind": "APIGroup", "name": "example.org",
                     "versions": [{"groupVersion": "example.org/v1beta1"}, {"groupVersion": "example.org/v1"}],
                     "preferredVersion": {"groupVersion": "example.org/v1"}}
                    """));
            String resources = """
                    {"kind": "APIResourceList", "resources": [
                      {"name": "widgets/status", "namespaced": true, "kind": "Widget"},
                      {"name": "widgets", "namespaced": true, "kind": "Widget"}]}
                    """;
            answers.add(exchange -> answer(exchange, 200, resources));
            answers.add(exchange -> answer(exchange, 200, resources));
            var kinds = new Kinds(api);
            var widget = new Kind("example.org/v1", "Widget", "widgets", true);
            assertThat(kinds.preferred("example.org", "Widget", in(20_000))).contains(widget);
            assertThat(kinds.find("example.org/v1beta1", "Widget", in(20_000)))
                    .contains(new Kind("example.org/v1beta1", "Widget", "widgets", true));
            assertThat(requests)
                    .containsExactly(
                            "GET /apis",
                            "GET /apis/example.org",
                            "GET /apis/example.org/v1",
                            "GET /apis/example.org/v1beta1");
            assertThat(widget.path(new ObjectRef("example.org", "Widget", "apps", "w")))
                    .isEqualTo("/apis/example.org/v1/namespaces/apps/widgets/w");
        }
    }
}
