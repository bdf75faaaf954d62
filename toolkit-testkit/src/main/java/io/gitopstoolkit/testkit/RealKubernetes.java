package io.gitopstoolkit.testkit;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubernetes API for tests: etcd and kube-apiserver as processes of this machine, and nothing else: no
 * controllers, no nodes, no containers.
 *
 * <p>The programs are those in {@code ~/.kubeapitest}, or the directory that the environment variable
 * {@code KUBE_API_TEST_DIR} names; where there are none, kube-api-test downloads them (about 60 MB) at the first start.
 * {@code KUBE_API_TEST_API_SERVER_VERSION} picks a version, such as {@code 1.36.*}. Needs the library
 * {@code io.fabric8:kube-api-test} on the class path.
 *
 * <p>A start takes some ten seconds, so share one server between tests: {@link KubeApi} does. Safe between threads.
 */
public final class RealKubernetes implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final KubeAPIServer server;
    private final Thread stopAtExit;
    private final String kubeconfig;
    private final KubernetesClient client;
    private boolean closed;

    private RealKubernetes(KubeAPIServer server, String kubeconfig) {
        this.server = server;
        this.stopAtExit = new Thread(server::stop, "stop-kube-apiserver");
        this.kubeconfig = kubeconfig;
        this.client = newClient(null);
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /**
     * Starts etcd and kube-apiserver on free ports of the loopback interface, and returns when the API is ready. Gives
     * up after three minutes.
     *
     * @throws IllegalStateException if the programs are not there and cannot be downloaded, or do not start
     */
    public static RealKubernetes start() {
        // The builder, with all its options set: the library's own environment variables for these fail in 7.6.
        var config = KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(false)
                .withUpdateKubeConfig(false)
                .withWaitForEtcdHealthCheckOnStartup(true)
                .withStartupTimeout((int) START_LIMIT.toMillis())
                .withApiServerFlag("--bind-address", "127.0.0.1")
                .build();
        var server = new KubeAPIServer(config);
        try {
            server.start();
            return new RealKubernetes(server, server.getKubeConfigYaml());
        } catch (KubeAPITestException | KubernetesClientException e) {
            stop(server, e);
            throw new IllegalStateException(
                    "could not start kube-apiserver from " + config.getKubeAPITestDir() + ": " + e.getMessage()
                            + "; put etcd, kube-apiserver and kubectl into k8s/<version>-<os>-<arch> below that"
                            + " directory, or allow the download",
                    e);
        }
    }

    /** A client with all rights, in the namespace {@code default}. It closes with this server. */
    public KubernetesClient client() {
        return client;
    }

    /**
     * A new client with all rights that its caller closes.
     *
     * @param namespace where it works unless told otherwise, or null for {@code default}
     */
    public KubernetesClient newClient(@Nullable String namespace) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                .withNamespace(namespace == null ? "default" : namespace)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The kubeconfig, as YAML, of a user with all rights. It names key files in the directory of the programs. */
    public String kubeconfig() {
        return kubeconfig;
    }

    /** Stops both programs and deletes their data. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        client.close();
        server.stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // The machine is going down already; the hook has nothing left to stop.
            return;
        }
    }

    private static void stop(KubeAPIServer server, RuntimeException cause) {
        try {
            server.stop();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
