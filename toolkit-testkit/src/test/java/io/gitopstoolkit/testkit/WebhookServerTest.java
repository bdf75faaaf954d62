package io.gitopstoolkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookServerTest {
    private final WebhookServer server = WebhookServer.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
        server.close();
    }

    @Test
    void keepsRequestsInOrder() throws Exception {
        assertThat(post("hook?a=1", "first ü").statusCode()).isEqualTo(200);
        post("", "second");
        List<WebhookServer.Request> requests = server.await(2, Deadline.after(Duration.ofSeconds(5)));
        assertThat(requests).extracting(WebhookServer.Request::body).containsExactly("first ü", "second");
        assertThat(requests.get(0).method()).isEqualTo("POST");
        assertThat(requests.get(0).path()).isEqualTo("/hook?a=1");
        assertThat(requests.get(0).header("x-TEST")).contains("yes");
        assertThat(requests.get(0).header("x-other")).isEmpty();
        assertThat(List.copyOf(requests.get(0).headers().keySet())).isSorted().contains("x-test");
    }

    @Test
    void answersAsToldOnceEachAndThenAsBefore() throws Exception {
        server.answer(WebhookAnswer.status(204));
        server.answerNext(
                WebhookAnswer.status(503).withRetryAfter(Duration.ofSeconds(7)),
                WebhookAnswer.status(400).withBody("bad ü"));
        HttpResponse<String> busy = post("", "");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("retry-after")).contains("7");
        assertThat(post("", "").body()).isEqualTo("bad ü");
        assertThat(post("", "").statusCode()).isEqualTo(204);
        assertThat(post("", "").statusCode()).isEqualTo(204);
    }

    @Test
    void delays() throws Exception {
        server.answer(WebhookAnswer.status(200).withDelay(Duration.ofMillis(50)));
        long start = System.nanoTime();
        post("", "");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void dropsTheConnection() {
        server.answer(WebhookAnswer.drop());
        assertThatThrownBy(() -> post("", "x")).isInstanceOf(IOException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void hangsUntilClosed() {
        server.answer(WebhookAnswer.hang());
        HttpRequest request = HttpRequest.newBuilder(server.uri())
                .timeout(Duration.ofMillis(100))
                .build();
        assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void sendsWithoutEnd() throws Exception {
        server.answer(WebhookAnswer.endless());
        HttpRequest request = HttpRequest.newBuilder(server.uri()).build();
        try (InputStream body =
                client.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000);
        }
    }

    @Test
    void refusesBodiesBeyondItsLimit() throws Exception {
        assertThat(post("", "x".repeat(WebhookServer.MAX_BODY_BYTES)).statusCode())
                .isEqualTo(200);
        assertThat(post("", "x".repeat(WebhookServer.MAX_BODY_BYTES + 1)).statusCode())
                .isEqualTo(413);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void keepsBytesAndTimes() throws Exception {
        byte[] bytes = {0, (byte) 0xFF, (byte) 0xC3, 10};
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/hook?token=x"))
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        client.send(request, BodyHandlers.discarding());
        client.send(request, BodyHandlers.discarding());
        WebhookServer.Request first = server.requests().get(0);
        assertThat(first.bytes()).isEqualTo(bytes);
        assertThat(first.time()).isLessThanOrEqualTo(server.requests().get(1).time());
        assertThat(first).hasToString("POST /hook?token=x");
        server.forgetRequests();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void saysHowManyRequestsAreMissing() {
        assertThatThrownBy(() -> server.await(1, Deadline.after(Duration.ofMillis(20))))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("get 1 requests at http://127.0.0.1:")
                .hasMessageContaining("there are 0");
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/" + path))
                .header("X-Test", "yes")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
