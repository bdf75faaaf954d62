package io.gitopstoolkit.notify;

import io.gitopstoolkit.api.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a sink sends to. It prints as scheme, host and port, for tokens lie in the rest. */
final class Address {
    private final URI uri;
    private final String userInfo;

    private Address(URI uri, String userInfo) {
        this.uri = uri;
        this.userInfo = userInfo;
    }

    /**
     * Reads an address; a user and password in it become basic credentials.
     *
     * @param what whose address it is, for the message, such as {@code the webhook}
     * @throws IllegalArgumentException if it is not an absolute http or https URL with a host; the message does not
     *     quote it
     */
    static Address parse(String what, Secret text) {
        URI uri = uri(what, text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw invalid(what, "does not begin with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw invalid(what, "has no valid host name");
        }
        String userInfo = uri.getUserInfo() == null ? "" : uri.getUserInfo();
        return new Address(withoutUserInfo(uri, scheme), userInfo);
    }

    /** The URL without user and password. */
    URI uri() {
        return uri;
    }

    /** The value of the Authorization header that user and password make; empty where there are none. */
    Optional<Secret> authorization() {
        if (userInfo.isEmpty()) {
            return Optional.empty();
        }
        String pair = userInfo.indexOf(':') < 0 ? userInfo + ":" : userInfo;
        byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
        return Optional.of(Secret.of("Basic " + Base64.getEncoder().encodeToString(bytes)));
    }

    /** What no message may show, besides the path and the query. */
    List<Secret> secrets() {
        return authorization()
                .map(basic ->
                        List.of(basic, Secret.of(userInfo), Secret.of(userInfo.substring(userInfo.indexOf(':') + 1))))
                .orElse(List.of());
    }

    /** Scheme, host and port. */
    @Override
    public String toString() {
        return origin(uri);
    }

    /** Scheme, host and port of a URL; no token is expected in these. */
    static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static URI uri(String what, Secret text) {
        try {
            return new URI(text.reveal());
        } catch (URISyntaxException e) {
            // The cause would quote the address.
            throw invalid(what, "is not a URL, at character " + (e.getIndex() + 1));
        }
    }

    private static URI withoutUserInfo(URI uri, String scheme) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(scheme + "://" + uri.getHost() + port + uri.getRawPath() + query);
    }

    private static IllegalArgumentException invalid(String what, String problem) {
        return new IllegalArgumentException(
                "the address of " + what + " " + problem + "; give one such as https://hooks.example.org/path");
    }
}
