package io.gitopstoolkit.benchmarks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests of a client. */
final class RequestCount implements Interceptor {
    private final AtomicLong count = new AtomicLong();

    /** A client like {@code client} whose requests are counted; its caller closes it. */
    KubernetesClient on(KubernetesClient client) {
        return new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("count", this))
                .build();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        count.incrementAndGet();
    }

    /** The requests since the last call. */
    long take() {
        return count.getAndSet(0);
    }
}
