package io.gitopstoolkit.samples.quickstart;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.ChangeSet;
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
import io.gitopstoolkit.apply.Inventory;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.apply.Plan;
import java.time.Clock;
import java.util.Map;

/** The blocks, put together: from a repository to a cluster, and a word about it. */
final class Delivery {
    private final Source source;
    private final Renderer renderer;
    private final Applier applier;
    private final Owner owner;
    private final EventSink events;
    private final Console console;

    Delivery(Source source, Renderer renderer, Applier applier, Owner owner, EventSink events, Console console) {
        this.source = source;
        this.renderer = renderer;
        this.applier = applier;
        this.owner = owner;
        this.events = events;
        this.console = console;
    }

    /** Delivers what the repository holds now. */
    ChangeSet deliver(Deadline deadline) {
        try {
            ManifestSet desired = desired(deadline);
            ChangeSet changes = console.step("apply", () -> applier.apply(desired, deadline), ChangeSet::summary);
            changes.changes().forEach(console::change);
            console.step("wait", () -> await(changes, deadline), healthy -> healthy + " objects healthy");
            tell(Event.of(owner.ref(), owner.fieldManager(), changes, Clock.systemUTC()), deadline);
            return changes;
        } catch (ToolkitException e) {
            tellFailure(e, deadline);
            throw e;
        }
    }

    /** What {@link #deliver} would change, as it stands now; changes nothing. */
    Plan preview(Deadline deadline) {
        ManifestSet desired = desired(deadline);
        return console.step(
                "compare",
                () -> applier.diff(desired, deadline),
                plan -> plan.changes().summary());
    }

    /** Posts that the cluster differs from what was delivered. */
    void tellDrift(Plan plan, Deadline deadline) {
        Event drift = Event.of(owner.ref(), owner.fieldManager(), plan.changes(), Clock.systemUTC());
        tell(
                new Event(
                        drift.about(),
                        drift.apiVersion(),
                        Severity.ERROR,
                        "DriftDetected",
                        drift.message(),
                        drift.time(),
                        drift.reportingController(),
                        drift.metadata()),
                deadline);
    }

    private ManifestSet desired(Deadline deadline) {
        Revision revision = console.step("resolve", () -> source.resolve(deadline), Revision::toString);
        Artifact artifact =
                console.step("fetch", () -> source.fetch(revision, deadline), fetched -> "content " + fetched.digest());
        ManifestSet desired = console.step(
                "render",
                () -> renderer.render(artifact, deadline),
                rendered -> rendered.manifests().size() + " objects");
        desired.warnings().forEach(warning -> console.line("warning", warning));
        return desired;
    }

    private int await(ChangeSet changes, Deadline deadline) {
        var refs = Inventory.of(changes).refs();
        applier.await(refs, deadline);
        return refs.size();
    }

    private void tell(Event event, Deadline deadline) {
        console.step("notify", () -> send(event, deadline), sent -> sent.severity() + " " + sent.reason());
    }

    private Event send(Event event, Deadline deadline) {
        events.send(event, deadline);
        return event;
    }

    /** A delivery that failed is told as well; that nobody could be told does not hide why. */
    private void tellFailure(ToolkitException failure, Deadline deadline) {
        var event = new Event(
                owner.ref(),
                owner.ref().group() + "/v1",
                Severity.ERROR,
                failure.reason(),
                String.valueOf(failure.getMessage()),
                Clock.systemUTC().instant(),
                owner.fieldManager(),
                Map.of());
        try {
            tell(event, deadline);
        } catch (ToolkitException e) {
            failure.addSuppressed(e);
        }
    }
}
