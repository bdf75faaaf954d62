package io.gitopstoolkit.samples.continuous;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.EventSink;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Renderer;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.api.Severity;
import io.gitopstoolkit.api.Source;
import io.gitopstoolkit.api.ToolkitException;
import io.gitopstoolkit.apply.Applier;
import io.gitopstoolkit.apply.Drift;
import io.gitopstoolkit.apply.DriftListener;
import io.gitopstoolkit.apply.DriftMode;
import io.gitopstoolkit.apply.DriftWatcher;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.apply.RollbackPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cluster as a source says. Each new revision is delivered and waited for; one that does not become healthy is
 * taken back; what others change in between is corrected within a second. People hear of all of it.
 *
 * <p>{@link #reconcile} is called by one thread, again and again. While nothing changes it costs one listing of refs, and
 * the cluster no request at all.
 */
public final class ContinuousDelivery implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Source source;
    private final Renderer renderer;
    private final EventSink sink;
    private final Owner owner;
    private final Clock clock;
    private final Applier applier;
    private final DriftWatcher watcher;
    private volatile ManifestSet delivered = ManifestSet.of(new Revision("none", null), List.of());
    private @Nullable Revision last;

    /**
     * Begins to watch; nothing is delivered before the first {@link #reconcile}.
     *
     * @param source stays open, as does {@code client}
     */
    public ContinuousDelivery(Source source, Renderer renderer, KubernetesClient client, Owner owner, EventSink sink) {
        this.source = source;
        this.renderer = renderer;
        this.sink = sink;
        this.owner = owner;
        this.clock = Clock.systemUTC();
        this.applier = Applier.builder(client, owner)
                .rollback(RollbackPolicy.toLastHealthy(LIMIT))
                .failFast()
                .build();
        this.watcher = DriftWatcher.builder(applier, () -> delivered)
                .mode(DriftMode.CORRECT)
                .listener(new DriftListener() {
                    @Override
                    public void onDrift(Drift drift) {
                        tell(drift.event(clock.instant(), owner.fieldManager()));
                    }
                })
                .build();
        watcher.start();
    }

    /**
     * Delivers the latest revision, if it is another than the last time.
     *
     * @return whether there was anything to do
     */
    public boolean reconcile(Deadline deadline) {
        Revision revision = source.resolve(deadline);
        if (revision.equals(last)) {
            return false;
        }
        try {
            ManifestSet desired = renderer.render(source.fetch(revision, deadline), deadline);
            delivered = desired;
            tell(Event.of(owner.ref(), owner.fieldManager(), applier.deliver(desired, deadline), clock));
        } catch (ToolkitException e) {
            // A commit that is no good is not tried again; the next one mends it.
            tell(failure(e));
            applier.lastHealthy(Deadline.after(LIMIT)).ifPresent(healthy -> delivered = healthy);
        }
        last = revision;
        return true;
    }

    private Event failure(ToolkitException e) {
        String message = String.valueOf(e.getMessage());
        return new Event(
                owner.ref(),
                owner.group() + "/v1",
                Severity.ERROR,
                e.reason(),
                message,
                clock.instant(),
                owner.fieldManager(),
                Map.of());
    }

    private void tell(Event event) {
        sink.send(event, Deadline.after(LIMIT));
    }

    /** Stops correcting. What was delivered stays. */
    @Override
    public void close() {
        watcher.close();
    }
}
