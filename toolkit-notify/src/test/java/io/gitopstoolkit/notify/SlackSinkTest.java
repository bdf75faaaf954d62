package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.api.Severity;
import io.gitopstoolkit.notify.NotifyException.Reason;
import io.gitopstoolkit.testkit.WebhookAnswer;
import io.gitopstoolkit.testkit.WebhookServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackSinkTest {
    private static final String TOKEN = "xoxb-planted-token";

    private final WebhookServer server = WebhookServer.start();
    private final FakeTicker ticker = new FakeTicker();
    private final Deadline deadline = ticker.after(Duration.ofMinutes(10));

    @AfterEach
    void close() {
        server.close();
    }

    @Nested
    class ByWebhook {
        @Test
        void sendsTheMessageOfFlux() {
            Event event = Events.about(
                    Events.APPS,
                    Severity.INFO,
                    "Deployment/web configured\nService/web created",
                    Map.of("kustomize.toolkit.fluxcd.io/revision", "main@sha1:abc", "cluster", "prod"));
            SlackSink.to(webhook()).send(event, deadline);
            assertThat(sent().path()).isEqualTo("/services/T0/B0/x");
            assertThat(sent().body()).isEqualTo("""
                    {"username":"kustomize-controller","attachments":[{\
                    "fallback":"kustomization/apps.flux-system: Deployment/web configured","color":"good",\
                    "author_name":"kustomization/apps.flux-system",\
                    "text":"Deployment/web configured\\nService/web created","mrkdwn_in":["text"],"fields":[\
                    {"title":"cluster","value":"prod","short":false},\
                    {"title":"revision","value":"main@sha1:abc","short":false}]}]}""");
        }

        @Test
        void showsErrorsAsDanger() {
            var node = new ObjectRef("", "Node", "", "n1");
            SlackSink.webhook(webhook())
                    .channel("#alerts")
                    .username("fleet")
                    .build()
                    .send(Events.about(node, Severity.ERROR, "", Map.of()), deadline);
            assertThat(sent().body()).isEqualTo("""
                    {"channel":"#alerts","username":"fleet","attachments":[{"fallback":"node/n1: ",\
                    "color":"danger","author_name":"node/n1","text":"","mrkdwn_in":["text"],"fields":[]}]}""");
        }

        @Test
        void escapesWhatWouldMentionOrLink() {
            SlackSink.to(webhook())
                    .send(
                            Events.about(
                                    Events.APPS,
                                    Severity.INFO,
                                    "<!channel> a && b <https://evil|x>",
                                    Map.of("<k>", "<@U1>&")),
                            deadline);
            assertThat(sent().body())
                    .contains("\"text\":\"&lt;!channel&gt; a &amp;&amp; b &lt;https://evil|x&gt;\"")
                    .contains("{\"title\":\"&lt;k&gt;\",\"value\":\"&lt;@U1&gt;&amp;\",")
                    .doesNotContain("<");
        }

        @Test
        void doesNotSendUpdatesOfCommitStatus() {
            SlackSink sink = SlackSink.to(webhook());
            sink.send(Events.with(Map.of("kustomize.toolkit.fluxcd.io/commit_status", "update")), deadline);
            sink.send(Events.with(Map.of("commit_status", "update")), deadline);
            assertThat(server.requests()).isEmpty();
            sink.send(Events.with(Map.of("commit_status", "other")), deadline);
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void reportsWhatSlackSays() {
            server.answer(WebhookAnswer.status(404).withBody("no_service"));
            NotifyException failure = failure(SlackSink.to(webhook()));
            assertThat(failure.why()).isEqualTo(Reason.NOT_FOUND);
            assertThat(failure)
                    .hasMessage("the Slack webhook at " + origin() + " has nothing at this address (404: no_service)");
        }

        @Test
        void hasNoApi() {
            SlackSink.Builder builder = SlackSink.webhook(webhook());
            assertThatThrownBy(() -> builder.api(server.uri())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Escaping {
        @Test
        void keepsTextOfTheGreatestLength() {
            String text = "x".repeat(38_995) + "&";
            assertThat(SlackMessage.escape(text))
                    .isEqualTo("x".repeat(38_995) + "&amp;")
                    .hasSize(39_000);
        }

        @Test
        void cutsNoEntityInTwo() {
            assertThat(SlackMessage.escape("x".repeat(38_996) + "&")).isEqualTo("x".repeat(38_996) + "…");
            assertThat(SlackMessage.escape("&".repeat(39_000)))
                    .isEqualTo("&amp;".repeat(7_799) + "…")
                    .hasSizeLessThanOrEqualTo(39_000);
        }

        @Test
        void cutsNoCharacterInTwo() {
            assertThat(SlackMessage.escape("x".repeat(38_999) + "😀")).isEqualTo("x".repeat(38_999) + "…");
            assertThat(SlackMessage.escape("x".repeat(38_998) + "😀"))
                    .hasSize(39_000)
                    .endsWith("😀");
        }
    }

    @Nested
    class ByBot {
        @Test
        void postsToTheChannelWithItsToken() {
            server.answer(WebhookAnswer.status(200).withBody("{\"warn\":{\"ok\":false},\"ok\":true,\"ts\":\"1\"}"));
            bot().send(Events.saying("hello"), deadline);
            assertThat(sent().path()).isEqualTo("/api/chat.postMessage");
            assertThat(sent().header("Authorization")).contains("Bearer " + TOKEN);
            assertThat(sent().header("Content-Type")).contains("application/json; charset=utf-8");
            assertThat(sent().body()).startsWith("{\"channel\":\"deploys\",\"username\":");
        }

        @ParameterizedTest
        @CsvSource({
            "invalid_auth, UNAUTHORIZED",
            "token_revoked, UNAUTHORIZED",
            "missing_scope, UNAUTHORIZED",
            "channel_not_found, NOT_FOUND",
            "is_archived, NOT_FOUND",
            "not_in_channel, REJECTED",
            "msg_too_long, REJECTED"
        })
        void failsAtOnceWhereSlackIsNotOk(String error, Reason why) {
            server.answer(WebhookAnswer.status(200).withBody("{\"ok\":false,\"error\":\"" + error + "\"}"));
            NotifyException failure = failure(bot());
            assertThat(failure.why()).isEqualTo(why);
            assertThat(failure)
                    .hasMessageStartingWith("the Slack API at " + origin())
                    .hasMessageContaining(error);
            assertThat(server.requests()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ratelimited", "internal_error"})
        void triesAgainWhereSlackFails(String error) {
            server.answerNext(WebhookAnswer.status(200).withBody("{\"ok\":false,\"error\":\"" + error + "\"}"));
            server.answer(WebhookAnswer.status(200).withBody("{\"ok\":true}"));
            bot().send(Events.saying("hello"), deadline);
            assertThat(server.requests()).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "ok", "[]", "{}", "{\"ok\":\"true\"}", "{\"ok\":true", "{\"ok\":null}"})
        void takesNothingElseForSuccess(String body) {
            server.answer(WebhookAnswer.status(200).withBody(body));
            assertThat(failure(bot()).why()).isEqualTo(Reason.REJECTED);
        }

        @Test
        void hidesTheTokenThatSlackRepeats() {
            server.answer(WebhookAnswer.status(200).withBody("{\"ok\":false,\"error\":\"bad " + TOKEN + "\"}"));
            assertThat(failure(bot())).hasMessageContaining("bad ***").hasMessageNotContaining("planted");
        }

        @Test
        void needsTokenAndChannel() {
            assertThatThrownBy(() -> SlackSink.bot(Secret.of(""), "c")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SlackSink.bot(Secret.of(TOKEN + "\n"), "c"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("planted");
            assertThatThrownBy(() -> SlackSink.bot(Secret.of(TOKEN), " ")).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void talksToSlackUnlessToldOtherwise() {
            assertThat(SlackSink.bot(Secret.of(TOKEN), "c").build())
                    .hasToString("SlackSink[the Slack API at https://slack.com]");
        }

        private SlackSink bot() {
            return SlackSink.bot(Secret.of(TOKEN), "deploys")
                    .api(URI.create(server.uri() + "api"))
                    .build();
        }
    }

    private NotifyException failure(SlackSink sink) {
        return catchThrowableOfType(NotifyException.class, () -> sink.send(Events.saying("hello"), deadline));
    }

    private Secret webhook() {
        return Secret.of(server.uri() + "services/T0/B0/x");
    }

    private String origin() {
        return server.uri().toString().replaceAll("/$", "");
    }

    private WebhookServer.Request sent() {
        return server.requests().get(0);
    }
}
