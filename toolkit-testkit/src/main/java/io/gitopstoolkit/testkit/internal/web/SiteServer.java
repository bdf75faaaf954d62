package io.gitopstoolkit.testkit.internal.web;

import com.sun.net.httpserver.HttpExchange;
import io.gitopstoolkit.testkit.internal.web.Effect.Manner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A {@link Site} on a free port of the loopback address, with its faults and the record of its requests. */
public final class SiteServer implements AutoCloseable {
    /** Beyond what any test sends; a client that runs wild is refused before memory is. */
    private static final int MAX_BODY_BYTES = 1 << 29;

    private final LoopbackServer server;
    private final PendingFaults faults = new PendingFaults();
    private final RecordedRequests requests = new RecordedRequests();

    /**
     * Makes a server, which answers nothing until it is started.
     *
     * @param context of TLS, or null for plain HTTP
     * @throws UncheckedIOException if no port can be had
     */
    public SiteServer(String threadName, @Nullable SSLContext context) {
        server = new LoopbackServer(threadName, context);
    }

    /** Serves {@code site} from now on. */
    public void start(Site site) {
        server.start(exchange -> handle(exchange, site));
    }

    /** The root of the server. */
    public URI uri() {
        return server.uri();
    }

    /** What is to go wrong. */
    public PendingFaults faults() {
        return faults;
    }

    /** What was asked. */
    public RecordedRequests requests() {
        return requests;
    }

    /** Opens when the server is closed. */
    public CountDownLatch closed() {
        return server.closed();
    }

    /** From now on ends TLS handshakes of clients without a certificate that the context trusts. */
    public void requireClientCertificate() {
        server.requireClientCertificate();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange, Site site) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            WebRequest request = request(exchange, body);
            Site.Operation operation = site.operation(request);
            requests.add(request.method(), request.target(), operation.name());
            if (body.length > MAX_BODY_BYTES) {
                send(exchange, site.failure(request, 413), Effect.NONE);
                return;
            }
            Effect effect = faults.next(request.method(), operation);
            answer(exchange, request, site, effect == null ? Effect.NONE : effect);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, WebRequest request, Site site, Effect effect)
            throws IOException, InterruptedException {
        if (server.closed().await(effect.delay().toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        WebAnswer usual = effect.manner().takesPlace() ? site.answer(request) : WebAnswer.of(200);
        switch (effect.manner()) {
            case DROP, LOSE -> {} // leaving without a response closes the connection
            case HANG -> server.closed().await();
            case STATUS -> send(exchange, site.failure(request, effect.status()).with(effect.headers()), effect);
            case REDIRECT -> send(exchange, redirection(request, effect), effect);
            default -> send(exchange, usual.with(effect.headers()), effect);
        }
    }

    private static WebAnswer redirection(WebRequest request, Effect effect) {
        URI root = URI.create(effect.headers().getOrDefault("Location", "/"));
        return WebAnswer.of(effect.status())
                .with(effect.headers())
                .with("Location", root.resolve(request.target()).toString());
    }

    private void send(HttpExchange exchange, WebAnswer answer, Effect effect) throws IOException, InterruptedException {
        byte[] body = answer.body();
        int announced = effect.announcedOf(body.length);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().putIfAbsent("Content-Length", List.of(Integer.toString(announced)));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), announced == 0 ? -1 : announced);
        if (announced == 0) {
            return;
        }
        if (effect.manner() == Manner.CORRUPT) {
            body = body.clone();
            body[body.length / 2] ^= 1;
        }
        write(exchange.getResponseBody(), body, effect);
    }

    private void write(OutputStream out, byte[] body, Effect effect) throws IOException, InterruptedException {
        int length = effect.sentOf(body.length);
        if (effect.bytesPerSecond() == Long.MAX_VALUE) {
            out.write(body, 0, length);
            out.flush();
        } else {
            new Throttle(effect.bytesPerSecond(), server.closed()).write(out, body, length);
        }
    }

    private static WebRequest request(HttpExchange exchange, byte[] body) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            headers.put(header.getKey().toLowerCase(Locale.ROOT), List.copyOf(header.getValue()));
        }
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery();
        String target = query == null ? uri.getRawPath() : uri.getRawPath() + '?' + query;
        return new WebRequest(exchange.getRequestMethod().toUpperCase(Locale.ROOT), target, headers, body);
    }
}
