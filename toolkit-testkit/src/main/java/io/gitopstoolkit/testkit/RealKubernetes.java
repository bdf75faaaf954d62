package io.gitopstoolkit.testkit;

import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gitopstoolkit.api.DeadlineException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubernetes API for tests: etcd and kube-apiserver as processes of this machine, and as asked for, the programs
 * that make Deployments, garbage collection and the like work. There are no nodes and no containers: a Pod stays as it
 * was made, unless a test plays its kubelet.
 *
 * <p>The programs are those in {@code ~/.kubeapitest}, or the directory that the environment variable
 * {@code KUBE_API_TEST_DIR} names; where there are none, kube-api-test downloads etcd and kube-apiserver (about 60 MB) at
 * the first start. {@code KUBE_API_TEST_API_SERVER_VERSION} picks a version, such as {@code 1.36.*}. Needs the library
 * {@code io.fabric8:kube-api-test} on the class path.
 *
 * <p>A start takes some ten seconds, so share one server between tests: {@link KubeApi} does. Safe between threads.
 */
public final class RealKubernetes implements AutoCloseable {
    /** A program of the control plane that a test may ask for, beside etcd and kube-apiserver. */
    public enum Program {
        /** Makes ReplicaSets and Pods of workloads, collects what has no owner, empties namespaces, counts quotas. */
        CONTROLLER_MANAGER("kube-controller-manager"),
        /** Gives Pods to nodes, which a test makes; without any, says that a Pod cannot be scheduled. */
        SCHEDULER("kube-scheduler");

        private final String fileName;

        Program(String fileName) {
            this.fileName = fileName;
        }

        String fileName() {
            return fileName;
        }
    }

    private final ControlPlane plane;
    private final Thread stopAtExit;
    private final KubernetesClient client;
    private boolean closed;

    private RealKubernetes(ControlPlane plane) {
        this.plane = plane;
        this.stopAtExit = new Thread(plane::close, "stop-kubernetes");
        this.client = newClient(null);
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /**
     * Starts etcd and kube-apiserver on free ports of the loopback interface, and returns when the API is ready; then
     * {@code also}. Gives up after some minutes.
     *
     * @throws IllegalStateException if a program is not there and cannot be downloaded, or does not start
     */
    public static RealKubernetes start(Program... also) {
        try {
            var server = new RealKubernetes(ControlPlane.start(Set.of(also)));
            server.startApiServer();
            Arrays.stream(also).forEach(server.plane::start);
            return server;
        } catch (KubeAPITestException | DeadlineException | UncheckedIOException e) {
            throw new IllegalStateException(
                    "could not start kube-apiserver: " + e.getMessage()
                            + "; put etcd, kube-apiserver and kubectl into k8s/<version>-<os>-<arch> below"
                            + " ~/.kubeapitest, or allow the download",
                    e);
        }
    }

    /** Kills kube-apiserver, as by a crash. What it stored stays, and {@link #startApiServer} brings it back. */
    public void stopApiServer() {
        plane.stopApiServer();
    }

    /** Starts kube-apiserver after {@link #stopApiServer}, with the same address, and returns when it is ready. */
    public void startApiServer() {
        plane.startApiServer(() -> {
            try {
                return client.namespaces().withName("default").get() != null;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
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
        Config config = new ConfigBuilder(Config.fromKubeconfig(plane.kubeconfig()))
                .withNamespace(namespace == null ? "default" : namespace)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The kubeconfig, as YAML, of a user with all rights. It names key files in the directory of the programs. */
    public String kubeconfig() {
        return plane.kubeconfig();
    }

    /** Stops all programs and deletes their data. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        client.close();
        plane.close();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // The machine is going down already; the hook has nothing left to stop.
            return;
        }
    }
}
