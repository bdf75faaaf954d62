package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Observer;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.notify.NotifyException.Reason;
import io.gitopstoolkit.testkit.WebhookAnswer;
import io.gitopstoolkit.testkit.WebhookServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {
    private final WebhookServer server = WebhookServer.start();
    private final FakeTicker ticker = new FakeTicker();

    @AfterEach
    void close() {
        server.close();
    }

    @Nested
    class WhenTheReceiverFailsForAWhile {
        @Test
        void triesAgainUntilItWorks() {
            server.answerNext(WebhookAnswer.status(500), WebhookAnswer.drop(), WebhookAnswer.status(502));
            send(HttpTransport.builder().random(() -> 0));
            assertThat(server.requests()).hasSize(4);
            assertThat(ticker.sleeps()).containsExactly(seconds(1), seconds(2), seconds(4));
        }

        @Test
        void givesUpAfterFourRetries() {
            server.answer(WebhookAnswer.status(500).withBody("disk\n\tfull"));
            NotifyException failure = failure(HttpTransport.builder().random(() -> 0.5));
            assertThat(failure.why()).isEqualTo(Reason.RECEIVER_FAILED);
            assertThat(failure.retry()).isEqualTo(Retry.BACK_OFF);
            assertThat(failure).hasMessage("the webhook at " + origin() + " failed (500: disk full), after 5 tries");
            assertThat(ticker.sleeps()).containsExactly(Duration.ofMillis(1_500), seconds(3), seconds(6), seconds(12));
        }

        @Test
        void pausesNoLongerThanTheLongestPause() {
            server.answer(WebhookAnswer.status(500));
            failure(HttpTransport.builder().random(() -> 0.999_999_999).retries(6));
            assertThat(ticker.sleeps()).hasSize(6).allMatch(pause -> pause.compareTo(seconds(30)) <= 0);
            assertThat(ticker.sleeps().get(5)).isGreaterThan(seconds(29));
        }

        @Test
        void takesOtherPausesAndRetries() {
            server.answer(WebhookAnswer.status(500));
            failure(HttpTransport.builder().random(() -> 0).retries(2).pauses(seconds(10), seconds(12)));
            assertThat(ticker.sleeps()).containsExactly(seconds(5), seconds(6));
            failure(HttpTransport.builder().retries(0));
            assertThat(server.requests()).hasSize(4);
        }

        @ParameterizedTest
        @ValueSource(ints = {429, 503})
        void waitsAsLongAsItAsks(int status) {
            server.answerNext(WebhookAnswer.status(status).withRetryAfter(seconds(7)));
            send(HttpTransport.builder());
            assertThat(ticker.sleeps()).containsExactly(seconds(7));
        }

        @Test
        void readsRetryAfterAsADateOfTheReceiversClock() throws Exception {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                answer(socket, """
                        HTTP/1.1 503 Later\r
                        Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                        Retry-After: Sun, 06 Nov 1994 08:49:49 GMT\r
                        Content-Length: 0\r
                        \r
                        """);
                NotifyException failure = failure(
                        "http://127.0.0.1:" + socket.getLocalPort(),
                        HttpTransport.builder().retries(0));
                assertThat(failure.retryAfter()).contains(seconds(12));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"soon", "-5", "1.5", "99999999999999999999", ""})
        void pausesAsUsualWhereRetryAfterIsUnreadable(String value) {
            server.answerNext(WebhookAnswer.status(429).withHeader("Retry-After", value));
            send(HttpTransport.builder().random(() -> 0));
            assertThat(ticker.sleeps()).containsExactly(seconds(1));
        }

        @Test
        void leavesALongerPauseToTheCaller() {
            server.answer(WebhookAnswer.status(429).withRetryAfter(seconds(31)));
            NotifyException failure = failure(HttpTransport.builder());
            assertThat(failure.why()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(seconds(31));
            assertThat(ticker.sleeps()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void doesNotPauseBeyondTheDeadline() {
            server.answer(WebhookAnswer.status(500));
            NotifyException failure = catchThrowableOfType(
                    NotifyException.class,
                    () -> sink(HttpTransport.builder().random(() -> 0))
                            .send(Events.saying("hello"), ticker.after(Duration.ofMillis(2_500))));
            assertThat(failure).hasMessageEndingWith("failed (500), after 2 tries");
            assertThat(ticker.sleeps()).containsExactly(seconds(1));
        }
    }

    @Nested
    class WhenTheReceiverRefuses {
        @ParameterizedTest
        @CsvSource({
            "400, REJECTED, rejects the event",
            "401, UNAUTHORIZED, does not accept the credentials",
            "403, UNAUTHORIZED, does not accept the credentials",
            "404, NOT_FOUND, has nothing at this address",
            "410, NOT_FOUND, has nothing at this address",
            "413, REJECTED, finds the event too large",
            "422, REJECTED, rejects the event",
            "501, REJECTED, does not take events in this way"
        })
        void failsAtOnceAndSaysWhy(int status, Reason why, String text) {
            server.answer(WebhookAnswer.status(status).withRetryAfter(seconds(1)));
            NotifyException failure = failure(HttpTransport.builder());
            assertThat(failure.why()).isEqualTo(why);
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
            assertThat(failure).hasMessage("the webhook at " + origin() + " " + text + " (" + status + ")");
            assertThat(server.requests()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void followsNoRedirect(int status) {
            try (var other = WebhookServer.start()) {
                server.answer(WebhookAnswer.status(status).withHeader("Location", other.uri() + "plantedpath"));
                NotifyException failure = failure(HttpTransport.builder());
                assertThat(failure.why()).isEqualTo(Reason.REJECTED);
                assertThat(failure)
                        .hasMessageContaining(
                                "redirects to " + other.uri().toString().replaceAll("/$", ""))
                        .hasMessageContaining("which is not followed")
                        .hasMessageNotContaining("plantedpath");
                assertThat(other.requests()).isEmpty();
                assertThat(server.requests()).hasSize(1);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ":::", "mailto:x"})
        void doesNotStumbleOverTheTargetOfARedirect(String location) {
            server.answer(WebhookAnswer.status(302).withHeader("Location", location));
            assertThat(failure(HttpTransport.builder()).why()).isEqualTo(Reason.REJECTED);
        }
    }

    @Nested
    class WhenThereIsNoAnswer {
        @Test
        void saysThatNobodyListens() throws Exception {
            int port;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            NotifyException failure = failure("http://127.0.0.1:" + port + "/", HttpTransport.builder());
            assertThat(failure.why()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure)
                    .hasMessage("the webhook at http://127.0.0.1:" + port
                            + " refuses the connection; check its address, and that it runs, after 5 tries");
        }

        @Test
        void saysThatTheHostNameIsNotKnown() {
            // A label of 64 characters is never a name, so no name server is asked.
            NotifyException failure = failure("http://" + "x".repeat(64) + ".invalid/", HttpTransport.builder());
            assertThat(failure.why()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessageContaining("has a host name that is not known");
        }

        @Test
        void saysThatTheConnectionBroke() {
            server.answer(WebhookAnswer.drop());
            NotifyException failure = failure(HttpTransport.builder().retries(1));
            assertThat(failure.why()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessageContaining("broke the connection, after 2 tries");
        }

        @Test
        void waitsForOneRequestNoLongerThanItsLimit() {
            server.answer(WebhookAnswer.hang());
            NotifyException failure = failure(HttpTransport.builder().retries(1).requestLimit(Duration.ofMillis(100)));
            assertThat(failure.why()).isEqualTo(Reason.NO_ANSWER);
            assertThat(failure).hasMessageContaining("did not answer within 100ms, after 2 tries");
        }

        @Test
        void endsWithTheDeadline() {
            server.answer(WebhookAnswer.hang());
            WebhookSink sink = sink(HttpTransport.builder());
            assertThatThrownBy(() -> sink.send(Events.saying("hello"), Deadline.after(Duration.ofMillis(100))))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessage("the time limit of 100ms is over, could not notify the webhook at " + origin());
        }

        @Test
        void endsWithAnInterrupt() throws Exception {
            server.answer(WebhookAnswer.hang());
            WebhookSink sink = sink(HttpTransport.builder());
            var outcome = new ArrayList<Object>();
            var thread = new Thread(() -> {
                outcome.add(catchThrowableOfType(
                        DeadlineException.class,
                        () -> sink.send(Events.saying("hello"), Deadline.after(Duration.ofMinutes(1)))));
                outcome.add(Thread.currentThread().isInterrupted());
            });
            thread.start();
            server.await(1, Deadline.after(seconds(10)));
            thread.interrupt();
            thread.join(10_000);
            assertThat(outcome).hasSize(2);
            assertThat(((DeadlineException) outcome.get(0)).why()).isEqualTo(DeadlineException.Reason.CANCELED);
            assertThat(outcome.get(1)).isEqualTo(true);
        }
    }

    @Nested
    class WhenTheAnswerDoesNotEnd {
        @Test
        void readsItsBeginningAlone() {
            server.answer(WebhookAnswer.endless());
            send(HttpTransport.builder());
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void limitsTheTimeOfASlowBody() throws Exception {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx");
                NotifyException failure = failure(
                        "http://127.0.0.1:" + socket.getLocalPort(),
                        HttpTransport.builder().retries(0).requestLimit(Duration.ofMillis(300)));
                assertThat(failure.why()).isEqualTo(Reason.NO_ANSWER);
            }
        }
    }

    @Test
    void goesThroughAProxy() {
        URI proxy = URI.create("http://127.0.0.1:" + server.uri().getPort());
        WebhookSink.builder(Secret.of("http://hooks.invalid/a?b=c"))
                .http(HttpTransport.builder().proxy(proxy).build())
                .build()
                .send(Events.saying("hello"), ticker.after(seconds(60)));
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("http://hooks.invalid/a?b=c");
            assertThat(request.header("Host")).contains("hooks.invalid");
        });
    }

    @Test
    void isObservedFromTheFirstTryToTheLast() {
        var seen = new ArrayList<String>();
        Observer observer = (operation, tags) -> {
            seen.add("start " + operation + " " + tags);
            return failure -> seen.add(failure == null ? "end" : "failed");
        };
        server.answerNext(WebhookAnswer.status(500));
        send(HttpTransport.builder().observer(observer));
        server.answer(WebhookAnswer.status(400));
        failure(HttpTransport.builder().observer(observer));
        assertThat(seen)
                .containsExactly(
                        "start notify.send {sink=webhook}", "end", "start notify.send {sink=webhook}", "failed");
    }

    @Test
    void servesManySinksAndThreads() throws Exception {
        HttpTransport transport = HttpTransport.standard();
        List<WebhookSink> sinks = Stream.of("a", "b")
                .map(path -> WebhookSink.builder(Secret.of(server.uri() + path))
                        .http(transport)
                        .build())
                .toList();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            WebhookSink sink = sinks.get(i % 2);
            threads.add(new Thread(() -> sink.send(Events.saying("hello"), Deadline.after(seconds(20)))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(server.requests()).hasSize(8);
    }

    @Test
    void refusesOptionsOutOfRange() {
        HttpTransport.Builder builder = HttpTransport.builder();
        assertThatThrownBy(() -> builder.retries(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.requestLimit(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.pauses(seconds(2), seconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.proxy(URI.create("http://user:planted@proxy:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("planted");
        assertThatThrownBy(() -> builder.proxy(URI.create("socks://proxy:1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Answers the first request with this text, and leaves the connection open. */
    private static void answer(ServerSocket socket, String text) {
        var thread = new Thread(() -> {
            try (var connection = socket.accept()) {
                connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                connection.getOutputStream().flush();
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the client went away, as it should
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private String origin() {
        return server.uri().toString().replaceAll("/$", "");
    }

    private WebhookSink sink(HttpTransport.Builder transport) {
        return WebhookSink.builder(Secret.of(server.uri().toString()))
                .http(transport.build())
                .build();
    }

    private void send(HttpTransport.Builder transport) {
        sink(transport).send(Events.saying("hello"), ticker.after(Duration.ofHours(1)));
    }

    private NotifyException failure(HttpTransport.Builder transport) {
        return failure(server.uri().toString(), transport);
    }

    private NotifyException failure(String address, HttpTransport.Builder transport) {
        WebhookSink sink =
                WebhookSink.builder(Secret.of(address)).http(transport.build()).build();
        return catchThrowableOfType(
                NotifyException.class, () -> sink.send(Events.saying("hello"), ticker.after(Duration.ofHours(1))));
    }
}
