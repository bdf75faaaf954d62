package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One request of JGit's HTTP transport, over the JDK's HTTP client, which can be cancelled. It waits no longer than its
 * deadline, reads no more than its limit, and hides challenges from JGit, so that JGit does not look for credentials.
 */
final class HttpGitConnection implements HttpConnection {
    private static final Set<String> SET_BY_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "user-agent", "pragma");
    private static final int MAX_REQUEST_BYTES = 64 << 20;

    private final HttpClient client;
    private final URI uri;
    private final long maxBytes;
    private final Deadline deadline;
    private final String doing;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String method = "GET";
    private @Nullable HttpResponse<Pipe> response;

    HttpGitConnection(HttpClient client, URI uri, long maxBytes, Deadline deadline) {
        this.client = client;
        this.uri = uri;
        this.maxBytes = maxBytes;
        this.deadline = deadline;
        this.doing = "read from " + uri.getHost();
    }

    void close() {
        if (response != null) {
            response.body().close();
        }
    }

    /** The status, where it is success or a redirect. */
    @Override
    public int getResponseCode() throws IOException {
        HttpResponse<Pipe> answer = response();
        int status = answer.statusCode();
        if (status < 200 || status >= 400) {
            close();
            throw new HttpStatusException(status, getHeaderField("Retry-After"));
        }
        if (status == HTTP_OK) {
            checkContentType();
        }
        return status;
    }

    private void checkContentType() throws IOException {
        String type = getContentType();
        if (type == null || !type.startsWith("application/x-git-upload-pack-")) {
            close();
            throw new NotGitException(type == null ? "no content type" : type);
        }
    }

    private HttpResponse<Pipe> response() throws IOException {
        if (response == null) {
            response = send();
        }
        return response;
    }

    private HttpResponse<Pipe> send() throws IOException {
        deadline.check(doing);
        CompletableFuture<HttpResponse<Pipe>> answer =
                client.sendAsync(request(), info -> new PipeSubscriber(new Pipe(deadline, doing)));
        try {
            return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            deadline.check(doing);
            throw new IOException("interrupted", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            deadline.check(doing);
            throw new IOException("timeout", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("the request failed", e);
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(
                        method,
                        body.size() == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.toByteArray()))
                .setHeader("User-Agent", "git/2 (gitops-toolkit)");
        headers.forEach(request::setHeader);
        return request.build();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new BoundedStream(response().body(), maxBytes);
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (body.size() + length > MAX_REQUEST_BYTES) {
                    throw new IOException("a request has at most " + MAX_REQUEST_BYTES + " bytes");
                }
                body.write(bytes, offset, length);
            }
        };
    }

    @Override
    public URL getURL() {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String getResponseMessage() throws IOException {
        return "HTTP status " + response().statusCode();
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return response == null ? Map.of() : response.headers().map();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return response == null ? List.of() : response.headers().allValues(name);
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        if (response == null || name.equalsIgnoreCase("WWW-Authenticate")) {
            return null;
        }
        return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public int getContentLength() {
        String length = getHeaderField("Content-Length");
        try {
            return length == null ? -1 : Integer.parseInt(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void setRequestProperty(String name, String value) {
        if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, value);
        }
    }

    @Override
    public void setRequestMethod(String method) {
        this.method = method;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public void connect() throws IOException {
        response();
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void setUseCaches(boolean useCaches) {
        // There is no cache.
    }

    @Override
    public void setConnectTimeout(int timeout) {
        // The deadline bounds all.
    }

    @Override
    public void setReadTimeout(int timeout) {
        // The deadline bounds all.
    }

    @Override
    public void setInstanceFollowRedirects(boolean followRedirects) {
        // JGit follows them itself.
    }

    @Override
    public void setDoOutput(boolean output) {
        // Whether there is a body shows in what is written.
    }

    @Override
    public void setFixedLengthStreamingMode(int contentLength) {
        // The body is small and kept.
    }

    @Override
    public void setChunkedStreamingMode(int chunkLength) {
        // The body is small and kept.
    }

    /** Called only to switch verification off, which nothing here asks for. */
    @Override
    public void configure(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {
        throw new UnsupportedOperationException("certificates are always verified");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("host names are always verified");
    }

    /** Refuses to read more than a limit. */
    private static final class BoundedStream extends FilterInputStream {
        private final long limit;
        private long left;

        BoundedStream(InputStream in, long limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            return read < 0 ? read : counted(1) == 1 ? read : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return counted(super.read(bytes, offset, length));
        }

        private int counted(int count) {
            left -= Math.max(0, count);
            if (left < 0) {
                throw Failures.tooLarge("more than " + limit + " bytes in one answer");
            }
            return count;
        }
    }
}
