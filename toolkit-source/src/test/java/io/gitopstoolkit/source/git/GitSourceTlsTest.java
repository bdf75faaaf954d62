package io.gitopstoolkit.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import io.gitopstoolkit.testkit.GitServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with a certificate that the JDK's own tool makes. */
class GitSourceTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static SSLContext context;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("server.p12");
        var keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString());
        Process process = new ProcessBuilder(keytool).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        context = context(file);
    }

    @Test
    void fetchesFromAServerThatThePlatformTrusts() throws GeneralSecurityException {
        SSLContext before = SSLContext.getDefault();
        try (var server = GitServer.start(context)) {
            SSLContext.setDefault(context);
            var shop = server.repository("shop");
            shop.commit("Begin", Map.of("a.txt", "a"));
            assertThat(shop.uri()).hasScheme("https");
            assertThat(fetch(shop.uri())).isEqualTo("a");
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void refusesACertificateThatThePlatformDoesNotTrust() {
        try (var server = GitServer.start(context)) {
            var shop = server.repository("shop");
            shop.commit("Begin", Map.of("a.txt", "a"));
            assertThatThrownBy(() -> fetch(shop.uri()))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.why()).isEqualTo(Reason.SOURCE_UNAVAILABLE))
                    .hasMessageContaining("no secure connection to 127.0.0.1")
                    .hasMessageContaining("check its certificate");
            assertThat(server.requests()).isEmpty();
        }
    }

    private static String fetch(URI uri) {
        var deadline = Deadline.after(Duration.ofSeconds(30));
        try (var source = GitSource.builder(uri)
                .reference(new GitReference.Branch("main"))
                .build()) {
            Artifact artifact = source.fetch(source.resolve(deadline), deadline);
            return new String(artifact.files().read("a.txt"), UTF_8);
        }
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
