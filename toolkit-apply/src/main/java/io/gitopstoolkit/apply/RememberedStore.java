package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;

/** The store of an owner's inventory that keeps in the memory of its cluster what the owner has. */
final class RememberedStore implements InventoryStore {
    private final InventoryStore store;
    private final Memory memory;

    RememberedStore(InventoryStore store, Memory memory) {
        this.store = store;
        this.memory = memory;
    }

    @Override
    public ObjectRef ref() {
        return store.ref();
    }

    @Override
    public Stored load(Deadline deadline) {
        return remember(store.load(deadline));
    }

    @Override
    public Stored save(Stored before, Inventory inventory, String hooksRanFor, Deadline deadline) {
        return remember(store.save(before, inventory, hooksRanFor, deadline));
    }

    @Override
    public void delete(Stored stored, Deadline deadline) {
        store.delete(stored, deadline);
        memory.owns(Inventory.empty());
    }

    private Stored remember(Stored stored) {
        memory.owns(stored.inventory());
        return stored;
    }
}
