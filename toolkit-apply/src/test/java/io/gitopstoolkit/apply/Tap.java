package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Sees each request of a client before it is sent, and can end the program there. */
final class Tap implements Interceptor {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger untilCrash = new AtomicInteger(Integer.MAX_VALUE);

    /** What a test takes for the end of the program: no code of the toolkit knows it. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A client like {@code client} whose requests go through this tap; its caller closes it. */
    KubernetesClient on(KubernetesClient client) {
        return new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("tap", this))
                .build();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (untilCrash.getAndDecrement() <= 0) {
            throw new Crash();
        }
        requests.add(request.method() + ' ' + request.uri());
        bodies.add(String.valueOf(request.bodyString()));
    }

    /** Lets so many requests through, and no more. */
    void crashAfter(int requests) {
        untilCrash.set(requests);
    }

    /** The requests since the last call, each as method and address. */
    List<String> drain() {
        var seen = List.copyOf(requests);
        requests.clear();
        return seen;
    }

    /** The bodies of all requests so far. */
    List<String> bodies() {
        return List.copyOf(bodies);
    }
}
