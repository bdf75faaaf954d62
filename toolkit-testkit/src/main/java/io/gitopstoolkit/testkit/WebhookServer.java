package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.internal.web.LoopbackServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback address that keeps each request it gets, for tests of what sends webhooks. It answers
 * 200 without a body until told otherwise. Safe between threads.
 *
 * <p>A body of more than {@value #MAX_BODY_BYTES} bytes is answered 413 and not kept, as by Flux's
 * notification-controller.
 */
public final class WebhookServer implements AutoCloseable {
    /** The largest body that is taken. */
    public static final int MAX_BODY_BYTES = 3 << 20;

    private static final Duration POLL = Duration.ofMillis(5);

    private final LoopbackServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final long start = System.nanoTime();
    private final Deque<WebhookAnswer> next = new ConcurrentLinkedDeque<>();
    private volatile WebhookAnswer standing = WebhookAnswer.status(200);

    /** A request as it arrived. Immutable. */
    public static final class Request {
        private final String method;
        private final String path;
        private final Map<String, List<String>> headers;
        private final byte[] body;
        private final Duration time;

        private Request(String method, String path, Map<String, List<String>> headers, byte[] body, Duration time) {
            this.method = method;
            this.path = path;
            this.headers = headers;
            this.body = body;
            this.time = time;
        }

        /** Such as {@code POST}. */
        public String method() {
            return method;
        }

        /** The path with the query, as it was sent. */
        public String path() {
            return path;
        }

        /** The headers by name in lower case, in alphabetical order. */
        public Map<String, List<String>> headers() {
            return headers;
        }

        /** The first value of a header, whose name may be in any case. */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }

        /** The body read as UTF-8. */
        public String body() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The bytes of the body, for what is compressed or no text. */
        public byte[] bytes() {
            return body.clone();
        }

        /** When it was read, since the start of the server: the waits between retries are the differences. */
        public Duration time() {
            return time;
        }

        /** Method and path; neither headers nor body, which may hold credentials. */
        @Override
        public String toString() {
            return method + ' ' + path;
        }
    }

    private WebhookServer(@Nullable SSLContext context) {
        server = new LoopbackServer("webhook-server", context);
        server.start(this::handle);
    }

    /**
     * Starts a server on a free port.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static WebhookServer start() {
        return new WebhookServer(null);
    }

    /**
     * Starts a server on a free port that speaks TLS with the key of {@code context}.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static WebhookServer start(SSLContext context) {
        return new WebhookServer(requireNonNull(context, "context"));
    }

    /** The root of the server, such as {@code http://127.0.0.1:40123/}; every path below it is taken. */
    public URI uri() {
        return server.uri();
    }

    /** The requests so far, in the order in which they were read. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /**
     * Waits until there are at least {@code count} requests.
     *
     * @return all requests so far
     * @throws io.gitopstoolkit.api.DeadlineException if there are fewer when the time is over
     */
    public List<Request> await(int count, Deadline deadline) {
        while (requests.size() < count) {
            deadline.pause(POLL, "get " + count + " requests at " + uri() + ", there are " + requests.size());
        }
        return requests();
    }

    /** Answers in this way from now on. */
    public void answer(WebhookAnswer answer) {
        standing = requireNonNull(answer, "answer");
    }

    /** Answers the next requests in these ways, one each, and then as before. */
    public void answerNext(WebhookAnswer... answers) {
        next.addAll(List.of(answers));
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        requests.clear();
    }

    /**
     * From now on ends TLS handshakes of clients without a certificate that the server's context trusts.
     *
     * @throws IllegalStateException if the server does not speak TLS
     */
    public void requireClientCertificate() {
        server.requireClientCertificate();
    }

    /** Ends the server and every request that hangs. */
    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            requests.add(request(exchange, body));
            WebhookAnswer answer = next.poll();
            respond(exchange, answer == null ? standing : answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Request request(HttpExchange exchange, byte[] body) {
        var headers = new LinkedHashMap<String, List<String>>();
        exchange.getRequestHeaders().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER))
                .forEach(header ->
                        headers.put(header.getKey().toLowerCase(Locale.ROOT), List.copyOf(header.getValue())));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Collections.unmodifiableMap(headers),
                body,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private void respond(HttpExchange exchange, WebhookAnswer answer) throws IOException, InterruptedException {
        if (server.closed().await(answer.delay().toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        switch (answer.manner()) {
            case DROP -> {} // leaving without a response closes the connection
            case HANG -> server.closed().await();
            case ENDLESS -> respondForEver(exchange, answer);
            case PLAIN -> {
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                if (body.length > 0) {
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    private void respondForEver(HttpExchange exchange, WebhookAnswer answer) throws IOException {
        byte[] chunk = "all work and no play\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (server.closed().getCount() > 0) {
                out.write(chunk);
            }
        }
    }
}
