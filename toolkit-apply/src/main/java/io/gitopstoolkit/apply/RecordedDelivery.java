package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.InventoryStore.Stored;
import java.util.ArrayList;
import java.util.List;

/** A delivery and its inventory: what is stored holds all that may be in the cluster, at every instant. */
final class RecordedDelivery {
    private final InventoryStore store;
    private final Delivery delivery;

    RecordedDelivery(InventoryStore store, Delivery delivery) {
        this.store = store;
        this.delivery = delivery;
    }

    /** Applies {@code targets}, prunes {@code stale}, and writes the inventory before the first and after the last. */
    void apply(List<Target> targets, Stored before, Inventory stale) {
        Deadline deadline = delivery.deadline();
        var hooks = new HookRuns(targets, before.hooksRanFor());
        Schedule schedule = delivery.schedule(targets, hooks.areDue());
        Inventory planned = before.inventory().beforeApplying(Inventory.of(schedule.applied()));
        Stored during = store.save(before, planned, hooks.during(), deadline);
        List<Target> left = applied(schedule, before, during);
        List<ObjectRef> gone = new ArrayList<>(hooks.gone(schedule, left));
        gone.addAll(delivery.prune(stale));
        Inventory applied = Inventory.of(hooks.applied(schedule, left));
        store.save(during, before.inventory().afterApplying(applied, gone), hooks.content(), deadline);
        delivery.requirePruned();
    }

    private List<Target> applied(Schedule schedule, Stored before, Stored during) {
        try {
            List<Target> left = delivery.apply(schedule);
            delivery.requireApplied();
            return left;
        } catch (Failure e) {
            giveUp(e.neverWritten(before.inventory()), during, e, delivery.deadline());
            throw e;
        }
    }

    /** What the owner may not touch it could not prune either, and each later delivery would fail. */
    private void giveUp(List<ObjectRef> forbidden, Stored during, Failure cause, Deadline deadline) {
        if (forbidden.isEmpty()) {
            return;
        }
        try {
            store.save(during, during.inventory().without(forbidden), deadline);
        } catch (Failure | DeadlineException e) {
            cause.addSuppressed(e); // it stays in the inventory
        }
    }
}
