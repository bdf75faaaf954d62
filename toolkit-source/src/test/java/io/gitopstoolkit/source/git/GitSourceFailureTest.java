package io.gitopstoolkit.source.git;

import static io.gitopstoolkit.source.git.GitTests.fetch;
import static io.gitopstoolkit.source.git.GitTests.in30Seconds;
import static io.gitopstoolkit.source.git.GitTests.main;
import static io.gitopstoolkit.source.git.GitTests.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GitSourceFailureTest {
    private final GitServer server = GitServer.start();
    private final ServedRepository shop = server.repository("shop");

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysThatThereIsNoSuchRepository() {
        var uri = server.uri().resolve("/none.git");
        assertThat(failure(Reason.REPOSITORY_NOT_FOUND, () -> resolve(uri)))
                .hasMessage("could not resolve " + uri + ": there is no such Git repository,"
                        + " or it needs credentials to be seen; check the address");
    }

    @Test
    void saysThatADirectoryIsNoRepository() {
        for (URI uri : new URI[] {directory.toUri(), directory.resolve("none").toUri()}) {
            assertThat(failure(Reason.REPOSITORY_NOT_FOUND, () -> resolve(uri)))
                    .hasMessage("could not resolve " + uri + ": there is no such Git repository; check the address");
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "429"})
    void saysThatTheServerIsInTrouble(int status) {
        shop.commit("First", Map.of("a", "1"));
        server.answerNext(status);
        var failure = failure(Reason.SOURCE_UNAVAILABLE, () -> resolve(shop.uri()));
        assertThat(failure)
                .hasMessage("could not resolve " + shop.uri() + ": the server is in trouble (HTTP status " + status
                        + "); try again later");
        assertThat(failure.retry()).isEqualTo(Retry.BACK_OFF);
    }

    @Test
    void saysThatTheServerIsNoGitServer() throws IOException {
        assertThat(failure(Reason.GIT_OPERATION_FAILED, () -> withAnswer("text/html", "<html>", this::resolve)))
                .hasMessageContaining("the server answers text/html where a Git server would not; check the address");
    }

    @Test
    void refusesAnAnswerThatOnlyClaimsToBeGit() {
        String type = "application/x-git-upload-pack-advertisement";
        assertThat(failure(Reason.GIT_OPERATION_FAILED, () -> withAnswer(type, "<html>nothing</html>", this::resolve)))
                .hasMessageStartingWith("could not resolve http://127.0.0.1:");
        assertThat(failure(Reason.GIT_OPERATION_FAILED, () -> withAnswer(type, "00", this::resolve)))
                .hasMessageContaining("the answer of the server ends too early");
    }

    @Test
    void saysThatTheHostCannotBeReached() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(failure(Reason.SOURCE_UNAVAILABLE, () -> resolve(URI.create("http://127.0.0.1:" + port + "/a.git"))))
                .hasMessageContaining("the host 127.0.0.1 cannot be reached; check its name and the network");
        assertThat(failure(Reason.SOURCE_UNAVAILABLE, () -> resolve(URI.create("https://git.invalid/a.git"))))
                .hasMessageContaining("the host git.invalid cannot be reached");
    }

    @Test
    void saysThatAPackEndsTooEarlyAndSucceedsTheNextTime() {
        shop.commit("First", Map.of("a", "x".repeat(100_000)));
        server.truncateNextPack();
        try (var source = main(shop).build()) {
            var failure = failure(Reason.GIT_OPERATION_FAILED, () -> fetch(source));
            assertThat(failure).hasMessageStartingWith("could not fetch main@sha1:");
            assertThat(failure.retry()).isEqualTo(Retry.BACK_OFF);
            assertThat(text(fetch(source).files(), "a")).hasSize(100_000);
        }
    }

    @Test
    void failsWhereTheCacheDirectoryIsAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(failure(
                        Reason.CACHE_OPERATION_FAILED,
                        () -> main(shop).cacheDirectory(file).build()))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("check that the directory is writable");
    }

    @Nested
    class WhenTheServerHangs {
        @Test
        void stopsAtTheDeadlineOfResolve() {
            shop.commit("First", Map.of("a", "1"));
            server.hangNext();
            try (var source = main(shop).build()) {
                assertThatThrownBy(() -> source.resolve(Deadline.after(Duration.ofMillis(300))))
                        .isInstanceOf(DeadlineException.class)
                        .hasMessageContaining("the time limit of 300ms is over");
            }
        }

        @Test
        void stopsAtTheDeadlineOfFetch() {
            shop.commit("First", Map.of("a", "1"));
            server.hangNextPack();
            try (var source = main(shop).build()) {
                var revision = source.resolve(in30Seconds());
                assertThatThrownBy(() -> source.fetch(revision, Deadline.after(Duration.ofMillis(300))))
                        .isInstanceOf(DeadlineException.class);
                assertThat(text(source.fetch(revision, in30Seconds()).files(), "a"))
                        .isEqualTo("1");
            }
        }

        @Test
        void hearsAnInterrupt() throws Exception {
            shop.commit("First", Map.of("a", "1"));
            server.hangNext();
            try (var source = main(shop).build()) {
                var ended = new CompletableFuture<Throwable>();
                var thread = new Thread(() -> {
                    Throwable thrown =
                            catchThrowableOfType(DeadlineException.class, () -> source.resolve(in30Seconds()));
                    ended.complete(Thread.currentThread().isInterrupted() ? thrown : null);
                });
                thread.start();
                while (server.requests().isEmpty()) {
                    Thread.onSpinWait();
                }
                thread.interrupt();
                assertThat(ended.get(10, SECONDS))
                        .isInstanceOfSatisfying(
                                DeadlineException.class,
                                e -> assertThat(e.why()).isEqualTo(DeadlineException.Reason.CANCELED));
            }
        }

        @Test
        void stopsAtTheDeadlineInTheMiddleOfAnAnswer() throws IOException {
            var listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            listening.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("001e# service=git-".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            });
            listening.start();
            var uri = URI.create("http://127.0.0.1:" + listening.getAddress().getPort() + "/a.git");
            try (var source = GitSource.builder(uri).build()) {
                assertThatThrownBy(() -> source.resolve(Deadline.after(Duration.ofMillis(300))))
                        .isInstanceOf(DeadlineException.class);
            } finally {
                listening.stop(0);
            }
        }
    }

    @Nested
    class WhenTheAddressIsWrong {
        @ParameterizedTest
        @ValueSource(
                strings = {"ssh://git@example.org/a.git", "git://example.org/a.git", "ftp://example.org/a", "shop"})
        void namesTheScheme(String address) {
            var failure = failure(Reason.INVALID_URL, () -> GitSource.builder(URI.create(address)));
            String scheme = address.contains(":") ? address.substring(0, address.indexOf(':')) : "";
            assertThat(failure).hasMessage("the scheme '" + scheme + "' is not supported; use https, http or file");
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://user:hunter2@example.org/a.git", "https://hunter2@example.org/a.git"})
        void refusesUserInfoAndDoesNotRepeatIt(String address) {
            assertThat(failure(Reason.INVALID_URL, () -> GitSource.builder(URI.create(address))))
                    .hasMessageContaining("give them as credentials")
                    .hasMessageNotContaining("hunter2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://example.org/a.git?token=hunter2", "https://example.org/a.git#hunter2"})
        void refusesAQueryAndAFragment(String address) {
            assertThat(failure(Reason.INVALID_URL, () -> GitSource.builder(URI.create(address))))
                    .hasMessageContaining("no query")
                    .hasMessageNotContaining("hunter2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https:///a.git", "file://host/a", "file:a", "https:a"})
        void refusesAnAddressThatLeadsNowhere(String address) {
            assertThat(failure(Reason.INVALID_URL, () -> GitSource.builder(URI.create(address))))
                    .hasMessageContaining(address);
        }
    }

    private static SourceException failure(Reason reason, ThrowingCallable call) {
        var failure = catchThrowableOfType(SourceException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.why()).isEqualTo(reason);
        assertThat(failure.reason()).isEqualTo(reason.text());
        return failure;
    }

    private void resolve(URI uri) {
        try (var source = GitSource.builder(uri).build()) {
            source.resolve(in30Seconds());
        }
    }

    private interface Use {
        void of(URI uri);
    }

    private static void withAnswer(String type, String body, Use use) throws IOException {
        var listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listening.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        listening.start();
        try {
            use.of(URI.create("http://127.0.0.1:" + listening.getAddress().getPort() + "/a.git"));
        } finally {
            listening.stop(0);
        }
    }
}
