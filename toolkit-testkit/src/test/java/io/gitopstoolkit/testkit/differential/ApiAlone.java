package io.gitopstoolkit.testkit.differential;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.testkit.internal.server.ApiServer;
import java.time.Clock;

/** The embedded API without the part that controllers play, as kube-apiserver is alone. */
final class ApiAlone implements AutoCloseable {
    private final ApiServer server = ApiServer.start(new ApiServer.Options(Clock.systemUTC(), false, null));
    private final KubernetesClient client;

    ApiAlone() {
        server.pauseControllers();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withAutoConfigure(false)
                .withRequestRetryBackoffLimit(0)
                .build();
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
