package io.gitopstoolkit.testkit.internal.proxy;

import io.gitopstoolkit.api.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who may use a proxy, and where it connects to. Safe between threads. */
public final class ProxyRules {
    private final Map<String, URI> routes = new ConcurrentHashMap<>();
    private volatile @Nullable Secret authorization;

    /** From now on asks for this {@code Proxy-Authorization}. */
    public void require(Secret header) {
        authorization = header;
    }

    /** From now on takes that host for that server. */
    public void route(String host, URI server) {
        routes.put(host, server);
    }

    boolean admits(String header) {
        Secret required = authorization;
        return required == null || required.equals(Secret.of(header));
    }

    InetSocketAddress address(String host, int port) {
        for (Map.Entry<String, URI> route : routes.entrySet()) {
            String name = route.getKey();
            if (name.equals(host) || (name.startsWith("*.") && host.endsWith(name.substring(1)))) {
                return new InetSocketAddress(
                        route.getValue().getHost(), route.getValue().getPort());
            }
        }
        return new InetSocketAddress(host, port);
    }
}
