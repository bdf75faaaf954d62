package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.testkit.internal.access.Call;
import io.gitopstoolkit.testkit.internal.access.Caller;
import io.gitopstoolkit.testkit.internal.http.TlsIdentity;
import io.gitopstoolkit.testkit.internal.server.ApiServer;
import io.gitopstoolkit.testkit.internal.web.Effect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API in this process, for tests and demonstrations: real HTTP on the loopback interface, with the
 * semantics of kube-apiserver 1.36 in what deliveries depend on. Server-side apply with {@code managedFields}, conflicts
 * and dry run, the other patches, optimistic concurrency, defaults, watches, finalizers and garbage collection, custom
 * resource definitions, discovery, OpenAPI, and the tables that {@code kubectl get} prints.
 *
 * <pre>{@code
 * try (var kubernetes = EmbeddedKubernetes.start()) {
 *     kubernetes.client().namespaces().withName("default").get();
 * }
 * }</pre>
 *
 * <p>It holds what a new cluster holds: its first namespaces. Nothing runs in it: a Deployment stays without pods, and
 * becomes ready where a {@link WorkloadSimulator} plays the controllers. Everybody may do everything, until {@link #access}
 * says otherwise or {@link Builder#rbac} is on. Admission webhooks are called, without a lock; those of a Service, where
 * {@link #routeService} says. Quotas and limit ranges are stored and not enforced. What it cannot do it answers with status 501 and the name of the feature.
 *
 * <p>Faults are those of {@link FaultInjection}, with {@link #inject} for requests of other kinds and {@link #watches} for
 * watches that are open. {@link Fault#throttle} is not among them.
 *
 * <p>Objects live in memory and end with the instance. Instances are independent of each other and safe between threads.
 */
public final class EmbeddedKubernetes implements FaultInjection, AutoCloseable {
    /** The client's default of ten would wait twenty seconds for a feature that is not there. */
    private static final int RETRIES = 2;

    private final ApiServer server;
    private final @Nullable TlsIdentity tls;
    private final String token;
    private final Object lock = new Object();
    private @Nullable KubernetesClient client;

    private EmbeddedKubernetes(Builder builder) {
        this.tls = builder.tls ? TlsIdentity.create() : null;
        this.server =
                ApiServer.start(new ApiServer.Options(builder.clock, builder.rbac, tls == null ? null : tls.context()));
        this.token = builder.rbac || builder.tls ? UUID.randomUUID().toString() : "";
        if (!token.isEmpty()) {
            server.authentication().accept(token, Caller.ADMIN);
        }
    }

    /**
     * Starts an API on a free port.
     *
     * @throws java.io.UncheckedIOException if none is free
     */
    public static EmbeddedKubernetes start() {
        return builder().start();
    }

    /**
     * Starts an API on a free port, with times of objects by {@code clock}.
     *
     * @throws java.io.UncheckedIOException if none is free
     */
    public static EmbeddedKubernetes start(Clock clock) {
        return builder().clock(clock).start();
    }

    /** An API to be configured. */
    public static Builder builder() {
        return new Builder();
    }

    /** A client of this API, with all rights. It belongs to this instance and closes with it; do not close it. */
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
        return configOf(token);
    }

    /**
     * The configuration of a client of this API for a user, who is known by a new token.
     *
     * @param groups beside {@code system:authenticated}
     */
    public Config configFor(String user, String... groups) {
        String own = UUID.randomUUID().toString();
        access().acceptToken(own, user, groups);
        return configOf(own);
    }

    private Config configOf(String bearerToken) {
        var builder = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withNamespace("default")
                .withAutoConfigure(false)
                .withRequestRetryBackoffLimit(RETRIES);
        if (tls != null) {
            builder.withCaCertData(encoded(tls));
        }
        return bearerToken.isEmpty()
                ? builder.build()
                : builder.withOauthToken(bearerToken).build();
    }

    private static String encoded(TlsIdentity identity) {
        return Base64.getEncoder().encodeToString(identity.pem().getBytes(StandardCharsets.US_ASCII));
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
                "    server: " + server.url()
                        + (tls == null ? "" : "\n    certificate-authority-data: " + encoded(tls)),
                "contexts:",
                "- name: embedded",
                "  context:",
                "    cluster: embedded",
                "    user: embedded",
                "    namespace: default",
                "users:",
                "- name: embedded",
                token.isEmpty() ? "  user: {}" : "  user:\n    token: " + token,
                "current-context: embedded",
                "");
    }

    /** The latest 10,000 requests in the order in which they arrived, each as method and path with query. */
    public List<String> requests() {
        return server.log().calls().stream()
                .map(call -> call.head().method() + " " + call.head().target())
                .toList();
    }

    /** The latest 10,000 requests in the order in which they arrived. */
    public List<RecordedRequest> recordedRequests() {
        return server.log().calls().stream().map(RecordedRequest::of).toList();
    }

    /** How many requests arrived since the start, or since {@link #forgetRequests}. */
    public long requestCount() {
        return server.log().count();
    }

    /** How many of the latest 10,000 requests were such, as by a {@link RequestPattern}. */
    public long requestCount(Predicate<RecordedRequest> requests) {
        return recordedRequests().stream().filter(requests).count();
    }

    /** Empties the log of requests. */
    public void forgetRequests() {
        server.log().clear();
    }

    /** Who may do what. */
    public ApiAccess access() {
        return new ApiAccess(server);
    }

    /** The watches that are open. */
    public ApiWatches watches() {
        return new ApiWatches(server.openWatches());
    }

    @Override
    public void faultNext(int times, String method, String path, Fault fault) {
        String wanted = method.toUpperCase(Locale.ROOT);
        Predicate<Call> matches =
                call -> (wanted.equals("*") || wanted.equals(call.head().method()))
                        && call.head().path().startsWith(path);
        server.faults().next(matches, effectOf(fault), times);
    }

    /**
     * Lets the next requests that fit go wrong.
     *
     * @param times how many requests, from the next one on; at least 1
     * @param requests such as a {@link RequestPattern}
     */
    public void faultNext(int times, Predicate<RecordedRequest> requests, Fault fault) {
        server.faults().next(RecordedRequest.test(requests), effectOf(fault), times);
    }

    /** Lets all requests that fit go wrong until the fault is closed. */
    public StandingFault inject(Predicate<RecordedRequest> requests, Fault fault) {
        return inject(requests, fault, 1, 0);
    }

    /**
     * Lets requests that fit go wrong by chance until the fault is closed.
     *
     * @param probability for each request, more than 0 and at most 1
     * @param seed of the chance: the same seed and the same requests, the same faults
     */
    public StandingFault inject(Predicate<RecordedRequest> requests, Fault fault, double probability, long seed) {
        return new StandingFault(
                server.faults(),
                server.faults().always(RecordedRequest.test(requests), effectOf(fault), probability, seed));
    }

    private static Effect effectOf(Fault fault) {
        Effect effect = fault.effect();
        if (effect.bytesPerSecond() != Long.MAX_VALUE) {
            throw new IllegalArgumentException("the embedded Kubernetes API does not throttle its answers");
        }
        return effect;
    }

    @Override
    public void clearFaults() {
        server.faults().clear();
    }

    /**
     * Says what a container has written, for requests of its log. No container runs here: what is not said stays 501.
     *
     * @param previous for the log of the run before the current one
     */
    public void writeLog(ObjectRef pod, String container, boolean previous, String log) {
        server.containerLogs().put(pod.namespace(), pod.name(), container, previous, log);
    }

    /**
     * Says where the admission webhooks of a Service are: no network leads to one here. Without it, a call of them fails
     * as on a cluster where the Service has no endpoints.
     *
     * @param address such as {@code https://127.0.0.1:9443}; its certificate must be signed by the webhook's
     *     {@code caBundle}, and may be for any name
     */
    public void routeService(String namespace, String service, URI address) {
        server.routeService(namespace, service, requireNonNull(address, "address"));
    }

    /** Forgets past changes, so that a watch or list from an older version ends with 410, Expired. */
    public void forgetHistory() {
        server.compact();
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

    /** Configures an {@link EmbeddedKubernetes}. */
    public static final class Builder {
        private Clock clock = Clock.systemUTC();
        private boolean rbac;
        private boolean tls;

        private Builder() {}

        /** Where times of objects come from. Default: the system's clock in UTC. */
        public Builder clock(Clock source) {
            this.clock = requireNonNull(source, "source");
            return this;
        }

        /**
         * Lets the Roles, ClusterRoles and bindings that are stored decide who may do what, as RBAC does, beginning with those
         * for users that a new cluster has. {@link EmbeddedKubernetes#client}, {@link EmbeddedKubernetes#config} and
         * {@link EmbeddedKubernetes#kubeconfig} have all rights by a token; who sends no token is {@code system:anonymous}.
         * Default: off, and everybody may do everything.
         */
        public Builder rbac() {
            this.rbac = true;
            return this;
        }

        /**
         * Speaks HTTPS, by a certificate made for this instance that {@link EmbeddedKubernetes#config} and
         * {@link EmbeddedKubernetes#kubeconfig} trust. Default: plain HTTP, which is faster.
         */
        public Builder tls() {
            this.tls = true;
            return this;
        }

        /**
         * Starts the API on a free port.
         *
         * @throws java.io.UncheckedIOException if none is free
         */
        public EmbeddedKubernetes start() {
            return new EmbeddedKubernetes(this);
        }
    }
}
