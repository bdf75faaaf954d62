package io.gitopstoolkit.testkit.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A complete answer.
 *
 * @param headers beside the content type and the length, which are set by themselves
 */
public record HttpResponse(int status, String contentType, Map<String, String> headers, String body) {
    /** An answer without further headers. */
    public HttpResponse(int status, String contentType, String body) {
        this(status, contentType, Map.of(), body);
    }

    /** The same with one more header, or one more line of a header. */
    public HttpResponse with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.merge(header, value, (before, next) -> before + "\n" + next);
        return new HttpResponse(status, contentType, more, body);
    }
}
