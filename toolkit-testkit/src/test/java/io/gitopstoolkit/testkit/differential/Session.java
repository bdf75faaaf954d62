package io.gitopstoolkit.testkit.differential;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A sequence of requests to one server, in a namespace of its own. */
final class Session {
    private static final int LONGEST_ANSWER_SECONDS = 30;

    private final KubernetesClient client;
    private final String namespace;
    private final Normalizer forms;
    private final Placeholders placeholders = new Placeholders();

    Session(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.forms = new Normalizer(namespace);
    }

    /** A client of the same server that sends each request once, whatever the answer. Its caller closes it. */
    static KubernetesClient withoutRetries(KubernetesClient client) {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Sends a request, with the namespace and what the server answered before in it. */
    CompletableFuture<Answer> send(Exchange exchange) throws Exception {
        Exchange sent = exchange.in(namespace);
        if (sent.method().equals("WAIT")) {
            Answer.await(client, sent);
            return CompletableFuture.completedFuture(new Answer(0, null));
        }
        return Answer.toCome(
                client,
                new Exchange(
                        sent.method(),
                        placeholders.fill(sent.path()),
                        sent.contentType(),
                        placeholders.fill(sent.body())));
    }

    /** The answer, normalised. */
    Answer receive(CompletableFuture<Answer> sent) throws Exception {
        Answer answer = sent.get(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
        placeholders.remember(answer.body());
        List<String> warnings = answer.warnings().stream()
                .map(warning -> warning.replace(namespace, "{ns}"))
                .toList();
        return new Answer(answer.status(), forms.normalize(answer.body()), warnings);
    }
}
