package io.gitopstoolkit.testkit.internal.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Serves HTTP/1.1 on a free port of the loopback interface, one daemon thread per connection.
 *
 * <p>fabric8's mock web server answers complete bodies only; a watch without WebSocket, as kubectl's, needs a body that
 * grows.
 */
public final class HttpServer implements AutoCloseable {
    /** Answers requests. Safe between threads. */
    public interface Handler {
        /** Answers one request, by {@link HttpExchange#respond} or {@link HttpExchange#stream}; or drops it by neither. */
        void handle(HttpExchange exchange) throws IOException;
    }

    private static final int MOST_WAITING = 200;

    private final ServerSocket socket;
    private final String scheme;
    private final Handler handler;
    private final ExecutorService threads;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private HttpServer(ServerSocket socket, String scheme, Handler handler) {
        this.scheme = scheme;
        this.socket = socket;
        this.handler = handler;
        String prefix = "embedded-kubernetes-" + socket.getLocalPort() + "-";
        var count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to serve.
     *
     * @param context of TLS; null for plain HTTP
     * @throws UncheckedIOException if no port is free
     */
    public static HttpServer start(Handler handler, @Nullable SSLContext context) {
        try {
            InetAddress address = InetAddress.getLoopbackAddress();
            ServerSocket socket = context == null
                    ? new ServerSocket(0, MOST_WAITING, address)
                    : context.getServerSocketFactory().createServerSocket(0, MOST_WAITING, address);
            var server = new HttpServer(socket, context == null ? "http" : "https", handler);
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback interface", e);
        }
    }

    /** Where it listens, such as {@code http://127.0.0.1:34567}. */
    public String url() {
        return scheme + "://127.0.0.1:" + socket.getLocalPort();
    }

    /** The threads of the connections, for work that a request starts and that ends with the server. */
    public ExecutorService threads() {
        return threads;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or a client that went away before it was accepted: either way there is nobody to tell.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream(), 1 << 14);
            OutputStream out = connection.getOutputStream();
            var reader = new HttpReader(in, out);
            boolean goesOn = true;
            while (goesOn) {
                goesOn = serveNext(reader, in, out);
            }
        } catch (IOException e) {
            // The client has gone, or does not speak HTTP; the connection closes.
        } finally {
            connections.remove(connection);
        }
    }

    private boolean serveNext(HttpReader reader, BufferedInputStream in, OutputStream out) throws IOException {
        HttpRequest request;
        try {
            request = reader.next();
        } catch (HttpReader.BodyTooLargeException e) {
            var refused = new HttpRequest("POST", "/", Map.of("connection", "close"), "");
            new HttpExchange(refused, in, out).respond(new HttpResponse(413, "text/plain", e.getMessage() + "\n"));
            return false;
        }
        if (request == null) {
            return false;
        }
        var exchange = new HttpExchange(request, in, out);
        handler.handle(exchange);
        return exchange.keepsConnection();
    }

    /** Stops to serve and ends every connection. Can be called again. */
    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the server's socket", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
