package io.gitopstoolkit.apply.internal;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests that no thread waits for, each sent once. Safe between threads. */
final class Remote {
    private final HttpClient http;
    private final KubernetesSerialization json;
    private final String base;
    private final Duration limit;

    Remote(HttpClient http, KubernetesSerialization json, String base, Duration limit) {
        this.http = http;
        this.json = json;
        this.base = base;
        this.limit = limit;
    }

    /** How long an answer may take, or that of a stream may take to begin. */
    Duration limit() {
        return limit;
    }

    /**
     * Reads JSON, and calls one of the two with what came of it.
     *
     * @return the request, to cancel it by
     */
    CompletableFuture<?> get(
            String path, String accept, Consumer<Map<String, @Nullable Object>> done, Consumer<ApiException> failed) {
        CompletableFuture<HttpResponse<byte[]>> sent;
        try {
            var request = http.newHttpRequestBuilder()
                    .uri(base + path)
                    .header("Accept", accept)
                    .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .build();
            sent = http.sendAsync(request, byte[].class);
        } catch (RuntimeException e) { // of an interceptor, or a client that is closed
            sent = CompletableFuture.failedFuture(e);
        }
        return sent.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).whenComplete((response, failure) -> {
            try {
                done.accept(read(response, failure));
            } catch (RuntimeException e) {
                failed.accept(failureOf(e));
            }
        });
    }

    private Map<String, @Nullable Object> read(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            throw ApiException.unreachable("no answer within " + limit.toSeconds() + "s", failure);
        }
        if (failure != null || response == null) {
            throw failure == null ? ApiException.unreachable("no answer", null) : failureOf(failure);
        }
        byte[] body = response.body() == null ? new byte[0] : response.body();
        if (!response.isSuccessful()) {
            throw refused(response, body);
        }
        return parse(body);
    }

    /** Asks for an answer that goes on; {@code consumer} gets a piece for each time that it asks for one. */
    CompletableFuture<HttpResponse<AsyncBody>> stream(
            String path, String accept, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        var request = http.newHttpRequestBuilder()
                .uri(base + path)
                .header("Accept", accept)
                .forStreaming()
                .build();
        return http.consumeBytes(request, consumer);
    }

    /** What an answer that is no success means. */
    ApiException refused(HttpResponse<?> response, byte[] body) {
        Map<String, @Nullable Object> status;
        try {
            status = parse(body);
        } catch (ApiException e) {
            status = Map.of(); // of a proxy, say
        }
        return ApiException.refused(new Answer(response.code(), status), Api.retryAfter(response));
    }

    /**
     * Reads one document.
     *
     * @throws ApiException if it is no JSON object
     */
    Map<String, @Nullable Object> parse(byte[] document) {
        if (document.length == 0 || document[0] != '{') {
            throw ApiException.unreachable("the answer is no JSON, as of another server", null);
        }
        try {
            return Tree.cast(json.unmarshal(new ByteArrayInputStream(document), Map.class));
        } catch (RuntimeException e) { // of a type that differs between versions of the client
            throw ApiException.unreachable("the answer is damaged JSON", null);
        }
    }

    /** What a failure of the HTTP client means. */
    static ApiException failureOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ApiException known ? known : ApiException.unreachable(Api.rootMessage(cause), cause);
    }
}
