package io.gitopstoolkit.testkit.differential;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param body the object, or the list of a watch's events
 * @param warnings what it warned of
 */
record Answer(int status, @Nullable Object body, List<String> warnings) {
    private static final int NONE = -1;

    Answer {
        warnings = warnings.stream()
                .flatMap(line -> Arrays.stream(line.split(", (?=299 - )")))
                .toList();
    }

    Answer(int status, @Nullable Object body) {
        this(status, body, List.of());
    }

    /** Waits until the path is served. */
    static void await(KubernetesClient client, Exchange exchange) throws Exception {
        Deadline deadline = Deadline.after(Duration.ofSeconds(20));
        var get = new Exchange("GET", exchange.path(), exchange.contentType(), "");
        while (of(client, get).status() != 200) {
            deadline.pause(Duration.ofMillis(50), "see " + exchange.path());
        }
    }

    /** The answer to a request. */
    static Answer of(KubernetesClient client, Exchange exchange) throws Exception {
        return toCome(client, exchange).get(30, TimeUnit.SECONDS);
    }

    /** The answer to a request when it is there; to {@code WATCH}, all events until the server ends the watch. */
    static CompletableFuture<Answer> toCome(KubernetesClient client, Exchange exchange) {
        boolean watches = exchange.method().equals("WATCH");
        String base = client.getMasterUrl().toString().replaceAll("/$", "");
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(base + exchange.path()))
                .header("Accept", "application/json")
                .header("User-Agent", "differential/1");
        request.method(
                watches ? "GET" : exchange.method(),
                exchange.contentType(),
                exchange.body().isEmpty() ? null : exchange.body());
        CompletableFuture<HttpResponse<String>> sent = client.getHttpClient().sendAsync(request.build(), String.class);
        return sent.thenApply(response -> new Answer(
                        response.code(),
                        watches && response.code() == 200 ? events(response.body()) : parsed(response.body()),
                        response.headers("Warning")))
                .exceptionally(failure -> new Answer(NONE, failure.toString()));
    }

    /** Whether there was none: some patches make the real server break off. */
    boolean isMissing() {
        return status == NONE;
    }

    private static @Nullable Object parsed(String body) {
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            return body;
        }
    }

    private static List<@Nullable Object> events(String body) {
        var events = new ArrayList<@Nullable Object>();
        body.lines().filter(line -> !line.isBlank()).forEach(line -> events.add(parsed(line)));
        return events;
    }
}
