package io.gitopstoolkit.benchmarks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.gitopstoolkit.api.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** The limit of any applier: sends the requests of server-side apply, some at a time, and looks at no answer. */
final class BareLoop {
    private static final Map<String, String> PLURALS = Map.of(
            "ConfigMap", "api/v1/namespaces/%s/configmaps",
            "Secret", "api/v1/namespaces/%s/secrets",
            "Service", "api/v1/namespaces/%s/services",
            "ServiceAccount", "api/v1/namespaces/%s/serviceaccounts",
            "Deployment", "apis/apps/v1/namespaces/%s/deployments");

    private final KubernetesClient client;
    private final HttpClient http;
    private final Semaphore free;
    private final int concurrency;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    BareLoop(KubernetesClient client, int concurrency) {
        this.client = client;
        this.http = client.getHttpClient();
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
    }

    /** Applies all of {@code objects}, by dry run or in earnest, and returns when the last answer is there. */
    void apply(List<Manifest> objects, boolean dryRun) throws InterruptedException {
        for (Manifest object : objects) {
            free.acquire();
            var unused = http.sendAsync(
                            http.newHttpRequestBuilder()
                                    .uri(uri(object, dryRun))
                                    .method(
                                            "PATCH",
                                            "application/apply-patch+yaml",
                                            client.getKubernetesSerialization().asJson(object.content()))
                                    .build(),
                            String.class)
                    .whenComplete(this::done);
        }
        free.acquire(concurrency);
        free.release(concurrency);
        if (!refused.isEmpty()) {
            throw new IllegalStateException(refused.peek());
        }
    }

    private String uri(Manifest object, boolean dryRun) {
        return client.getMasterUrl() + path(object).substring(1) + "?force=true&fieldManager=loop"
                + (dryRun ? "&dryRun=All" : "");
    }

    /** Where a server has the object. */
    static String path(Manifest object) {
        String path = String.format(PLURALS.get(object.kind()), object.ref().namespace());
        return '/' + path + '/' + object.ref().name();
    }

    private void done(HttpResponse<String> response, Throwable failure) {
        if (failure != null || !response.isSuccessful()) {
            refused.add(failure == null ? "HTTP status " + response.code() : failure.toString());
        }
        free.release();
    }
}
