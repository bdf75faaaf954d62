package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a {@link WebhookServer} answers a request: well, late, badly or not at all. Immutable. */
public final class WebhookAnswer {
    /** What is done with the connection. */
    enum Manner {
        PLAIN,
        HANG,
        DROP,
        ENDLESS
    }

    private final Manner manner;
    private final int status;
    private final Map<String, String> headers;
    private final String body;
    private final Duration delay;

    private WebhookAnswer(Manner manner, int status, Map<String, String> headers, String body, Duration delay) {
        this.manner = manner;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.delay = delay;
    }

    /**
     * An answer with this status, no body and no delay.
     *
     * @throws IllegalArgumentException if {@code status} is not between 200 and 599
     */
    public static WebhookAnswer status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("not the status of an answer: " + status);
        }
        return new WebhookAnswer(Manner.PLAIN, status, Map.of(), "", Duration.ZERO);
    }

    /** No answer before the server is closed. */
    public static WebhookAnswer hang() {
        return new WebhookAnswer(Manner.HANG, 0, Map.of(), "", Duration.ZERO);
    }

    /** No answer: the connection is closed. */
    public static WebhookAnswer drop() {
        return new WebhookAnswer(Manner.DROP, 0, Map.of(), "", Duration.ZERO);
    }

    /** Status 200 and a body that does not end before the server is closed. */
    public static WebhookAnswer endless() {
        return new WebhookAnswer(Manner.ENDLESS, 200, Map.of(), "", Duration.ZERO);
    }

    /** The same answer with one header more, or with another value of it. */
    public WebhookAnswer withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new WebhookAnswer(manner, status, Collections.unmodifiableMap(more), body, delay);
    }

    /** The same answer with {@code Retry-After} in whole seconds. */
    public WebhookAnswer withRetryAfter(Duration time) {
        return withHeader("Retry-After", Long.toString(time.toSeconds()));
    }

    /** The same answer with this body, sent in UTF-8. */
    public WebhookAnswer withBody(String text) {
        return new WebhookAnswer(manner, status, headers, requireNonNull(text, "text"), delay);
    }

    /** The same answer, {@code time} after the request was read. */
    public WebhookAnswer withDelay(Duration time) {
        return new WebhookAnswer(manner, status, headers, body, requireNonNull(time, "time"));
    }

    Manner manner() {
        return manner;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    String body() {
        return body;
    }

    Duration delay() {
        return delay;
    }
}
