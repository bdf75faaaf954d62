package io.gitopstoolkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An admission webhook over HTTPS, with a certificate of its own making. */
final class AdmissionServer implements AutoCloseable {
    static final AdmissionServer NONE = new AdmissionServer(null, "");

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]*)\"");

    private final @Nullable HttpsServer server;
    private final String certificate;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private AdmissionServer(@Nullable HttpsServer server, String certificate) {
        this.server = server;
        this.certificate = certificate;
    }

    /** Starts one, with a key store in {@code directory}. */
    static AdmissionServer start(Path directory) {
        try {
            KeyStore keys = keys(directory.resolve("webhook.p12"));
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            var tls = SSLContext.getInstance("TLS");
            tls.init(managers.getKeyManagers(), null, null);
            var http = HttpsServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
            http.setHttpsConfigurator(new HttpsConfigurator(tls));
            String pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(keys.getCertificate("webhook").getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            var started =
                    new AdmissionServer(http, Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)));
            http.setExecutor(started.threads);
            http.createContext("/", started::answer);
            http.start();
            return started;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Made by the JDK's own tool, once. */
    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            var tool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "webhook",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=webhook",
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-ext",
                            "bc=ca:true",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(PASSWORD),
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Files.exists(file)).as(said).isTrue();
        }
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            String review = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var uid = UID.matcher(review.substring(review.indexOf("\"request\"")));
            assertThat(uid.find()).isTrue();
            boolean refuses = exchange.getRequestURI().getPath().equals("/refuse");
            if (exchange.getRequestURI().getPath().equals("/hang") && closed.await(30, TimeUnit.SECONDS)) {
                return;
            }
            byte[] body = """
                    {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response":
                      {"uid": "%s", "allowed": %b, "status": {"message": "no such thing here"}}}
                    """.formatted(uid.group(1), !refuses).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return server == null ? "" : "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The certificate in PEM, in Base64 as the API takes it. */
    String certificate() {
        return certificate;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        closed.countDown();
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
