package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.notify.NotifyException.Reason;
import io.gitopstoolkit.testkit.WebhookServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;

    private static SSLContext loopback;
    private static SSLContext elsewhere;

    @BeforeAll
    static void makeKeys() throws Exception {
        loopback = context("loopback", "ip:127.0.0.1");
        elsewhere = context("elsewhere", "dns:hooks.example.org");
    }

    @Test
    void trustsWhatItIsToldToTrust() {
        try (var server = WebhookServer.start(loopback)) {
            var transport = HttpTransport.builder().sslContext(loopback).build();
            WebhookSink.builder(Secret.of(server.uri().toString()))
                    .http(transport)
                    .build()
                    .send(Events.saying("hello"), Deadline.after(Duration.ofSeconds(20)));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void refusesACertificateThatIsNotTrusted() {
        try (var server = WebhookServer.start(loopback)) {
            NotifyException failure = failure(server, HttpTransport.standard());
            assertThat(failure.why()).isEqualTo(Reason.UNTRUSTED);
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
            assertThat(failure)
                    .hasMessageContaining("shows a certificate that is not trusted")
                    .hasMessageNotContaining("tries");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesTheCertificateOfAnotherHost() {
        try (var server = WebhookServer.start(elsewhere)) {
            var transport = HttpTransport.builder().sslContext(elsewhere).build();
            assertThat(failure(server, transport).why()).isEqualTo(Reason.UNTRUSTED);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void saysThatThePortDoesNotSpeakTls() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> greet(socket));
            thread.setDaemon(true);
            thread.start();
            WebhookSink sink = WebhookSink.builder(Secret.of("https://127.0.0.1:" + socket.getLocalPort()))
                    .http(HttpTransport.builder().retries(0).build())
                    .build();
            NotifyException failure = catchThrowableOfType(
                    NotifyException.class,
                    () -> sink.send(Events.saying("hello"), Deadline.after(Duration.ofSeconds(20))));
            assertThat(failure.why()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessageContaining("does not agree on TLS");
        }
    }

    private static void greet(ServerSocket socket) {
        try (var connection = socket.accept()) {
            connection.getOutputStream().write("220 mail.example.org ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the client went away, as it should
        }
    }

    private static NotifyException failure(WebhookServer server, HttpTransport transport) {
        WebhookSink sink = WebhookSink.builder(Secret.of(server.uri().toString()))
                .http(transport)
                .build();
        return catchThrowableOfType(
                NotifyException.class, () -> sink.send(Events.saying("hello"), Deadline.after(Duration.ofSeconds(20))));
    }

    /** A key and a self-signed certificate for {@code san}, and trust in it. */
    private static SSLContext context(String name, String san) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + san,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(directory.resolve(name + ".log")))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }
}
