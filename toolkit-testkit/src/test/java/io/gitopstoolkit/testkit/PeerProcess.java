package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.api.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A real server to compare with, in a process of its own on a free port. */
final class PeerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private PeerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Docker's registry, in memory. */
    static PeerProcess dockerRegistry(Path directory) {
        try {
            int port = freePort();
            Path config = Files.writeString(
                    directory.resolve("registry.yml"),
                    "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n"
                            + "storage: {inmemory: {}, delete: {enabled: true}}\n"
                            + "http: {addr: '127.0.0.1:" + port + "', headers: {X-Content-Type-Options: [nosniff]}}\n",
                    UTF_8);
            return start(port, Map.of(), "docker-registry", "serve", config.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PeerProcess start(int port, Map<String, String> environment, String... command) throws IOException {
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        var peer = new PeerProcess(builder.start(), port);
        Deadline deadline = Deadline.after(Duration.ofMinutes(1));
        while (!peer.listens()) {
            deadline.pause(Duration.ofMillis(50), "reach " + command[0]);
        }
        return peer;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended with status " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
