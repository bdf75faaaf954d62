package io.gitopstoolkit.testkit.internal.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gitopstoolkit.testkit.internal.web.Effect;
import io.gitopstoolkit.testkit.internal.web.PendingFaults;
import io.gitopstoolkit.testkit.internal.web.RecordedRequests;
import io.gitopstoolkit.testkit.internal.web.Site.Operation;
import io.gitopstoolkit.testkit.internal.web.Throttle;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to a proxy, for one request or one tunnel. */
public final class ProxyConnection {
    private static final int LONGEST_HEAD = 1 << 16;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket client;
    private final ProxyRules rules;
    private final ExecutorService threads;

    /** What a client asks for: the first line, and the headers as they came. */
    private record Head(String method, String target, String version, String headers) {
        String header(String name) {
            return headers.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A connection that was accepted. */
    public ProxyConnection(Socket client, ProxyRules rules, ExecutorService threads) {
        this.client = client;
        this.rules = rules;
        this.threads = threads;
    }

    /** Serves it to its end. */
    public void serve(PendingFaults faults, RecordedRequests requests, CountDownLatch closed)
            throws IOException, InterruptedException {
        var in = new BufferedInputStream(client.getInputStream());
        Head head = head(in);
        if (head == null) {
            return;
        }
        boolean tunnels = head.method().equals("CONNECT");
        var operation = new Operation(tunnels ? "CONNECT" : "forward", head.target());
        requests.add(head.method(), head.target().replaceFirst("//[^/@]*@", "//***@"), operation.name());
        Effect ordered = faults.next(head.method(), operation);
        Effect effect = ordered == null ? Effect.NONE : ordered;
        if (closed.await(effect.delay().toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        switch (effect.manner()) {
            case STATUS -> answer(effect.status() + " Failed", "");
            case HANG -> closed.await();
            case DROP, REDIRECT -> {}
            default -> pass(head, in, effect, closed);
        }
    }

    private void pass(Head head, InputStream in, Effect effect, CountDownLatch closed) throws IOException {
        if (!rules.admits(head.header("proxy-authorization"))) {
            answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"proxy\"\r\n");
            return;
        }
        boolean tunnels = head.method().equals("CONNECT");
        URI target = URI.create(tunnels ? "//" + head.target() : head.target());
        if (target.getHost() == null) {
            answer("400 Bad Request", "");
            return;
        }
        try (var server = new Socket()) {
            int port = target.getPort() < 0 ? 80 : target.getPort();
            server.connect(rules.address(target.getHost(), port), TIMEOUT_MILLIS);
            if (tunnels) {
                client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
            } else {
                server.getOutputStream().write(forwarded(head, target).getBytes(ISO_8859_1));
            }
            send(in, server);
            if (effect.manner() == Effect.Manner.LOSE) {
                server.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            var from = new BufferedInputStream(server.getInputStream());
            if (!tunnels) {
                passHead(from, client.getOutputStream());
            }
            receive(from, effect, closed);
        } catch (ConnectException | UnknownHostException | UnresolvedAddressException e) {
            answer("502 Bad Gateway", "");
        }
    }

    /** Passes on what the client says, while the other direction goes on. */
    private void send(InputStream in, Socket server) {
        threads.execute(() -> {
            try {
                in.transferTo(server.getOutputStream());
                server.shutdownOutput();
            } catch (IOException e) {
                // One of both sides has gone; the other direction ends as well.
            }
        });
    }

    /** The first lines of an answer, and that the connection ends with it: a client is not to send another request here. */
    private static void passHead(InputStream from, OutputStream to) throws IOException {
        String line = line(from);
        while (line.matches("HTTP/1\\.1 1\\d\\d.*\\s*")) {
            while (!line.isBlank()) {
                to.write(line.getBytes(ISO_8859_1));
                line = line(from);
            }
            to.write(line.getBytes(ISO_8859_1));
            line = line(from);
        }
        if (!line.isEmpty()) {
            to.write((line + "Connection: close\r\n").getBytes(ISO_8859_1));
        }
    }

    /** A line with its end; what is left at the end of the stream. */
    private static String line(InputStream from) throws IOException {
        var line = new ByteArrayOutputStream();
        int c;
        do {
            c = from.read();
            if (c >= 0) {
                line.write(c);
            }
        } while (c >= 0 && c != '\n' && line.size() < LONGEST_HEAD);
        return line.toString(ISO_8859_1);
    }

    /** Passes on what the server says, to its end. */
    private void receive(InputStream from, Effect effect, CountDownLatch closed) throws IOException {
        byte[] buffer = new byte[1 << 14];
        OutputStream to = client.getOutputStream();
        boolean first = true;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            int sent = effect.sentOf(count);
            if (effect.manner() == Effect.Manner.CORRUPT && first) {
                buffer[count - 1] ^= 1;
            }
            first = false;
            write(to, buffer, sent, effect, closed);
            if (sent < count) {
                return;
            }
        }
    }

    private static void write(OutputStream to, byte[] buffer, int count, Effect effect, CountDownLatch closed)
            throws IOException {
        if (effect.bytesPerSecond() == Long.MAX_VALUE) {
            to.write(buffer, 0, count);
            to.flush();
            return;
        }
        try {
            new Throttle(effect.bytesPerSecond(), closed).write(to, buffer, count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the proxy was closed", e);
        }
    }

    /** As a server is to see it: its path alone, without what was for the proxy, and for this one request. */
    private static String forwarded(Head head, URI target) {
        String query = target.getRawQuery() == null ? "" : '?' + target.getRawQuery();
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        var text = new StringBuilder(head.method() + ' ' + path + query + ' ' + head.version() + "\r\n");
        head.headers().lines().forEach(line -> {
            String lower = line.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("proxy-") && !lower.startsWith("connection:")) {
                text.append(line).append("\r\n");
            }
        });
        return text.append("Connection: close\r\n\r\n").toString();
    }

    private void answer(String status, String headers) throws IOException {
        String text = "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
        client.getOutputStream().flush();
        client.shutdownOutput();
    }

    /** The head of the request; null where the client says nothing. */
    private static @Nullable Head head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int c = in.read();
            if (c < 0 || bytes.size() > LONGEST_HEAD) {
                return null;
            }
            bytes.write(c);
            if (c == '\n') {
                ends++;
            } else if (c != '\r') {
                ends = 0;
            }
        }
        String[] text = bytes.toString(ISO_8859_1).split("\r?\n", 2);
        String[] line = text[0].split(" ", 3);
        return line.length < 3 ? null : new Head(line[0], line[1], line[2], text[1].strip());
    }
}
