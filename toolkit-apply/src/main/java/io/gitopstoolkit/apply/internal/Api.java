package io.gitopstoolkit.apply.internal;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the API server over the HTTP client of a borrowed {@link KubernetesClient}, with its credentials.
 *
 * <p>Requests are tried three times where the server was not reached, or is too busy, and never beyond the deadline.
 * All of them may be repeated without harm. Safe between threads.
 */
public final class Api {
    private static final String JSON = "application/json";
    private static final int ATTEMPTS = 3;
    /** What kube-apiserver takes in one request: 3 MiB. */
    private static final int LARGEST_BODY = 3 * 1024 * 1024;

    private static final int TOO_LARGE = 413;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Set<Integer> TRY_AGAIN = Set.of(ApiException.NO_ANSWER, 429, 502, 503, 504);

    private final HttpClient http;
    private final KubernetesSerialization json;
    private final String base;
    private final Duration limit;

    /**
     * Borrows {@code client}, which stays open.
     *
     * @param limit of one request
     */
    public Api(KubernetesClient client, Duration limit) {
        // The retries of the HTTP client are deaf to deadlines and hide a refused connection for minutes.
        var once = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        this.http = client.newClient(once).getHttpClient();
        this.json = client.getKubernetesSerialization();
        this.base = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.limit = limit;
    }

    /** One request. {@code path} begins with a slash, and holds the query. */
    public record Request(
            String method, String path, @Nullable Map<String, ?> body, String contentType, String accept) {
        /** Reads. */
        public static Request get(String path) {
            return new Request("GET", path, null, JSON, JSON);
        }

        /** Sends {@code body} as JSON, by {@code method}. */
        public static Request of(String method, String path, Map<String, ?> body) {
            return new Request(method, path, body, JSON, JSON);
        }

        /** Server-side apply of {@code body}. */
        public static Request apply(String path, Map<String, ?> body) {
            return new Request("PATCH", path, body, "application/apply-patch+yaml", JSON);
        }

        /** Changes what {@code body} holds, and removes what it holds as null. */
        public static Request mergePatch(String path, Map<String, ?> body) {
            return new Request("PATCH", path, body, "application/merge-patch+json", JSON);
        }

        /** The same request that takes other forms of answer. */
        public Request accepting(String types) {
            return new Request(method, path, body, contentType, types);
        }

        /** The method and the path; the body, which may be a Secret, stays out of it. */
        @Override
        public String toString() {
            return doing();
        }

        private String doing() {
            int query = path.indexOf('?');
            return method + " " + (query < 0 ? path : path.substring(0, query));
        }
    }

    /**
     * Sends {@code request} and waits for its answer.
     *
     * @throws ApiException if the server refuses it, or cannot be reached
     * @throws DeadlineException if the time is over, or the thread is interrupted
     */
    public Answer send(Request request, Deadline deadline) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return sendOnce(request, deadline);
            } catch (ApiException e) {
                Duration wait = e.retryAfter().orElse(pause);
                if (attempt == ATTEMPTS
                        || !TRY_AGAIN.contains(e.status())
                        || wait.compareTo(LONGEST_PAUSE) > 0
                        || wait.compareTo(deadline.remaining()) > 0) {
                    throw e;
                }
                deadline.pause(wait, request.doing());
                pause = pause.multipliedBy(4);
            }
        }
    }

    /**
     * Sends {@code request} once and waits for its answer, which is a text and no object, such as a log.
     *
     * @throws ApiException if the server refuses it, or cannot be reached
     * @throws DeadlineException if the time is over, or the thread is interrupted
     */
    public String text(Request request, Deadline deadline) {
        HttpResponse<String> response = exchange(request, deadline);
        if (!response.isSuccessful()) {
            throw ApiException.refused(new Answer(response.code(), parse(response.body())), retryAfter(response));
        }
        return String.valueOf(response.body());
    }

    private Answer sendOnce(Request request, Deadline deadline) {
        HttpResponse<String> response = exchange(request, deadline);
        Answer answer = new Answer(response.code(), parse(response.body()));
        if (!answer.isSuccess()) {
            throw ApiException.refused(answer, retryAfter(response));
        }
        if (answer.body().isEmpty()) {
            throw ApiException.unreachable("the answer is no JSON, as of another server", null);
        }
        return answer;
    }

    private HttpResponse<String> exchange(Request request, Deadline deadline) {
        deadline.check(request.doing());
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(toHttp(request), String.class);
        try {
            Duration wait = deadline.atMost(limit).remaining();
            return sent.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            deadline.check(request.doing());
            throw ApiException.unreachable("interrupted", e);
        } catch (TimeoutException e) {
            sent.cancel(true);
            deadline.check(request.doing());
            throw ApiException.unreachable("no answer within " + limit.toSeconds() + "s", e);
        } catch (ExecutionException e) {
            throw ApiException.unreachable(rootMessage(e), e.getCause());
        }
    }

    /** Requests over the same client that nobody waits for. */
    Remote remote() {
        return new Remote(http, json, base, limit);
    }

    private HttpRequest toHttp(Request request) {
        var builder = http.newHttpRequestBuilder()
                .uri(base + request.path())
                .header("Accept", request.accept())
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        String body = request.body() == null ? null : json.asJson(request.body());
        if (body != null && body.length() > LARGEST_BODY) {
            // The server hangs up in the middle of such a body, and the JDK's client then waits for an answer.
            throw ApiException.refused(new Answer(TOO_LARGE, Map.of("message", "Request entity too large")), null);
        }
        return builder.method(request.method(), request.contentType(), body).build();
    }

    private Map<String, @Nullable Object> parse(@Nullable String body) {
        if (body == null || !body.stripLeading().startsWith("{")) {
            return Map.of();
        }
        try {
            return Tree.cast(json.unmarshal(body, Map.class));
        } catch (RuntimeException e) {
            return Map.of(); // of a type that differs between versions of the client
        }
    }

    static @Nullable Duration retryAfter(HttpResponse<?> response) {
        List<String> values = response.headers("Retry-After");
        if (values.isEmpty() || !values.get(0).matches("[0-9]{1,6}")) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(values.get(0)));
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        if (root instanceof java.net.ConnectException && root.getMessage() == null) {
            return "connection refused";
        }
        String message = root.getMessage();
        return message == null
                ? (root instanceof IOException ? "I/O error" : root.getClass().getSimpleName())
                : message;
    }
}
