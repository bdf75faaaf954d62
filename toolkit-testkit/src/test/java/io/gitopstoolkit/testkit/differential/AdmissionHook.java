package io.gitopstoolkit.testkit.differential;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An admission webhook over HTTPS, whose path says what it answers. */
final class AdmissionHook implements AutoCloseable {
    private static final char[] PASSWORD = "webhook".toCharArray();

    private final HttpsServer server;
    private final List<Map<String, Object>> requests = new CopyOnWriteArrayList<>();
    private volatile Runnable action = () -> {};
    private volatile @Nullable Throwable failure;

    AdmissionHook() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = AdmissionHook.class.getResourceAsStream("webhook.p12")) {
            keys.load(Objects.requireNonNull(in), PASSWORD);
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    static String caBundle() {
        return Base64.getEncoder().encodeToString(Scenarios.text("webhook.pem").getBytes(StandardCharsets.UTF_8));
    }

    /** The reviews so far. */
    List<Map<String, Object>> requests() {
        return requests;
    }

    /** Has something done while a request waits for the answer. */
    void during(Runnable action) {
        this.action = action;
    }

    /** What went wrong with that; null where nothing did. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    private void act() {
        try {
            action.run();
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        act();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Object> request = Tree.mapAt(Json.parse(body), "request");
        requests.add(request);
        Map<String, Object> response = Tree.of("uid", request.get("uid"), "allowed", true);
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/deny" -> {
                response.put("allowed", false);
                response.put("status", Tree.of("message", "no way", "code", 403L, "reason", "Forbidden"));
            }
            case "/silent" -> response.put("allowed", false);
            case "/patch" -> patch(response, "[{\"op\":\"add\",\"path\":\"/data/patched\",\"value\":\"yes\"}]");
            case "/misfit" -> patch(response, "[{\"op\":\"remove\",\"path\":\"/nope\"}]");
            case "/warn" -> response.put("warnings", Tree.listOf("careful", "twice"));
            case "/other" -> response.put("uid", "x");
            default -> {}
        }
        var review = Tree.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "response", response);
        byte[] bytes = Json.print(review).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(path.equals("/broken") ? 500 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void patch(Map<String, Object> response, String operations) {
        response.put("patchType", "JSONPatch");
        response.put("patch", Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
