package io.gitopstoolkit.testkit.internal.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** One request and the way to answer it: once, as a whole or as a stream. */
public final class HttpExchange {
    private static final String WEBSOCKET_KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final HttpRequest request;
    private final BufferedInputStream in;
    private final OutputStream out;
    private boolean keepsConnection;
    private IntConsumer answered = status -> {};
    private Arrival arrival = Arrival.WHOLE;
    private UnaryOperator<HttpResponse> change = UnaryOperator.identity();
    private UnaryOperator<EventStream> wrap = UnaryOperator.identity();

    /** How much of an answer arrives. */
    public enum Arrival {
        /** All of it. */
        WHOLE,
        /** The head and half of the body, then the connection ends. */
        HALF,
        /** Nothing: the connection ends. */
        NOTHING
    }

    HttpExchange(HttpRequest request, BufferedInputStream in, OutputStream out) {
        this.request = request;
        this.in = in;
        this.out = out;
    }

    /** What was asked. */
    public HttpRequest request() {
        return request;
    }

    /** Lets the answer be what the function makes of it. */
    public void change(UnaryOperator<HttpResponse> function) {
        change = function;
    }

    /** Lets a growing answer pass through what the function puts before it. */
    public void wrapStream(UnaryOperator<EventStream> function) {
        wrap = function;
    }

    /** Blocks until the client ends the connection or the server is closed. */
    public void awaitClientClose() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Lets the answer arrive in this way. */
    public void arrives(Arrival wanted) {
        arrival = wanted;
    }

    /** Tells the status once the answer begins. */
    public void whenAnswered(IntConsumer consumer) {
        answered = consumer;
    }

    /** Answers as a whole; the connection stays open for the next request. */
    public void respond(HttpResponse usual) throws IOException {
        HttpResponse response = change.apply(usual);
        answered.accept(response.status());
        if (arrival == Arrival.NOTHING) {
            return;
        }
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(statusLine(response.status()));
        header(head, "Content-Type", response.contentType());
        header(head, "Content-Length", Integer.toString(body.length));
        response.headers().forEach((name, value) -> value.lines().forEach(line -> header(head, name, line)));
        boolean half = arrival == Arrival.HALF;
        keepsConnection = !half && !request.header("connection").equalsIgnoreCase("close");
        boolean headOnly = request.method().equals("HEAD");
        byte[] sent = half ? Arrays.copyOf(body, body.length / 2) : body;
        write(head.append("\r\n"), headOnly ? new byte[0] : sent);
    }

    /** Answers 200 with a body that grows, each text one chunk; as WebSocket messages where the client asked for one. */
    public EventStream stream(String contentType) throws IOException {
        return stream(new HttpResponse(200, contentType, ""));
    }

    /** The same with the headers of a response, whose body is not sent. */
    public EventStream stream(HttpResponse response) throws IOException {
        answered.accept(200);
        if (request.isWebSocketUpgrade()) {
            var head = new StringBuilder(statusLine(101));
            header(head, "Upgrade", "websocket");
            header(head, "Connection", "Upgrade");
            header(head, "Sec-WebSocket-Accept", acceptKey());
            write(head.append("\r\n"), new byte[0]);
            return wrap.apply(new WebSocketStream(in, out));
        }
        var head = new StringBuilder(statusLine(200));
        header(head, "Content-Type", response.contentType());
        header(head, "Transfer-Encoding", "chunked");
        response.headers().forEach((name, value) -> value.lines().forEach(line -> header(head, name, line)));
        write(head.append("\r\n"), new byte[0]);
        return wrap.apply(new ChunkedStream(in, out));
    }

    boolean keepsConnection() {
        return keepsConnection;
    }

    private void write(StringBuilder head, byte[] body) throws IOException {
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        out.write(all);
        out.flush();
    }

    private String acceptKey() {
        try {
            String key = request.header("sec-websocket-key") + WEBSOCKET_KEY_SUFFIX;
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static String statusLine(int status) {
        return "HTTP/1.1 " + status + " " + REASONS.getOrDefault(status, "Status") + "\r\n";
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name)
                .append(": ")
                .append(value.replace('\n', ' ').replace('\r', ' '))
                .append("\r\n");
    }

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(101, "Switching Protocols"),
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(413, "Request Entity Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Entity"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));
}
