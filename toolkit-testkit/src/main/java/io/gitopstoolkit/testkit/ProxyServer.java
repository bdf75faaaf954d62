package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.proxy.ProxyConnection;
import io.gitopstoolkit.testkit.internal.proxy.ProxyRules;
import io.gitopstoolkit.testkit.internal.web.PendingFaults;
import io.gitopstoolkit.testkit.internal.web.RecordedRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy on the loopback address that keeps a record of what goes through it, for tests of what has to take one:
 * {@code CONNECT} for TLS, and requests for whole addresses, with credentials where told. It can take the names of other
 * hosts for servers of the test, so that {@code registry.example.org} is one. Safe between threads.
 *
 * <p>Its operations, for {@link #faultNext}, are {@code CONNECT} and {@code forward}; their paths are those of the requests,
 * such as {@code registry.example.org:443} and {@code http://example.org/a}. Once a tunnel stands, nothing in it is looked at;
 * a connection carries one request.
 */
public final class ProxyServer implements FaultInjection, AutoCloseable {
    private final ServerSocket socket;
    private final ProxyRules rules = new ProxyRules();
    private final PendingFaults faults = new PendingFaults();
    private final RecordedRequests requests = new RecordedRequests();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(ProxyServer::thread);

    private ProxyServer(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Starts a proxy on a free port.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static ProxyServer start() {
        try {
            var proxy = new ProxyServer(new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback interface", e);
        }
    }

    /** The address of the proxy, such as {@code http://127.0.0.1:40123/}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    /** The address of the proxy for {@link java.net.ProxySelector#of}. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** From now on asks for this user name and password, and answers 407 without. */
    public void requireBasic(String username, Secret password) {
        byte[] text = (username + ':' + password.reveal()).getBytes(StandardCharsets.UTF_8);
        rules.require(Secret.of("Basic " + Base64.getEncoder().encodeToString(text)));
    }

    /**
     * From now on connects to {@code server} where a client asks for that host, at whatever port.
     *
     * @param host a name, or {@code *.} and the end of names, such as {@code *.s3.example.org}
     * @param server such as {@link OciRegistry#uri}
     */
    public void route(String host, URI server) {
        rules.route(requireNonNull(host, "host"), requireNonNull(server, "server"));
    }

    @Override
    public void faultNext(int times, String method, String path, Fault fault) {
        faults.add(times, method, path, fault.effect());
    }

    @Override
    public void clearFaults() {
        faults.clear();
    }

    /**
     * The latest 10,000 requests in order of arrival and without credentials, such as
     * {@code CONNECT registry.example.org:443} or {@code GET http://example.org/a}.
     */
    public List<String> requests() {
        return requests.lines();
    }

    /** How many requests arrived since the start, or since {@link #forgetRequests}. */
    public long requestCount() {
        return requests.count();
    }

    /** Empties the record of requests. */
    public void forgetRequests() {
        requests.clear();
    }

    /** Ends the proxy and every connection through it. */
    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the proxy's socket", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that went away before it was accepted: either way there is nobody to tell.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            new ProxyConnection(client, rules, threads).serve(faults, requests, closed);
        } catch (IOException e) {
            // One of both sides has gone; the other hears of it by the end of its connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(client);
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "proxy-server");
        thread.setDaemon(true);
        return thread;
    }
}
