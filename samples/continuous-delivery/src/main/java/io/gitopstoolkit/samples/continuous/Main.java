package io.gitopstoolkit.samples.continuous;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.EventSink;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import io.gitopstoolkit.source.git.GitSource;
import java.net.URI;
import java.time.Duration;

/** Delivers a repository to the cluster of the current kubeconfig, until it is stopped. */
final class Main {
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private Main() {}

    /** Takes the address of the repository and the directory with the kustomization. */
    public static void main(String[] arguments) {
        EventSink console = (event, deadline) ->
                System.out.println(event.severity() + " " + event.reason() + ": " + event.message());
        var owner = new Owner("continuous-delivery", "delivery.example.org", "sample", "default");
        try (var client = new KubernetesClientBuilder().build();
                var source = GitSource.builder(URI.create(arguments[0])).build();
                var delivery =
                        new ContinuousDelivery(source, KustomizeRenderer.at(arguments[1]), client, owner, console)) {
            while (!Thread.currentThread().isInterrupted()) {
                delivery.reconcile(Deadline.after(Duration.ofMinutes(5)));
                Deadline.after(INTERVAL.plusSeconds(1)).pause(INTERVAL, "wait for a commit");
            }
        }
    }
}
