package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.source.Credentials;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** The HTTP connections of one operation: they share its deadline, and end with it. Not safe between threads. */
final class HttpConnections implements HttpConnectionFactory, AutoCloseable {
    private final HttpClient client;
    private final URI origin;
    private final @Nullable Credentials credentials;
    private final long maxBytes;
    private final Deadline deadline;
    private final List<HttpGitConnection> opened = new ArrayList<>();

    HttpConnections(Remote remote, HttpClient client, long maxBytes, Deadline deadline) {
        this.client = client;
        this.origin = remote.uri();
        this.credentials = remote.credentials();
        this.maxBytes = maxBytes;
        this.deadline = deadline;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        try {
            URI uri = url.toURI();
            var connection = new HttpGitConnection(client, uri, maxBytes, deadline);
            if (credentials != null && isSameHost(uri)) {
                connection.setRequestProperty("Authorization", header(credentials));
            }
            opened.add(connection);
            return connection;
        } catch (URISyntaxException e) {
            throw new IOException("the server named an address that is none", e);
        }
    }

    /** As above: the client asks the machine's proxy selector itself. */
    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return create(url);
    }

    @Override
    public void close() {
        opened.forEach(HttpGitConnection::close);
        opened.clear();
    }

    /** The same scheme, host and port, or the step from plain HTTP to HTTPS on the usual ports of one host. */
    private boolean isSameHost(URI uri) {
        String host = uri.getHost();
        if (host == null || !host.equalsIgnoreCase(origin.getHost())) {
            return false;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String from = origin.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals(from)) {
            return port(uri, scheme) == port(origin, from);
        }
        return scheme.equals("https") && port(uri, scheme) == 443 && port(origin, from) == 80;
    }

    private static int port(URI uri, String scheme) {
        return uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    }

    private static String header(Credentials credentials) {
        if (credentials instanceof Credentials.Basic basic) {
            byte[] pair = (basic.username() + ':' + basic.password().reveal()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
        return "Bearer " + ((Credentials.Bearer) credentials).token().reveal();
    }
}
