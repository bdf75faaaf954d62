package io.gitopstoolkit.testkit.internal.web;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A complete answer. Immutable but for the bytes, which nobody changes. */
public final class WebAnswer {
    private static final byte[] NOTHING = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private WebAnswer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** An answer without a body. */
    public static WebAnswer of(int status) {
        return new WebAnswer(status, Map.of(), NOTHING);
    }

    /** An answer with these bytes. */
    public static WebAnswer of(int status, String contentType, byte[] body) {
        return new WebAnswer(status, Map.of("Content-Type", contentType), body);
    }

    /** An answer with this text, sent in UTF-8. */
    public static WebAnswer of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one header more, or with another value of it. */
    public WebAnswer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WebAnswer(status, Collections.unmodifiableMap(more), body);
    }

    /** The same with these headers as well. */
    public WebAnswer with(Map<String, String> others) {
        var more = new LinkedHashMap<>(headers);
        more.putAll(others);
        return new WebAnswer(status, Collections.unmodifiableMap(more), body);
    }

    /** The same with another body. */
    public WebAnswer withBody(byte[] bytes) {
        return new WebAnswer(status, headers, bytes);
    }

    /** Its status. */
    public int status() {
        return status;
    }

    /** Its headers but for the length, which is that of the body. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The bytes of the body; not to be changed. */
    public byte[] body() {
        return body;
    }
}
