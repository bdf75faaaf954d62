package io.gitopstoolkit.samples.quickstart;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.apply.Applier;
import io.gitopstoolkit.apply.Inventory;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import io.gitopstoolkit.notify.WebhookSink;
import io.gitopstoolkit.source.git.GitReference;
import io.gitopstoolkit.source.git.GitSource;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** A whole delivery in fifteen lines: those of the README. */
final class Example {
    private Example() {}

    static ChangeSet deliver(URI repository, KubernetesClient client, URI webhook) {
        // README: from here
        var deadline = Deadline.after(Duration.ofMinutes(5));
        var owner = new Owner("shop-delivery", "delivery.example.org", "shop", "default");
        try (var source = GitSource.builder(repository)
                .reference(new GitReference.Branch("main"))
                .build()) {
            var artifact = source.fetch(source.resolve(deadline), deadline);
            var desired = KustomizeRenderer.at("overlays/production").render(artifact, deadline);
            var applier = Applier.builder(client, owner).build();
            var changes = applier.apply(desired, deadline);
            applier.await(Inventory.of(changes).refs(), deadline);
            var event = Event.of(owner.ref(), owner.fieldManager(), changes, Clock.systemUTC());
            WebhookSink.to(webhook).send(event, deadline);
            return changes;
        }
        // README: to here
    }
}
