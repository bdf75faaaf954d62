package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.api.Severity;
import io.gitopstoolkit.testkit.WebhookServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSinkTest {
    private final WebhookServer server = WebhookServer.start();
    private final Deadline deadline = Deadline.after(Duration.ofSeconds(20));

    @AfterEach
    void close() {
        server.close();
    }

    @Nested
    class Body {
        @Test
        void isTheEventAsFluxWritesIt() {
            Event event = Events.about(
                    Events.APPS,
                    Severity.ERROR,
                    "line \"one\"\nline two",
                    Map.of("kustomize.toolkit.fluxcd.io/revision", "main@sha1:abc"));
            builder("hook").reportingInstance("pod-1").build().send(event, deadline);
            assertThat(sent().method()).isEqualTo("POST");
            assertThat(sent().path()).isEqualTo("/hook");
            assertThat(sent().body()).isEqualTo("""
                    {"involvedObject":{"kind":"Kustomization","namespace":"flux-system","name":"apps",\
                    "apiVersion":"kustomize.toolkit.fluxcd.io/v1"},"severity":"error",\
                    "timestamp":"2026-11-23T13:14:15Z","message":"line \\"one\\"\\nline two",\
                    "reason":"ReconciliationFailed","metadata":{"revision":"main@sha1:abc"},\
                    "reportingController":"kustomize-controller","reportingInstance":"pod-1"}""");
        }

        @Test
        void leavesOutWhatIsEmpty() {
            var about = new ObjectRef("", "Namespace", "", "apps");
            WebhookSink.to(server.uri())
                    .send(
                            new Event(about, "v1", Severity.TRACE, "Created", "", Instant.EPOCH, "me", Map.of()),
                            deadline);
            assertThat(sent().body()).isEqualTo("""
                    {"involvedObject":{"kind":"Namespace","name":"apps","apiVersion":"v1"},"severity":"trace",\
                    "timestamp":"1970-01-01T00:00:00Z","message":"","reason":"Created","reportingController":"me"}""");
        }

        @Test
        void hasItsMessageCutAsFluxCutsIt() {
            send("x".repeat(39_000));
            assertThat(sent().body()).contains("x".repeat(39_000) + "\"");
            send("x".repeat(38_998) + "😀😀");
            assertThat(server.requests().get(1).body()).contains("\"" + "x".repeat(38_998) + "…\"");
            send("x".repeat(3_000_000));
            assertThat(server.requests().get(2).body()).contains("\"" + "x".repeat(38_999) + "…\"");
        }

        @Test
        void survivesHalfASurrogatePair() {
            send("half \ud83d of it");
            assertThat(sent().body()).contains("\"half ? of it\"");
        }
    }

    @Nested
    class Metadata {
        @Test
        void losesThePrefixesOfFluxAndIsSorted() {
            assertThat(metadata(Map.of(
                            "kustomize.toolkit.fluxcd.io/revision", "r",
                            "event.toolkit.fluxcd.io/cluster", "c",
                            "plain", "p",
                            "example.org/team", "t")))
                    .isEqualTo("{\"cluster\":\"c\",\"example.org/team\":\"t\",\"plain\":\"p\",\"revision\":\"r\"}");
        }

        @Test
        void losesChecksumAndDigestOfTheGroupAlone() {
            assertThat(metadata(Map.of(
                            "kustomize.toolkit.fluxcd.io/checksum", "1",
                            "kustomize.toolkit.fluxcd.io/digest", "2",
                            "digest", "3")))
                    .isEqualTo("{\"digest\":\"3\"}");
        }

        @Test
        void ofTheControllerWinsOverPlainAndThatOverAnnotations() {
            assertThat(metadata(Map.of(
                            "kustomize.toolkit.fluxcd.io/a", "controller",
                            "a", "plain",
                            "event.toolkit.fluxcd.io/a", "annotation",
                            "b", "plain",
                            "event.toolkit.fluxcd.io/b", "annotation",
                            "event.toolkit.fluxcd.io/", "no name")))
                    .isEqualTo("{\"a\":\"controller\",\"b\":\"plain\"}");
        }

        private String metadata(Map<String, String> given) {
            WebhookSink.to(server.uri()).send(Events.with(given), deadline);
            String body = sent().body();
            int start = body.indexOf("\"metadata\":") + 11;
            return body.substring(start, body.indexOf('}', start) + 1);
        }
    }

    @Nested
    class Headers {
        @Test
        void nameTheController() {
            send("hello");
            assertThat(sent().header("gotk-component")).contains("kustomize-controller");
            assertThat(sent().header("Content-Type")).contains("application/json; charset=utf-8");
            assertThat(sent().header("X-Signature")).isEmpty();
        }

        @Test
        void cannotBeAddedByTheText() {
            var event = new Event(
                    Events.APPS,
                    "v1",
                    Severity.INFO,
                    "R",
                    "hi\r\nX-Evil: 1\r\n\r\n",
                    Instant.EPOCH,
                    "me\r\nX-Evil: 1\nü",
                    Map.of("k\r\nX-Evil: 1", "v\r\nX-Evil: 1"));
            WebhookSink.to(server.uri()).send(event, deadline);
            assertThat(sent().header("X-Evil")).isEmpty();
            assertThat(sent().header("gotk-component")).contains("me??X-Evil: 1??");
            assertThat(sent().body()).contains("hi\\r\\nX-Evil: 1\\r\\n\\r\\n");
        }

        @Test
        void canBeGiven() {
            builder("")
                    .header("X-Team", Secret.of("old"))
                    .header("X-Team", Secret.of("blue"))
                    .header("Authorization", Secret.of("Bearer t0ken"))
                    .build()
                    .send(Events.saying("hello"), deadline);
            assertThat(sent().header("x-team")).contains("blue");
            assertThat(sent().header("authorization")).contains("Bearer t0ken");
        }

        @Test
        void authorizeAsTheUserOfTheAddress() {
            String address = server.uri().toString().replace("http://", "HTTP://us%40er:p%C3%A4ss@");
            WebhookSink.builder(Secret.of(address)).build().send(Events.saying("hello"), deadline);
            String basic = Base64.getEncoder().encodeToString("us@er:päss".getBytes(StandardCharsets.UTF_8));
            assertThat(sent().header("authorization")).contains("Basic " + basic);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "ä", "Host", "content-length", "Connection"})
        void areRefusedWhereTheNameIsNone(String name) {
            WebhookSink.Builder builder = builder("");
            assertThatThrownBy(() -> builder.header(name, Secret.of("x"))).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"plantedsecret\r\nX-Evil: 1", "plantedsecret\n", "plantedsecretä", "plantedsecret\u0000"})
        void areRefusedWhereTheValueIsNoneWithoutShowingIt(String value) {
            WebhookSink.Builder builder = builder("");
            assertThatThrownBy(() -> builder.header("X-Token", Secret.of(value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the value of the header X-Token holds a character that is not printable ASCII");
        }
    }

    @Nested
    class Signature {
        @Test
        void isThatOfFlux() {
            assertThat(WebhookSink.signature(Secret.of("test-token"), "{\"a\":1}"))
                    .isEqualTo("sha256=4aa797af57f3bc770b3b7c17eeeebf1ffadf5d6fb35a2392ddfe28024c76c8eb");
        }

        @Test
        void coversTheBodyAsItWasSent() throws Exception {
            builder("").hmac(Secret.of("kéy")).build().send(Events.saying("grüße 😀"), deadline);
            assertThat(sent().header("X-Signature"))
                    .contains("sha256=" + HexFormat.of().formatHex(hmac("kéy", sent().body())));
        }

        @Test
        void needsAKey() {
            WebhookSink.Builder builder = builder("");
            assertThatThrownBy(() -> builder.hmac(Secret.of(""))).isInstanceOf(IllegalArgumentException.class);
        }

        /** HMAC by its definition in RFC 2104. */
        private byte[] hmac(String key, String body) throws Exception {
            byte[] inner = Arrays.copyOf(key.getBytes(StandardCharsets.UTF_8), 64);
            byte[] outer = inner.clone();
            for (int i = 0; i < 64; i++) {
                inner[i] ^= 0x36;
                outer[i] ^= 0x5c;
            }
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(inner);
            byte[] first = sha.digest(body.getBytes(StandardCharsets.UTF_8));
            sha.update(outer);
            return sha.digest(first);
        }
    }

    private void send(String message) {
        WebhookSink.to(server.uri()).send(Events.saying(message), deadline);
    }

    private WebhookSink.Builder builder(String path) {
        return WebhookSink.builder(Secret.of(server.uri() + path));
    }

    private WebhookServer.Request sent() {
        return server.requests().get(0);
    }
}
