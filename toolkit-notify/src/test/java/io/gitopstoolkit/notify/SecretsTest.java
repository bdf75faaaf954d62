package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gitopstoolkit.api.EventSink;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.WebhookAnswer;
import io.gitopstoolkit.testkit.WebhookServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, no message, cause or text shows a token, a key, a password or the path of an address. */
class SecretsTest {
    private static final String PLANTED = "pl4nted";
    private static final String ECHO = "url /hook/pl4nted-path?t=pl4nted-query t=pl4nted-query Bearer pl4nted-token"
            + " pl4nted-token pl4nted-key user:pl4nted-password pl4nted-password dXNlcjpwbDRudGVkLXBhc3N3b3Jk";
    private static final HttpTransport TRANSPORT = HttpTransport.builder()
            .requestLimit(Duration.ofMillis(200))
            .retries(0)
            .build();

    static Stream<WebhookAnswer> failures() {
        return Stream.of(
                WebhookAnswer.status(302)
                        .withHeader("Location", "/pl4nted-path")
                        .withBody(ECHO),
                WebhookAnswer.status(400).withBody(ECHO),
                WebhookAnswer.status(401).withBody(ECHO),
                WebhookAnswer.status(404).withBody(ECHO),
                WebhookAnswer.status(429).withBody(ECHO),
                WebhookAnswer.status(500).withBody(ECHO),
                WebhookAnswer.status(200).withBody("{\"ok\":false,\"error\":\"" + ECHO + "\"}"),
                WebhookAnswer.hang(),
                WebhookAnswer.drop());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void stayOutOfEveryFailure(WebhookAnswer answer) {
        try (var server = WebhookServer.start()) {
            server.answer(answer);
            for (EventSink sink : sinks(server.uri())) {
                check(sink);
                check(Dispatcher.builder().route(EventFilter.ALL, sink).build());
            }
        }
    }

    @Test
    void stayOutWhereNobodyListens() {
        URI gone;
        try (var server = WebhookServer.start()) {
            gone = server.uri();
        }
        sinks(gone).forEach(SecretsTest::check);
        sinks(URI.create("https://127.0.0.1:" + gone.getPort() + "/")).forEach(SecretsTest::check);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pl4nted-token",
                "/pl4nted-token",
                "http:/pl4nted-token",
                "http://host/pl4nted token",
                "http://ho st/pl4nted-token",
                "http://:80/pl4nted-token",
                "http://my_host/pl4nted-token",
                "ftp://host/pl4nted-token",
                "http://host:port/pl4nted-token",
                "http://host/%zzpl4nted-token",
                "\r\nhttp://host/pl4nted-token",
                ""
            })
    void stayOutWhereTheAddressIsInvalid(String address) {
        List<Function<Secret, Object>> makers = List.of(WebhookSink::builder, SlackSink::webhook, SlackSink::to);
        for (Function<Secret, Object> maker : makers) {
            Throwable failure = catchThrowable(() -> maker.apply(Secret.of(address)));
            assertThat(failure)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the address of the ");
            assertThat(trace(failure)).doesNotContain(PLANTED);
        }
    }

    /** Each knows every secret that the answers repeat. */
    private static List<EventSink> sinks(URI root) {
        String base = root.toString().replace("://", "://user:pl4nted-password@");
        Secret address = Secret.of(base + "hook/pl4nted-path?t=pl4nted-query");
        Secret bearer = Secret.of("Bearer pl4nted-token");
        Secret key = Secret.of("pl4nted-key");
        WebhookSink webhook = WebhookSink.builder(address)
                .header("X-Token", bearer)
                .hmac(key)
                .http(TRANSPORT)
                .build();
        WebhookSink second = WebhookSink.builder(address)
                .header("Authorization", bearer)
                .header("X-Key", key)
                .http(TRANSPORT)
                .build();
        WebhookSink third = WebhookSink.builder(address)
                .header("A", Secret.of("Token pl4nted-token"))
                .hmac(key)
                .http(TRANSPORT)
                .build();
        return List.of(webhook, second, third);
    }

    @Test
    void stayOutOfTheFailuresOfSlack() {
        try (var server = WebhookServer.start()) {
            String echo = "/services/T0/pl4nted-path user:pl4nted-password";
            server.answer(WebhookAnswer.status(400).withBody(echo));
            String base = server.uri().toString().replace("://", "://user:pl4nted-password@");
            check(SlackSink.webhook(Secret.of(base + "services/T0/pl4nted-path"))
                    .http(TRANSPORT)
                    .build());
            server.answer(WebhookAnswer.status(200)
                    .withBody("{\"ok\":false,\"error\":\"" + echo + " Bearer pl4nted-bot pl4nted-bot\"}"));
            check(SlackSink.bot(Secret.of("pl4nted-bot"), "c")
                    .api(URI.create(base + "pl4nted-path"))
                    .http(TRANSPORT)
                    .build());
        }
    }

    private static void check(EventSink sink) {
        assertThat(sink.toString()).doesNotContain(PLANTED);
        Throwable failure =
                catchThrowable(() -> sink.send(Events.saying("hello"), new FakeTicker().after(Duration.ofMinutes(10))));
        if (failure != null) {
            assertThat(trace(failure)).doesNotContain(PLANTED).doesNotContain("dXNlcjpwbDRudGVk");
        }
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
