package io.gitopstoolkit.testkit;

import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubeapitest.cert.CertManager;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.testkit.RealKubernetes.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The programs of a control plane, as processes of this machine. kube-api-test finds or gets them and their keys. */
final class ControlPlane implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path directory;
    private final Path programs;
    private final CertManager keys;
    private final int port = ServerProcess.freePort();
    private final int etcdPort;
    private final ServerProcess etcd;
    private final Map<Program, ServerProcess> others = new EnumMap<>(Program.class);
    private @Nullable ServerProcess apiServer;

    private ControlPlane(Path programs, CertManager keys) throws IOException {
        this.programs = programs;
        this.keys = keys;
        this.directory = Files.createTempDirectory("kubernetes");
        this.etcdPort = ServerProcess.freePort();
        String peer = "http://127.0.0.1:" + ServerProcess.freePort();
        String client = "http://127.0.0.1:" + etcdPort;
        this.etcd = ServerProcess.start(
                directory,
                programs.resolve("etcd"),
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync");
    }

    /**
     * Starts etcd alone; the rest has methods of its own.
     *
     * @throws IllegalStateException if a program is missing or does not start
     */
    static ControlPlane start(Set<Program> also) {
        // The builder, with all its options set: the library's own environment variables for these fail in 7.6.
        KubeAPIServerConfig config = KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(false)
                .withUpdateKubeConfig(false)
                .withWaitForEtcdHealthCheckOnStartup(true)
                .build();
        var binaries = new BinaryManager(config);
        binaries.initAndDownloadIfRequired();
        var keys = new CertManager(config.getKubeAPITestDir());
        keys.createCertificatesIfNeeded();
        Path programs =
                Path.of(binaries.binaries().getApiServer().getAbsolutePath()).resolveSibling("");
        for (Program program : also) {
            if (!Files.isExecutable(programs.resolve(program.fileName()))) {
                throw new IllegalStateException("there is no " + program.fileName() + " in " + programs
                        + "; put the one of the same Kubernetes release there, for kube-api-test does not download it");
            }
        }
        try {
            var started = new ControlPlane(programs, keys);
            started.await("etcd", started.etcd, () -> answers(started.etcdPort));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts kube-apiserver, on the same port each time, and waits until it is ready.
     *
     * @param isReady whether the API can be used
     */
    synchronized void startApiServer(BooleanSupplier isReady) {
        ServerProcess started = ServerProcess.start(
                directory,
                programs.resolve("kube-apiserver"),
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--tls-cert-file=" + keys.getAPIServerCertPath(),
                "--tls-private-key-file=" + keys.getAPIServerKeyPath(),
                "--client-ca-file=" + keys.getClientCertPath(),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + keys.getAPIServerKeyPath(),
                "--service-account-key-file=" + keys.getAPIServerKeyPath(),
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--allow-privileged");
        apiServer = started;
        await("kube-apiserver", started, () -> answers(port) && isReady.getAsBoolean());
    }

    /** Kills kube-apiserver; what it stored stays. */
    synchronized void stopApiServer() {
        ServerProcess running = apiServer;
        if (running != null) {
            running.close();
        }
    }

    /** Starts another program of the control plane. */
    synchronized void start(Program program) {
        try {
            Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), kubeconfig());
            others.put(
                    program,
                    ServerProcess.start(
                            directory,
                            programs.resolve(program.fileName()),
                            Stream.concat(Stream.of("--kubeconfig=" + kubeconfig), arguments(program).stream())
                                    .toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> arguments(Program program) {
        List<String> common = List.of("--leader-elect=false", "--secure-port=0", "--kube-api-qps=500");
        return program == Program.CONTROLLER_MANAGER
                ? Stream.concat(common.stream(), Stream.of("--kube-api-burst=500", "--controllers=*"))
                        .toList()
                : common;
    }

    /** The kubeconfig of a user with all rights, whose keys are files. */
    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: kubeapitest
                    cluster:
                      server: https://127.0.0.1:%d
                      certificate-authority: %s
                users:
                  - name: kubeapitest
                    user:
                      client-certificate: %s
                      client-key: %s
                contexts:
                  - name: kubeapitest
                    context: {cluster: kubeapitest, namespace: default, user: kubeapitest}
                current-context: kubeapitest
                """.formatted(port, keys.getAPIServerCertPath(), keys.getClientCertPath(), keys.getClientKeyPath());
    }

    private void await(String name, ServerProcess process, BooleanSupplier condition) {
        Deadline deadline = Deadline.after(START_LIMIT);
        try {
            while (!condition.getAsBoolean()) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            "could not start " + name + " from " + programs + ": " + process.lastOutput());
                }
                deadline.pause(PAUSE, "start " + name);
            }
        } catch (IllegalStateException | DeadlineException e) {
            close();
            throw e;
        }
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills all programs and deletes their data. A second call does nothing. */
    @Override
    public synchronized void close() {
        others.values().forEach(ServerProcess::close);
        stopApiServer();
        etcd.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Gone already, or what is left goes with the directory for temporary files.
            return;
        }
    }
}
