package io.gitopstoolkit.notify;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.EventSink;
import io.gitopstoolkit.api.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts events as JSON to a webhook: Flux's {@code generic} provider, and with a key for signatures its
 * {@code generic-hmac}. Safe between threads; sending blocks.
 *
 * <p>The body is the event as Flux writes it, its message cut at 39,000 characters, the time in whole seconds, the
 * metadata without the prefixes of Flux's controllers. The header {@code gotk-component} names the reporting
 * controller. Any answer of 200 to 299 is a success.
 *
 * @see <a href="https://fluxcd.io/flux/components/notification/providers/#generic-webhook">Flux: generic webhook</a>
 */
public final class WebhookSink implements EventSink {
    private final HttpPeer peer;
    private final Optional<Secret> key;
    private final String reportingInstance;

    private WebhookSink(Builder builder) {
        var secrets = new ArrayList<Secret>();
        builder.key.ifPresent(secrets::add);
        this.peer = new HttpPeer(
                new HttpPeer.Target("webhook", "the webhook", builder.address, HttpPeer.AnswerCheck.NONE),
                Map.copyOf(builder.headers),
                secrets,
                builder.transport.orElseGet(HttpTransport::standard));
        this.key = builder.key;
        this.reportingInstance = builder.reportingInstance;
    }

    /**
     * A sink with every option at its default.
     *
     * @throws IllegalArgumentException if {@code address} is not an http or https URL
     */
    public static WebhookSink to(URI address) {
        return builder(Secret.of(address.toString())).build();
    }

    /**
     * Begins a sink.
     *
     * @param address an http or https URL; a user and password in it become basic credentials. No message shows more
     *     of it than scheme, host and port
     * @throws IllegalArgumentException if it is none such
     */
    public static Builder builder(Secret address) {
        return new Builder(Address.parse("the webhook", address));
    }

    /**
     * Posts the event.
     *
     * @throws NotifyException if it did not arrive, as far as is known
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over, or the thread interrupted
     */
    @Override
    public void send(Event event, Deadline deadline) {
        String json = EventJson.of(event, reportingInstance);
        var headers = new LinkedHashMap<String, String>();
        headers.put("gotk-component", Headers.printable(event.reportingController()));
        key.ifPresent(secret -> headers.put("X-Signature", signature(secret, json)));
        peer.post(json, headers, deadline);
    }

    /** Names the webhook; the path of its address stays out of it. */
    @Override
    public String toString() {
        return "WebhookSink[" + peer + "]";
    }

    /** The signature of a body in UTF-8: {@code sha256=} and the HMAC in hexadecimal. */
    static String signature(Secret key, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    /** Options of a webhook. Not safe between threads. */
    public static final class Builder {
        private final Address address;
        private final Map<String, Secret> headers = new LinkedHashMap<>();
        private Optional<Secret> key = Optional.empty();
        private Optional<HttpTransport> transport = Optional.empty();
        private String reportingInstance = "";

        private Builder(Address address) {
            this.address = address;
        }

        /**
         * Adds a header to each request, such as {@code Authorization}; the same name again replaces it.
         *
         * @param value printable ASCII; no message shows it
         * @throws IllegalArgumentException if name or value do not fit into a header, or the HTTP client writes that
         *     header itself, such as {@code Host}
         */
        public Builder header(String name, Secret value) {
            Headers.check(name, value.reveal());
            headers.put(name, value);
            return this;
        }

        /**
         * Signs each body: the header {@code X-Signature} is {@code sha256=} and its HMAC-SHA256 in hexadecimal.
         * Default: no signature.
         *
         * @throws IllegalArgumentException if {@code secret} is empty
         */
        public Builder hmac(Secret secret) {
            if (secret.reveal().isEmpty()) {
                throw new IllegalArgumentException("the key of a signature is empty");
            }
            key = Optional.of(secret);
            return this;
        }

        /** Which instance of the reporting controller tells the event, such as a pod's name. Default: left out. */
        public Builder reportingInstance(String name) {
            reportingInstance = requireNonNull(name, "name");
            return this;
        }

        /** How to talk HTTP. Default: a {@linkplain HttpTransport#standard standard} transport of its own. */
        public Builder http(HttpTransport shared) {
            transport = Optional.of(shared);
            return this;
        }

        /** The sink. */
        public WebhookSink build() {
            return new WebhookSink(this);
        }
    }
}
