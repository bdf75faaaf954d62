package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every server over TLS, with a certificate that the JDK's own tool makes, for the server and for clients. */
class ServersTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static SSLContext context;
    private static SSLContext withoutKey;

    @BeforeAll
    static void makeCertificate() throws IOException, GeneralSecurityException {
        Path file = directory.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String arguments = " -genkeypair -alias server -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1"
                + " -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + file;
        new Program(directory).run((keytool + arguments).split(" ")).orFail();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        withoutKey = SSLContext.getInstance("TLS");
        withoutKey.init(null, trust.getTrustManagers(), null);
    }

    @Test
    void servesArtifactsToClientsWithACertificateAlone() throws Exception {
        try (var registry = OciRegistry.start(context)) {
            byte[] bytes = "hello".getBytes(UTF_8);
            registry.putBlob("shop", bytes);
            URI blob = registry.uri().resolve("v2/shop/blobs/" + Digest.sha256(bytes));
            assertThat(blob).hasScheme("https");
            assertThat(get(blob, withoutKey).body()).isEqualTo("hello");
            registry.requireClientCertificate();
            assertThatThrownBy(() -> get(blob, withoutKey)).isInstanceOf(IOException.class);
            assertThat(get(blob, context).body()).isEqualTo("hello");
        }
    }

    @Test
    void servesBucketsToClientsWithACertificateAlone() throws Exception {
        try (var server = BucketServer.start(context)) {
            server.put("shop", "a", "hello".getBytes(UTF_8));
            server.allowAnonymous("shop");
            URI object = server.uri().resolve("shop/a");
            assertThat(get(object, withoutKey).body()).isEqualTo("hello");
            server.requireClientCertificate();
            assertThatThrownBy(() -> get(object, withoutKey)).isInstanceOf(IOException.class);
            assertThat(get(object, context).body()).isEqualTo("hello");
        }
    }

    @Test
    void servesGitAndWebhooksToClientsWithACertificateAlone() throws Exception {
        try (var git = GitServer.start(context);
                var webhooks = WebhookServer.start(context)) {
            var shop = git.repository("shop");
            shop.commit("Add", Map.of("a", "1"));
            URI refs = URI.create(shop.uri() + "/info/refs?service=git-upload-pack");
            assertThat(get(refs, withoutKey).statusCode()).isEqualTo(200);
            git.requireClientCertificate();
            webhooks.requireClientCertificate();
            assertThatThrownBy(() -> get(refs, withoutKey)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(webhooks.uri(), withoutKey)).isInstanceOf(IOException.class);
            assertThat(get(refs, context).statusCode()).isEqualTo(200);
            assertThat(get(webhooks.uri(), context).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void cannotAskForCertificatesWithoutTls() {
        try (var server = BucketServer.start()) {
            assertThatThrownBy(server::requireClientCertificate)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("SSLContext");
        }
    }

    private static HttpResponse<String> get(URI uri, SSLContext of) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().sslContext(of).build();
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
