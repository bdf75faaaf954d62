package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.SnapshotStore.Head;
import io.gitopstoolkit.apply.SnapshotStore.Kept;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Delivers and waits, keeps what became healthy, and returns to it when something else does not. */
final class Rollback {
    /** What ends a delivery in the middle, and would end it there again. */
    private static final Set<Reason> ENDS = Set.of(
            Reason.TIMEOUT,
            Reason.UNKNOWN_KIND,
            Reason.NAMESPACE_NOT_FOUND,
            Reason.INVALID_OBJECT,
            Reason.IMMUTABLE_FIELD,
            Reason.DENIED,
            Reason.FORBIDDEN);

    private final Applier applier;
    private final SnapshotStore store;
    private final RollbackPolicy policy;

    Rollback(Applier applier, SnapshotStore store, RollbackPolicy policy) {
        this.applier = applier;
        this.store = store;
        this.policy = policy;
    }

    ChangeSet deliver(ManifestSet desired, Deadline deadline) {
        if (policy.revisions() == 0) {
            return applyAndAwait(desired, deadline);
        }
        String digest = desired.digest().toString();
        Kept kept = store.look(deadline);
        if (policy.limit().isPresent()
                && !kept.failed().isEmpty()
                && kept.failed().equals(digest)) {
            throw completed(desired, kept);
        }
        byte[] bytes = kept.hasLatest(digest) ? new byte[0] : store.encode(desired);
        ChangeSet changes;
        try {
            changes = applyAndAwait(desired, deadline);
        } catch (ApplyException e) {
            throw returning(e, digest, kept);
        }
        note(changes, () -> {
            if (bytes.length > 0) {
                store.keep(desired, bytes, kept, deadline);
            }
            settle(kept, deadline);
        });
        return changes;
    }

    List<Revision> revisions(Deadline deadline) {
        return store.look(deadline).heads().stream().map(Head::revision).toList();
    }

    Optional<ManifestSet> latest(Deadline deadline) {
        return store.look(deadline).latest().map(head -> store.load(head, deadline));
    }

    ChangeSet toLatest(Deadline deadline) {
        Kept kept = store.look(deadline);
        Head head = kept.latest().orElseThrow(() -> missing("no healthy delivery is kept"));
        return to(head, kept, deadline);
    }

    ChangeSet to(Revision revision, Deadline deadline) {
        Kept kept = store.look(deadline);
        Head found = kept.heads().stream()
                .filter(head -> head.revision().equals(revision))
                .findFirst()
                .orElseThrow(() -> missing("no healthy delivery of " + revision + " is kept"));
        return to(found, kept, deadline);
    }

    private static Failure missing(String what) {
        return new Failure(
                Reason.MISSING_ROLLBACK_TARGET,
                what + "; deliver one, by an applier whose rollback policy keeps it, and wait for its health");
    }

    private ChangeSet to(Head head, Kept kept, Deadline deadline) {
        ManifestSet healthy = store.load(head, deadline);
        ChangeSet changes = restore(healthy, deadline);
        note(changes, () -> {
            if (policy.revisions() > 0 && !kept.hasLatest(head.digest())) {
                store.keep(healthy, store.encode(healthy), kept, deadline);
            }
            settle(kept, deadline);
        });
        return changes;
    }

    private void settle(Kept kept, Deadline deadline) {
        if (!kept.failed().isEmpty()) {
            store.end(deadline);
        }
    }

    /** Writes what is to be kept of a delivery that became healthy; a failure tells of its changes. */
    private static void note(ChangeSet changes, Runnable write) {
        try {
            write.run();
        } catch (Failure e) {
            throw e.after(changes);
        } catch (DeadlineException e) {
            throw Failure.of(e).after(changes);
        }
    }

    private ChangeSet applyAndAwait(ManifestSet set, Deadline deadline) {
        return await(applier.apply(set, deadline), deadline);
    }

    private ChangeSet restore(ManifestSet healthy, Deadline deadline) {
        return told(await(applier.restore(healthy, deadline), deadline), healthy.revision());
    }

    private ChangeSet await(ChangeSet changes, Deadline deadline) {
        try {
            applier.await(Inventory.of(changes).refs(), deadline);
        } catch (ApplyException e) {
            throw e.with(changes);
        }
        return changes;
    }

    /** An earlier run ended while it returned from the same manifests: they are not tried once more. */
    private ApplyException completed(ManifestSet desired, Kept kept) {
        var failed = new Failure(
                        Reason.NOT_HEALTHY,
                        "an earlier delivery of " + desired.revision()
                                + " did not become healthy, and its rollback was cut short")
                .after(new ChangeSet(desired.revision(), List.of()));
        return returning(failed, kept.failed(), kept);
    }

    /** Returns to the last healthy delivery, if the policy says so; the failure then tells how that went. */
    private ApplyException returning(ApplyException failed, String digest, Kept kept) {
        boolean leftHalfway = ENDS.contains(failed.why()) && failed.partial().isChanged();
        boolean isToReturn = failed.why() == Reason.NOT_HEALTHY || leftHalfway;
        if (policy.limit().isEmpty() || !isToReturn || kept.hasLatest(digest)) {
            return failed;
        }
        if (kept.latest().isEmpty()) {
            return failed.with("there is no healthy delivery to return to", null);
        }
        Head head = kept.latest().get();
        Deadline deadline = Deadline.after(policy.limit().get());
        try {
            return returned(failed, digest, head, deadline);
        } catch (ApplyException e) {
            ApplyException both = failed.with(
                    "could not return to " + head.revision() + ": " + e.getMessage(),
                    told(e.partial(), head.revision()));
            both.addSuppressed(e);
            return both;
        }
    }

    private ApplyException returned(ApplyException failed, String digest, Head head, Deadline deadline) {
        try {
            ManifestSet healthy = store.load(head, deadline);
            store.begin(digest, deadline);
            ChangeSet changes = restore(healthy, deadline);
            store.end(deadline);
            return failed.with("rolled back to " + healthy.revision(), changes);
        } catch (Failure e) {
            throw e.after(new ChangeSet(head.revision(), List.of()));
        } catch (DeadlineException e) {
            throw Failure.of(e).after(new ChangeSet(head.revision(), List.of()));
        }
    }

    private static ChangeSet told(ChangeSet changes, Revision healthy) {
        String words = "rolled back to " + healthy;
        return new ChangeSet(
                healthy,
                changes.changes().stream()
                        .map(change -> change.isChanged() ? told(change, words) : change)
                        .toList());
    }

    private static Change told(Change change, String words) {
        String message = change.message().isEmpty() ? words : words + "; " + change.message();
        return new Change(change.ref(), change.apiVersion(), change.action(), message);
    }
}
