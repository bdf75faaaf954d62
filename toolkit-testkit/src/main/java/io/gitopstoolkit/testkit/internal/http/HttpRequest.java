package io.gitopstoolkit.testkit.internal.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param method in upper case
 * @param target path and query as they were sent
 * @param headers by name in lower case; several of one name are joined by commas
 * @param body empty where there is none
 */
public record HttpRequest(String method, String target, Map<String, String> headers, String body) {
    /** The decoded path, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return URLDecoder.decode(
                (query < 0 ? target : target.substring(0, query)).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The decoded parameters of the query, each with its values in order. */
    public Map<String, List<String>> query() {
        var parameters = new LinkedHashMap<String, List<String>>();
        int start = target.indexOf('?');
        if (start >= 0) {
            for (String pair : target.substring(start + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (!name.isEmpty()) {
                    parameters
                            .computeIfAbsent(name, key -> new ArrayList<>())
                            .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    /** The header, or an empty text. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Whether the client asks to go on with a WebSocket. */
    public boolean isWebSocketUpgrade() {
        return header("upgrade").equalsIgnoreCase("websocket");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
