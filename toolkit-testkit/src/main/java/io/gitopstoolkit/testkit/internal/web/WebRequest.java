package io.gitopstoolkit.testkit.internal.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request as it arrived, with its whole body. Immutable but for the bytes, which nobody changes. */
public final class WebRequest {
    private final String method;
    private final String rawPath;
    private final String rawQuery;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * A request.
     *
     * @param target path and query as they were sent
     * @param headers by name in lower case
     */
    public WebRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {
        int query = target.indexOf('?');
        this.method = method;
        this.rawPath = query < 0 ? target : target.substring(0, query);
        this.rawQuery = query < 0 ? "" : target.substring(query + 1);
        this.headers = headers;
        this.body = body;
    }

    /** In upper case. */
    public String method() {
        return method;
    }

    /** The path as it was sent. */
    public String rawPath() {
        return rawPath;
    }

    /** The query as it was sent, without its question mark; empty where there is none. */
    public String rawQuery() {
        return rawQuery;
    }

    /** Path and query as they were sent. */
    public String target() {
        return rawQuery.isEmpty() ? rawPath : rawPath + '?' + rawQuery;
    }

    /** The decoded path. */
    public String path() {
        return decode(rawPath.replace("+", "%2B"));
    }

    /** By name in lower case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The values of a header joined by commas, or an empty text. */
    public String header(String name) {
        return String.join(",", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    /** The bytes of the body; not to be changed. */
    public byte[] body() {
        return body;
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The decoded parameters of the query; of several of one name the first. */
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** The decoded parameter, or an empty text. */
    public String parameter(String name) {
        return parameters().getOrDefault(name, "");
    }

    /** Whether the query has that parameter, with a value or without. */
    public boolean has(String parameter) {
        return parameters().containsKey(parameter);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // no percent-encoding: what was sent is what is meant
        }
    }
}
