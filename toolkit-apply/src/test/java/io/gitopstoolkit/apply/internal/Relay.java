package io.gitopstoolkit.apply.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a client and a server, passes on what they say, and fails as a network does. */
public final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean refuses;
    private volatile boolean isMute;

    /** A relay to the server at {@code url}. */
    public Relay(URI url) {
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = new InetSocketAddress(url.getHost(), url.getPort());
        threads.execute(this::accept);
    }

    /** The port to connect to instead of the server's. */
    public int port() {
        return server.getLocalPort();
    }

    /** Ends all connections. */
    public void drop() {
        sockets.forEach(Relay::close);
        sockets.clear();
    }

    /** Ends all connections, and each new one, until told otherwise. */
    public void refuse(boolean refuse) {
        refuses = refuse;
        drop();
    }

    /** Passes nothing on to the client over the connections that there are, and keeps them open. */
    public void mute() {
        isMute = true;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refuses) {
                    close(client);
                    continue;
                }
                var upstream = new Socket();
                sockets.add(client);
                sockets.add(upstream);
                upstream.connect(target);
                isMute = false;
                threads.execute(() -> pass(client, upstream, false));
                threads.execute(() -> pass(upstream, client, true));
            } catch (IOException e) {
                drop();
            }
        }
    }

    private void pass(Socket from, Socket to, boolean canBeMute) {
        boolean mute = false;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                mute |= canBeMute && isMute;
                if (!mute) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            return; // dropped
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // closed already
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        drop();
        threads.shutdownNow();
    }
}
