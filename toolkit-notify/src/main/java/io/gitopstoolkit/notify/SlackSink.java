package io.gitopstoolkit.notify;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.EventSink;
import io.gitopstoolkit.api.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Posts events to a Slack channel, by an incoming webhook or as a bot. Safe between threads; sending blocks.
 *
 * <p>The message is Flux's: one attachment with the object, the message of the event as Markdown, green or for errors
 * red, and a field for each metadata key. {@code &}, {@code <} and {@code >} are escaped, so that no event mentions
 * people or makes links. Text is cut at 39,000 characters. Events that only update a commit's status (metadata
 * {@code commit_status: update}) are not sent, as in Flux.
 *
 * @see <a href="https://fluxcd.io/flux/components/notification/providers/#slack">Flux: Slack</a>
 * @see <a href="https://api.slack.com/methods/chat.postMessage">Slack: chat.postMessage</a>
 */
public final class SlackSink implements EventSink {
    private static final URI API = URI.create("https://slack.com/api/");

    private final HttpPeer peer;
    private final String channel;
    private final String username;

    private SlackSink(Builder builder, HttpPeer peer) {
        this.peer = peer;
        this.channel = builder.channel;
        this.username = builder.username;
    }

    /**
     * A sink for an incoming webhook with every option at its default.
     *
     * @param webhook its URL, which is as good as a password; no message shows more of it than scheme, host and port
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    public static SlackSink to(Secret webhook) {
        return webhook(webhook).build();
    }

    /**
     * Begins a sink for an incoming webhook.
     *
     * @param webhook its URL, which is as good as a password; no message shows more of it than scheme, host and port
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    public static Builder webhook(Secret webhook) {
        return new Builder(Address.parse("the Slack webhook", webhook), Optional.empty(), "");
    }

    /**
     * Begins a sink for a bot.
     *
     * @param token its token, such as {@code xoxb-...}, with the scope {@code chat:write}
     * @param channel a channel that the bot is in, by name or id
     * @throws IllegalArgumentException if either is empty, or the token holds a blank or is not ASCII
     */
    public static Builder bot(Secret token, String channel) {
        if (channel.isBlank()) {
            throw new IllegalArgumentException("a Slack bot needs the name or id of a channel");
        }
        String text = token.reveal();
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the token of the Slack bot is empty, or holds a blank or a character" + " that is not ASCII");
        }
        return new Builder(apiAddress(API), Optional.of(token), channel);
    }

    /**
     * Posts the event.
     *
     * @throws NotifyException if it did not arrive, as far as is known
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over, or the thread interrupted
     */
    @Override
    public void send(Event event, Deadline deadline) {
        if (!Metadata.isCommitStatusUpdate(event)) {
            String from = username.isEmpty() ? event.reportingController() : username;
            peer.post(SlackMessage.of(event, channel, from), Map.of(), deadline);
        }
    }

    /** Names Slack's host; the path of the webhook stays out of it. */
    @Override
    public String toString() {
        return "SlackSink[" + peer + "]";
    }

    private static Address apiAddress(URI api) {
        String base = api.toString();
        return Address.parse("the Slack API", Secret.of(base + (base.endsWith("/") ? "" : "/") + "chat.postMessage"));
    }

    /** Options of a Slack sink. Not safe between threads. */
    public static final class Builder {
        private final Optional<Secret> token;
        private Address address;
        private String channel;
        private String username = "";
        private Optional<HttpTransport> transport = Optional.empty();

        private Builder(Address address, Optional<Secret> token, String channel) {
            this.address = address;
            this.token = token;
            this.channel = channel;
        }

        /** The channel, by name or id. Default: for a webhook the channel that it was made for. */
        public Builder channel(String name) {
            channel = requireNonNull(name, "name");
            return this;
        }

        /** Who the message is from. Default: the event's reporting controller. Slack may show the app's name instead. */
        public Builder username(String name) {
            username = requireNonNull(name, "name");
            return this;
        }

        /**
         * Where the bot finds Slack's API. Default {@code https://slack.com/api/}; GovSlack has another.
         *
         * @throws IllegalArgumentException if it is not an http or https URL
         * @throws IllegalStateException if this is a webhook, which has an address already
         */
        public Builder api(URI base) {
            if (token.isEmpty()) {
                throw new IllegalStateException("the API of Slack is for bots, a webhook has its own address");
            }
            address = apiAddress(base);
            return this;
        }

        /** How to talk HTTP. Default: a {@linkplain HttpTransport#standard standard} transport of its own. */
        public Builder http(HttpTransport shared) {
            transport = Optional.of(shared);
            return this;
        }

        /** The sink. */
        public SlackSink build() {
            HttpTransport http = transport.orElseGet(HttpTransport::standard);
            HttpPeer.Target target = token.isPresent()
                    ? new HttpPeer.Target("slack", "the Slack API", address, SlackAnswer::problem)
                    : new HttpPeer.Target("slack", "the Slack webhook", address, HttpPeer.AnswerCheck.NONE);
            Map<String, Secret> headers = token.map(
                            text -> Map.of("Authorization", Secret.of("Bearer " + text.reveal())))
                    .orElse(Map.of());
            return new SlackSink(this, new HttpPeer(target, headers, List.of(), http));
        }
    }
}
