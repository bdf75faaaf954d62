package io.gitopstoolkit.testkit.differential;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a server answered. */
record Answer(int status, @Nullable Object body) {
    /** Waits until the path is served. */
    static void await(KubernetesClient client, Exchange exchange) throws Exception {
        Deadline deadline = Deadline.after(Duration.ofSeconds(20));
        var get = new Exchange("GET", exchange.path(), exchange.contentType(), "");
        while (of(client, get).status() != 200) {
            deadline.pause(Duration.ofMillis(50), "see " + exchange.path());
        }
    }

    static Answer of(KubernetesClient client, Exchange exchange) throws Exception {
        String base = client.getMasterUrl().toString().replaceAll("/$", "");
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(base + exchange.path()))
                .header("Accept", "application/json")
                .header("User-Agent", "differential/1");
        request.method(
                exchange.method(), exchange.contentType(), exchange.body().isEmpty() ? null : exchange.body());
        CompletableFuture<HttpResponse<String>> sent = client.getHttpClient().sendAsync(request.build(), String.class);
        var response = sent.get(30, TimeUnit.SECONDS);
        String body = response.body();
        try {
            return new Answer(response.code(), Json.parse(body));
        } catch (JsonException e) {
            return new Answer(response.code(), body);
        }
    }
}
