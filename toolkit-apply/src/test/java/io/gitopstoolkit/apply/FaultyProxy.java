package io.gitopstoolkit.apply;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An API server that answers as the one behind it does, and at times as none should. */
final class FaultyProxy implements AutoCloseable {
    private final KubernetesClient behind;
    private final HttpServer server;
    private final Random random;
    private final Set<Fault> seen = EnumSet.noneOf(Fault.class);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private double share;

    /** What goes wrong with a request. */
    enum Fault {
        TOO_MANY,
        CONFLICT,
        ERROR,
        UNAVAILABLE,
        DROPPED_BEFORE,
        DROPPED_AFTER,
        TOO_LATE,
        SLOW,
        CUT_OFF,
        NO_JSON
    }

    FaultyProxy(KubernetesClient behind, long seed) {
        this.behind = behind;
        this.random = new Random(seed);
        try {
            this.server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** A client whose requests come here; its caller closes it. */
    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withNamespace(behind.getNamespace())
                        .build())
                .build();
    }

    /** Lets this share of all requests fail. */
    synchronized void failing(double part) {
        share = part;
    }

    synchronized Set<Fault> seen() {
        return EnumSet.copyOf(seen);
    }

    private synchronized List<Fault> next() {
        if (random.nextDouble() >= share) {
            return List.of();
        }
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        seen.add(fault);
        return List.of(fault);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<Fault> fault = next();
            if (fault.isEmpty()) {
                send(exchange, forward(exchange));
            } else {
                fail(exchange, fault.get(0));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(HttpExchange exchange, Fault fault)
            throws IOException, ExecutionException, TimeoutException, InterruptedException {
        switch (fault) {
            case TOO_MANY -> {
                exchange.getResponseHeaders().set("Retry-After", "0");
                refuse(exchange, 429, "TooManyRequests");
            }
            case CONFLICT -> refuse(exchange, 409, "Conflict");
            case ERROR -> refuse(exchange, 500, "InternalError");
            case UNAVAILABLE -> refuse(exchange, 503, "ServiceUnavailable");
            case DROPPED_BEFORE -> exchange.getRequestBody().readAllBytes();
            case DROPPED_AFTER -> forward(exchange);
            case TOO_LATE -> {
                HttpResponse<String> answer = forward(exchange);
                TimeUnit.MILLISECONDS.sleep(FaultBehavior.REQUEST_LIMIT.toMillis() * 3 / 2);
                send(exchange, answer);
            }
            case SLOW -> {
                TimeUnit.MILLISECONDS.sleep(20);
                send(exchange, forward(exchange));
            }
            case CUT_OFF -> {
                byte[] body = bytes(forward(exchange));
                exchange.sendResponseHeaders(200, body.length + 1L);
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
            }
            case NO_JSON -> {
                forward(exchange);
                byte[] body = "<html>a page of something else</html>".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d, "reason": "%s",
                 "message": "a fault of the test"}
                """.formatted(status, reason).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private HttpResponse<String> forward(HttpExchange exchange)
            throws IOException, ExecutionException, TimeoutException, InterruptedException {
        String base = behind.getMasterUrl().toString().replaceAll("/+$", "");
        var builder = behind.getHttpClient()
                .newHttpRequestBuilder()
                .uri(base + exchange.getRequestURI())
                .timeout(30, TimeUnit.SECONDS);
        List<String> accept = exchange.getRequestHeaders().get("Accept");
        builder.header("Accept", accept == null ? "application/json" : String.join(",", accept));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        HttpRequest request = builder.method(
                        exchange.getRequestMethod(),
                        type == null ? "application/json" : type,
                        body.isEmpty() ? null : body)
                .build();
        return behind.getHttpClient()
                .sendAsync(request, String.class)
                .get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void send(HttpExchange exchange, HttpResponse<String> answer) throws IOException {
        byte[] body = bytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] bytes(HttpResponse<String> answer) {
        String body = answer.body();
        return body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
