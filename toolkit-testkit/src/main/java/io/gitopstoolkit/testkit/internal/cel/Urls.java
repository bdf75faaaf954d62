package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * URLs in expressions.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#URLs">Kubernetes: URL library</a>
 */
final class Urls {
    private static final OpaqueType TYPE = OpaqueType.create("kubernetes.URL");

    private Urls() {}

    static void addTo(FunctionSet functions) {
        functions
                .type(TYPE, URI.class)
                .function("url", TYPE, args -> parse((String) args[0]), SimpleType.STRING)
                .function("isURL", SimpleType.BOOL, args -> find((String) args[0]) != null, SimpleType.STRING)
                .member("getScheme", SimpleType.STRING, args -> text(((URI) args[0]).getScheme()), TYPE)
                .member("getHost", SimpleType.STRING, args -> host((URI) args[0]), TYPE)
                .member("getHostname", SimpleType.STRING, args -> hostname((URI) args[0]), TYPE)
                .member("getPort", SimpleType.STRING, args -> port((URI) args[0]), TYPE)
                .member("getEscapedPath", SimpleType.STRING, args -> text(((URI) args[0]).getRawPath()), TYPE)
                .member(
                        "getQuery",
                        MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)),
                        args -> query((URI) args[0]),
                        TYPE);
    }

    private static URI parse(String text) {
        URI found = find(text);
        if (found == null) {
            throw new IllegalArgumentException(
                    "URL parse error during conversion from string: parse \"" + text + "\": invalid URI for request");
        }
        return found;
    }

    /** A URI with a scheme, or an absolute path. */
    private static @Nullable URI find(String text) {
        try {
            URI uri = new URI(withoutSpaces(text));
            boolean hasPath = text.startsWith("/");
            boolean hasScheme = uri.getScheme() != null && !uri.isOpaque();
            return (hasPath || hasScheme) && uri.getFragment() == null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Go takes spaces in a path. */
    private static String withoutSpaces(String text) {
        int authority = text.indexOf("://");
        int path = text.indexOf('/', authority < 0 ? 0 : authority + 3);
        return path < 0 ? text : text.substring(0, path) + text.substring(path).replace(" ", "%20");
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static String host(URI uri) {
        String authority = text(uri.getRawAuthority());
        return authority.substring(authority.indexOf('@') + 1);
    }

    private static String hostname(URI uri) {
        String host = host(uri);
        if (host.startsWith("[")) {
            return host.substring(1, Math.max(1, host.indexOf(']')));
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static String port(URI uri) {
        String host = host(uri);
        int colon = host.lastIndexOf(':');
        return colon < 0 || colon < host.indexOf(']') ? "" : host.substring(colon + 1);
    }

    private static Map<String, List<String>> query(URI uri) {
        var query = new LinkedHashMap<String, List<String>>();
        for (String part : text(uri.getRawQuery()).split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                query.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), key -> new ArrayList<>())
                        .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
