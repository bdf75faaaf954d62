package io.gitopstoolkit.testkit.internal.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests off a connection, each within its limits. */
final class HttpReader {
    private static final int LONGEST_LINE = 1 << 16;
    private static final int MOST_HEADERS = 200;

    /** The real server's limit. */
    static final int LONGEST_BODY = 3 * 1024 * 1024;

    private final BufferedInputStream in;
    private final OutputStream out;

    HttpReader(BufferedInputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The next request; null where the client has ended the connection. */
    @Nullable
    HttpRequest next() throws IOException {
        String line = line();
        if (line.isEmpty()) {
            return null;
        }
        String[] parts = line.split(" ", 4);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new IOException("no HTTP/1 request: " + line);
        }
        Map<String, String> headers = headers();
        return new HttpRequest(parts[0].toUpperCase(Locale.ROOT), parts[1], headers, body(headers));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new LinkedHashMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0 || headers.size() >= MOST_HEADERS) {
                throw new IOException("not a header, or too many of them");
            }
            headers.merge(
                    line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (one, other) -> one + "," + other);
        }
        return headers;
    }

    private String body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks(charset(headers));
        }
        return exactly(number(headers.getOrDefault("content-length", "0"), 10)).toString(charset(headers));
    }

    /** Bytes that are no text become characters of the same numbers. */
    private static Charset charset(Map<String, String> headers) {
        String type = headers.getOrDefault("content-type", "");
        return type.contains("protobuf") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    private String chunks(Charset charset) throws IOException {
        var body = new ByteArrayOutputStream();
        int size;
        do {
            size = number(line().split(";", 2)[0].trim(), 16);
            exactly(size).writeTo(body);
            if (body.size() > LONGEST_BODY) {
                throw new BodyTooLargeException();
            }
            line();
        } while (size > 0);
        return body.toString(charset);
    }

    private ByteArrayOutputStream exactly(int size) throws IOException {
        if (size > LONGEST_BODY) {
            throw new BodyTooLargeException();
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the request ended early");
        }
        var body = new ByteArrayOutputStream(size);
        body.write(bytes);
        return body;
    }

    private static int number(String text, int radix) throws IOException {
        try {
            return Integer.parseUnsignedInt(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("not a length: " + text, e);
        }
    }

    /** A line without its end; empty at the end of the stream too. */
    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
        }
        return line.toString();
    }

    /** A body beyond the limit. */
    @SuppressWarnings("serial") // never sent about as a Java object
    static final class BodyTooLargeException extends IOException {
        BodyTooLargeException() {
            super("Request entity too large: limit is " + LONGEST_BODY);
        }
    }
}
