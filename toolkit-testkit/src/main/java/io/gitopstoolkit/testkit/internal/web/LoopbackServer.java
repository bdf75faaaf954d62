package io.gitopstoolkit.testkit.internal.web;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP server on a free port of the loopback address, with a daemon thread for each request at a time. */
public final class LoopbackServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean needsClientCertificate;

    /**
     * Makes a server, which answers nothing until it is started.
     *
     * @param context of TLS, or null for plain HTTP
     * @throws UncheckedIOException if no port can be had
     */
    public LoopbackServer(String threadName, @Nullable SSLContext context) {
        try {
            var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
            if (context == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer secure = HttpsServer.create(address, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters asked = getSSLContext().getDefaultSSLParameters();
                        asked.setNeedClientAuth(needsClientCertificate);
                        parameters.setSSLParameters(asked);
                    }
                });
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
    }

    /** Answers every path in this way from now on. */
    public void start(HttpHandler handler) {
        server.createContext("/", handler);
        server.start();
    }

    /** The root of the server. */
    public URI uri() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** From now on ends TLS handshakes of clients without a certificate that the context trusts. */
    public void requireClientCertificate() {
        if (!(server instanceof HttpsServer)) {
            throw new IllegalStateException("client certificates need a server that was started with an SSLContext");
        }
        needsClientCertificate = true;
    }

    /** Opens when the server is closed. */
    public CountDownLatch closed() {
        return closed;
    }

    /** Ends the server, and what waits for {@link #closed}. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
