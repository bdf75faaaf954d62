package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.apply.InventoryStore.Stored;

/** The end of a delivery: its objects go, or stay, and its inventory goes. */
final class Uninstallation {
    private final InventoryStore store;
    private final Options options;
    private final Delivery delivery;

    Uninstallation(InventoryStore store, Options options, Delivery delivery) {
        this.store = store;
        this.options = options;
        this.delivery = delivery;
    }

    void run(DeletionPolicy policy, Deadline deadline) {
        Stored stored = store.load(deadline);
        boolean orphans =
                policy == DeletionPolicy.ORPHAN || (policy == DeletionPolicy.MIRROR_PRUNE && !options.prune());
        if (orphans) {
            store.delete(stored, deadline);
            return;
        }
        PrunePolicy how = options.prunePolicy().allowAll();
        if (policy == DeletionPolicy.WAIT_FOR_TERMINATION && how.termination().isZero()) {
            how = how.waitingForTermination(deadline.remaining().multipliedBy(9).dividedBy(10));
        }
        Inventory left = stored.inventory().without(delivery.uninstall(stored.inventory(), how));
        if (policy != DeletionPolicy.WAIT_FOR_TERMINATION) {
            // What is held still goes, and nobody comes again to see it gone.
            left = left.without(delivery.changes().only(Action.DELETED).stream()
                    .map(Change::ref)
                    .toList());
        }
        if (left.entries().isEmpty()) {
            store.delete(stored, deadline);
        } else {
            store.save(stored, left, deadline);
        }
        delivery.requirePruned();
    }
}
