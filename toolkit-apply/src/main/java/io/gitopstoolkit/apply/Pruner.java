package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.ApplyOrder;
import io.gitopstoolkit.apply.internal.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Deletes what left the inventory, in reverse order, if it still is the owner's and may go. */
final class Pruner {
    private static final String FLUX_ANNOTATION = "kustomize.toolkit.fluxcd.io/prune";

    private final Cluster cluster;

    Pruner(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What is to be done with one entry; the kind and the object are there where it is to be deleted. */
    record Verdict(
            Change change, @Nullable Kind kind, @Nullable Manifest live) {}

    /** What pruning would do; reads only. */
    List<Verdict> plan(Inventory stale, Deadline deadline) {
        return backwards(stale).stream().map(entry -> verdict(entry, deadline)).toList();
    }

    /** Prunes all of {@code stale}, and tells each change; an object that cannot be deleted is told as failed. */
    void prune(Inventory stale, Consumer<Change> done, Deadline deadline) {
        for (Inventory.Entry entry : backwards(stale)) {
            try {
                done.accept(prune(entry, deadline));
            } catch (Failure e) {
                if (!e.isAboutOneObject()) {
                    throw e;
                }
                done.accept(change(entry, Action.FAILED, e.message()));
            }
        }
    }

    private Change prune(Inventory.Entry entry, Deadline deadline) {
        Verdict verdict = verdict(entry, deadline);
        if (verdict.kind() != null && verdict.live() != null) {
            cluster.delete(verdict.kind(), verdict.live(), deadline);
        }
        return verdict.change();
    }

    private Verdict verdict(Inventory.Entry entry, Deadline deadline) {
        Optional<Kind> served = cluster.kind(entry.apiVersion(), entry.ref().kind(), deadline)
                .or(() -> cluster.kind(entry.ref(), deadline));
        if (served.isEmpty()) {
            return cluster.mayHideKinds()
                    ? left(entry, Action.FAILED, "the cluster cannot tell whether it still has this kind; try again")
                    : left(entry, Action.DELETED, "its kind is gone");
        }
        Optional<Manifest> live = cluster.get(served.get(), entry.ref(), deadline);
        if (live.isEmpty()) {
            return left(entry, Action.DELETED, "was gone already");
        }
        Owner owner = cluster.owner();
        Manifest object = live.get();
        if (object.ref().equals(new ObjectRef("", "Namespace", "", owner.namespace()))) {
            return left(entry, Action.SKIPPED, "not deleted, the owner's inventory is kept in it");
        }
        if (!object.labels().entrySet().containsAll(owner.labels().entrySet())) {
            return left(entry, Action.SKIPPED, "not deleted, it no longer carries the labels of " + owner.ref());
        }
        for (String annotation : List.of(owner.pruneAnnotation(), FLUX_ANNOTATION)) {
            if ("disabled".equalsIgnoreCase(object.annotations().get(annotation))) {
                return left(entry, Action.SKIPPED, "not deleted, because of its annotation " + annotation);
            }
        }
        return new Verdict(change(entry, Action.DELETED, ""), served.get(), object);
    }

    private static Verdict left(Inventory.Entry entry, Action action, String message) {
        return new Verdict(change(entry, action, message), null, null);
    }

    private static Change change(Inventory.Entry entry, Action action, String message) {
        return new Change(entry.ref(), entry.apiVersion(), action, message);
    }

    private static List<Inventory.Entry> backwards(Inventory stale) {
        return stale.entries().stream()
                .sorted(Comparator.comparing(Inventory.Entry::ref, ApplyOrder.COMPARATOR)
                        .reversed())
                .toList();
    }
}
