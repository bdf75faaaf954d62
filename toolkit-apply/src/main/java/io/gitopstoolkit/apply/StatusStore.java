package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.Kind;
import java.util.Map;

/** Keeps the inventory in the status of an object that others write as well. */
final class StatusStore implements InventoryStore {
    /** Somebody may write another part of the object while we do ours, so many times. */
    private static final int ATTEMPTS = 10;

    private final Cluster cluster;
    private final InventoryStatus form;

    StatusStore(Cluster cluster, InventoryStatus form) {
        this.cluster = cluster;
        this.form = form;
    }

    @Override
    public ObjectRef ref() {
        return form.ref();
    }

    @Override
    public Stored load(Deadline deadline) {
        Manifest object = cluster.get(kind(deadline), ref(), deadline)
                .orElseThrow(() -> new Failure(
                        Reason.INVENTORY_NOT_FOUND,
                        ref() + ": the object whose status keeps the inventory does not exist; create it first"));
        try {
            return new Stored(Inventory.parse(object), object, InventoryStore.hooks(object, cluster.owner()));
        } catch (IllegalArgumentException e) {
            throw InventoryStore.damaged(ref(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Stored save(Stored before, Inventory inventory, String hooksRanFor, Deadline deadline) {
        if (before.inventory().equals(inventory) && before.hooksRanFor().equals(hooksRanFor)) {
            return before;
        }
        Stored seen = before;
        for (int attempt = 1; ; attempt++) {
            try {
                return written(seen, inventory, hooksRanFor, deadline);
            } catch (IllegalArgumentException e) {
                throw InventoryStore.tooLarge(ref(), e);
            } catch (Failure e) {
                if (e.why() != Reason.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                seen = load(deadline);
                if (seen.inventory().equals(inventory) && seen.hooksRanFor().equals(hooksRanFor)) {
                    return seen;
                }
                if (!seen.inventory().equals(before.inventory())) {
                    throw InventoryStore.conflict(ref(), e);
                }
            }
        }
    }

    /** An annotation is no part of the status: it takes a request of its own, where it changes. */
    private Stored written(Stored seen, Inventory inventory, String hooksRanFor, Deadline deadline) {
        Kind kind = kind(deadline);
        Map<String, String> annotations =
                hooksRanFor.isEmpty() ? Map.of() : Map.of(InventoryStore.hooksAnnotation(cluster.owner()), hooksRanFor);
        Manifest object = cluster.statusFields()
                .applyStatus(kind, form.manifest(requireNonNull(seen.object()), inventory, annotations), deadline);
        if (!InventoryStore.hooks(object, cluster.owner()).equals(hooksRanFor)) {
            object = cluster.statusFields().applyBeside(kind, form.manifest(object, inventory, annotations), deadline);
        }
        return new Stored(inventory, object, hooksRanFor);
    }

    /** Empties it; the object is not ours to delete. */
    @Override
    public void delete(Stored stored, Deadline deadline) {
        save(stored, Inventory.empty(), "", deadline);
    }

    private Kind kind(Deadline deadline) {
        String apiVersion = form.location().apiVersion();
        return cluster.kind(apiVersion, ref().kind(), deadline)
                .orElseThrow(() -> new Failure(
                        Reason.UNKNOWN_KIND,
                        ref() + ": the cluster does not know the kind " + apiVersion + ' ' + ref().kind()
                                + ", whose status is to keep the inventory; install its definition"));
    }
}
