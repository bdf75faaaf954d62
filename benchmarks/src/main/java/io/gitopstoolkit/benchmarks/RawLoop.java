package io.gitopstoolkit.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends requests that were made before over a few connections of plain HTTP, and of the answers reads the status alone, so
 * that next to all of the time is the server's.
 */
final class RawLoop {
    private final URI server;
    private final int connections;

    RawLoop(URI server, int connections) {
        this.server = server;
        this.connections = connections;
    }

    /** A PATCH by server-side apply, as it goes over the wire. */
    static byte[] apply(String path, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("PATCH " + path + "?force=true&fieldManager=loop HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/apply-patch+yaml\r\nAccept: application/json\r\nContent-Length: "
                        + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return all;
    }

    /** Sends all, each connection its share, and returns when the last answer is there. */
    void send(List<byte[]> requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            var shares = new ArrayList<Callable<Void>>();
            for (int share = 0; share < connections; share++) {
                int first = share;
                shares.add(() -> send(requests, first));
            }
            for (Future<Void> done : threads.invokeAll(shares)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void send(List<byte[]> requests, int first) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            for (int i = first; i < requests.size(); i += connections) {
                out.write(requests.get(i));
                readAnswer(in);
            }
        }
        return null;
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 20")) {
            throw new IOException("the server answered " + status);
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server ended the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
