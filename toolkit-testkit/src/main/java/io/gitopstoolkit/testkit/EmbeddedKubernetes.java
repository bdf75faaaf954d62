package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import io.gitopstoolkit.testkit.internal.http.HttpResponse;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.server.ApiServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API in this process, for tests and demonstrations: real HTTP on the loopback interface, with the
 * semantics of kube-apiserver 1.36 in what deliveries depend on. Server-side apply with {@code managedFields}, conflicts
 * and dry run, the other patches, optimistic concurrency, defaults, watches, finalizers and garbage collection, custom
 * resource definitions, discovery.
 *
 * <pre>{@code
 * try (var kubernetes = EmbeddedKubernetes.start()) {
 *     kubernetes.client().namespaces().withName("default").get();
 * }
 * }</pre>
 *
 * <p>It holds what a new cluster holds: its first namespaces. Nothing runs in it: a Deployment stays without pods, and
 * becomes ready where a {@link WorkloadSimulator} plays the controllers. Who asks is not checked: there is no
 * authentication, no authorization, no admission webhook, no quota. What it cannot do it answers with status 501 and the
 * name of the feature.
 *
 * <p>Objects live in memory and end with the instance. Instances are independent of each other and safe between threads.
 */
public final class EmbeddedKubernetes implements AutoCloseable {
    /** The client's default of ten would wait twenty seconds for a feature that is not there. */
    private static final int RETRIES = 2;

    private final ApiServer server;
    private final Object lock = new Object();
    private @Nullable KubernetesClient client;

    private EmbeddedKubernetes(ApiServer server) {
        this.server = server;
    }

    /**
     * Starts an API on a free port.
     *
     * @throws java.io.UncheckedIOException if none is free
     */
    public static EmbeddedKubernetes start() {
        return start(Clock.systemUTC());
    }

    /**
     * Starts an API on a free port, with times of objects by {@code clock}.
     *
     * @throws java.io.UncheckedIOException if none is free
     */
    public static EmbeddedKubernetes start(Clock clock) {
        return new EmbeddedKubernetes(ApiServer.start(requireNonNull(clock, "clock")));
    }

    /** A client of this API. It belongs to this instance and closes with it; do not close it. */
    public KubernetesClient client() {
        synchronized (lock) {
            if (client == null) { // its classes take longer to load than the API
                client = new KubernetesClientBuilder().withConfig(config()).build();
            }
            return client;
        }
    }

    /** The address, such as {@code http://127.0.0.1:34567}. */
    public URI url() {
        return URI.create(server.url());
    }

    /** The configuration of a client of this API, for one that you build and close. Nothing of it comes from the environment. */
    public Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withNamespace("default")
                .withAutoConfigure(false)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
    }

    /** The text of a kubeconfig file for this API, for {@code kubectl} and other programs on this machine. */
    public String kubeconfig() {
        return String.join(
                "\n",
                "apiVersion: v1",
                "kind: Config",
                "clusters:",
                "- name: embedded",
                "  cluster:",
                "    server: " + server.url(),
                "contexts:",
                "- name: embedded",
                "  context:",
                "    cluster: embedded",
                "    user: embedded",
                "    namespace: default",
                "users:",
                "- name: embedded",
                "  user: {}",
                "current-context: embedded",
                "");
    }

    /** The latest 10,000 requests in the order in which they arrived, each as method and path with query. */
    public List<String> requests() {
        return server.log().requests().stream()
                .map(request -> request.method() + " " + request.target())
                .toList();
    }

    /** How many requests arrived since the start, or since {@link #forgetRequests}. */
    public long requestCount() {
        return server.log().count();
    }

    /** Empties the log of requests. */
    public void forgetRequests() {
        server.log().clear();
    }

    /**
     * Refuses requests instead of answering them, the way the real server would.
     *
     * @param times how many requests, from the next one on; at least 1
     * @param method such as {@code PATCH}, or {@code *} for any
     * @param path the beginning of the path, such as {@code /api/v1/namespaces/default/configmaps}
     * @param status such as 409, 429 or 500; 429 and 503 ask the client to wait a second
     */
    public void failNext(int times, String method, String path, int status) {
        var body =
                Tree.of("kind", "Status", "apiVersion", "v1", "metadata", Tree.of(), "status", "Failure", "code", (long)
                        status);
        body.put("message", "a failure that the test asked for");
        var response = new HttpResponse(status, "application/json", Json.print(body));
        boolean waits = status == 429 || status == 503;
        server.faults().respond(matching(method, path), waits ? response.with("Retry-After", "1") : response, times);
    }

    /**
     * Ends the connection of requests without an answer.
     *
     * @param times how many requests, from the next one on; at least 1
     * @param method such as {@code PATCH}, or {@code *} for any
     * @param path the beginning of the path
     */
    public void dropNext(int times, String method, String path) {
        server.faults().drop(matching(method, path), times);
    }

    /**
     * Answers requests late.
     *
     * @param times how many requests, from the next one on; at least 1
     * @param method such as {@code PATCH}, or {@code *} for any
     * @param path the beginning of the path
     */
    public void delayNext(int times, String method, String path, Duration latency) {
        server.faults().delay(matching(method, path), requireNonNull(latency, "latency"), times);
    }

    /**
     * Says what a container has written, for requests of its log. No container runs here: what is not said stays 501.
     *
     * @param previous for the log of the run before the current one
     */
    public void writeLog(ObjectRef pod, String container, boolean previous, String log) {
        server.containerLogs().put(pod.namespace(), pod.name(), container, previous, log);
    }

    /** Forgets past changes, so that a watch or list from an older version ends with 410, Expired. */
    public void forgetHistory() {
        server.compact();
    }

    private static Predicate<HttpRequest> matching(String method, String path) {
        String wanted = method.toUpperCase(Locale.ROOT);
        return request -> (wanted.equals("*") || wanted.equals(request.method()))
                && request.path().startsWith(path);
    }

    /** Closes the client and stops to serve. Can be called again. */
    @Override
    public void close() {
        synchronized (lock) {
            if (client != null) {
                client.close();
            }
        }
        server.close();
    }
}
