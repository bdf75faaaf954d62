package io.gitopstoolkit.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Git's own server, {@code git http-backend}, and its other commands, which know no configuration but a repository's. */
final class GitBackend implements AutoCloseable {
    private final Path root;
    private final HttpServer server;

    GitBackend(Path root) throws IOException {
        this.root = root;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri(String repository) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + '/' + repository);
    }

    /** Runs Git in {@code directory}, and gives what it prints. */
    static String git(Path directory, String... arguments) {
        try {
            Process process = process(directory, Map.of(), List.of(arguments))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("git " + String.join(" ", arguments) + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder process(Path directory, Map<String, String> environment, List<String> arguments) {
        var builder = new ProcessBuilder("git").directory(directory.toFile());
        builder.command().addAll(arguments);
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Peer",
                        "GIT_AUTHOR_EMAIL", "peer@example.org",
                        "GIT_COMMITTER_NAME", "Peer",
                        "GIT_COMMITTER_EMAIL", "peer@example.org"));
        builder.environment().putAll(environment);
        return builder;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            Map<String, String> cgi = Map.of(
                    "GIT_PROJECT_ROOT", root.toString(),
                    "GIT_HTTP_EXPORT_ALL", "1",
                    "PATH_INFO", uri.getPath(),
                    "QUERY_STRING", uri.getQuery() == null ? "" : uri.getQuery(),
                    "REQUEST_METHOD", exchange.getRequestMethod(),
                    "CONTENT_TYPE", header(exchange, "Content-Type"),
                    "HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"),
                    "GIT_PROTOCOL", header(exchange, "Git-Protocol"));
            Process process = process(root, cgi, List.of("http-backend")).start();
            try (var in = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            answer(exchange, process.getInputStream());
        }
    }

    private static void answer(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] field = line.split(": ", 2);
            if (field[0].equals("Status")) {
                status = Integer.parseInt(field[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(field[0], field[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        var line = new byte[1024];
        int length = 0;
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            line[length++] = (byte) next;
        }
        return new String(Arrays.copyOf(line, length), ISO_8859_1).strip();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
