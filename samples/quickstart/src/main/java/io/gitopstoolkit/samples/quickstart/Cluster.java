package io.gitopstoolkit.samples.quickstart;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.WorkloadSimulator;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cluster that is delivered to: an embedded API, where workloads become ready by themselves, or the user's. */
record Cluster(KubernetesClient client, String description, Runnable closing) implements AutoCloseable {
    static Cluster of(Options options) {
        return options.hasCluster() ? ofUser(options) : embedded();
    }

    private static Cluster embedded() {
        EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
        WorkloadSimulator workloads = WorkloadSimulator.start(kubernetes.client());
        return new Cluster(kubernetes.client(), "embedded Kubernetes API at " + kubernetes.url(), () -> {
            workloads.close();
            kubernetes.close();
        });
    }

    private static Cluster ofUser(Options options) {
        Config config = config(options);
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        return new Cluster(client, config.getMasterUrl(), client::close);
    }

    private static Config config(Options options) {
        Path file = options.kubeconfig;
        if (file != null && !Files.isReadable(file)) {
            throw new UsageException(
                    "the kubeconfig " + file + " does not exist or cannot be read: give another with --kubeconfig");
        }
        Config config = file == null
                ? Config.autoConfigure(options.context)
                : Config.fromKubeconfig(options.context, file.toFile());
        checkContext(options, config);
        return config;
    }

    private static void checkContext(Options options, Config config) {
        if (options.context != null
                && (config.getCurrentContext() == null
                        || !options.context.equals(config.getCurrentContext().getName()))) {
            throw new UsageException("the kubeconfig has no context '" + options.context
                    + "': kubectl config get-contexts lists those that it has");
        }
    }

    /** The same cluster for one run; closing it leaves this one open. */
    Cluster borrowed() {
        return new Cluster(client, description, () -> {});
    }

    /** Opens the cluster that the options ask for. */
    interface Opener {
        Cluster open(Options options);
    }

    @Override
    public void close() {
        closing.run();
    }
}
