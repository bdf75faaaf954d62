package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.InventoryLocation.InConfigMap;
import io.gitopstoolkit.apply.InventoryLocation.InSecret;
import io.gitopstoolkit.apply.InventoryLocation.InStatus;
import io.gitopstoolkit.apply.PrunePolicy.Propagation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the inventory of one owner where it is kept. A write that would lose one of somebody else is refused by
 * the API server.
 */
interface InventoryStore {
    /**
     * An inventory as it was read.
     *
     * @param object that it came from, null where there is none yet
     * @param hooksRanFor the digest of the set whose hooks have run last; empty where none have, or not all
     */
    record Stored(Inventory inventory, @Nullable Manifest object, String hooksRanFor) {}

    /** The store of the inventory at {@code location}, of the cluster's owner or one of the others. */
    static InventoryStore at(InventoryLocation location, Cluster cluster, List<Owner> others) {
        if (location instanceof InStatus status) {
            return new StatusStore(cluster, new InventoryStatus(status));
        }
        ObjectRef ref = own(location, cluster.owner());
        return new ObjectStore(cluster, new InventoryObject(cluster.owner(), ref.kind(), ref.name()), others);
    }

    /** The object that is made for the inventory, and can be nothing else; for a status, the one of the default. */
    static ObjectRef own(InventoryLocation location, Owner owner) {
        if (location instanceof InSecret secret) {
            return new ObjectRef("", "Secret", owner.namespace(), secret.name());
        }
        return location instanceof InConfigMap map && !map.name().isEmpty()
                ? new ObjectRef("", "ConfigMap", owner.namespace(), map.name())
                : owner.inventoryRef();
    }

    /** The object that keeps it. */
    ObjectRef ref();

    /** What is stored; empty before the first delivery. */
    Stored load(Deadline deadline);

    /** Writes {@code inventory} in place of {@code before}, unless they are equal; returns what is stored now. */
    default Stored save(Stored before, Inventory inventory, Deadline deadline) {
        return save(before, inventory, before.hooksRanFor(), deadline);
    }

    /**
     * The same, and notes for which content hooks ran.
     *
     * @param hooksRanFor empty where there are none, or they have not all run
     */
    Stored save(Stored before, Inventory inventory, String hooksRanFor, Deadline deadline);

    /** Deletes the inventory, if it is as it was read. */
    void delete(Stored stored, Deadline deadline);

    /** In a ConfigMap or a Secret of its own. */
    final class ObjectStore implements InventoryStore {
        private final Cluster cluster;
        private final InventoryObject form;
        private final List<Owner> others;

        ObjectStore(Cluster cluster, InventoryObject form, List<Owner> others) {
            this.cluster = cluster;
            this.form = form;
            this.others = others;
        }

        @Override
        public ObjectRef ref() {
            return form.ref();
        }

        @Override
        public Stored load(Deadline deadline) {
            Optional<Manifest> object = cluster.get(form.kind(), form.ref(), deadline);
            if (object.isEmpty()) {
                return new Stored(Inventory.empty(), null, "");
            }
            Optional<Owner> owner = Stream.concat(Stream.of(cluster.owner()), others.stream())
                    .filter(each -> object.get()
                            .labels()
                            .entrySet()
                            .containsAll(each.labels().entrySet()))
                    .findFirst();
            if (owner.isEmpty()) {
                throw damaged(ref(), "it does not carry the labels of its owner");
            }
            try {
                return new Stored(
                        InventoryObject.parse(object.get(), owner.get().group()),
                        object.get(),
                        hooks(object.get(), cluster.owner()));
            } catch (IllegalArgumentException e) {
                throw damaged(ref(), String.valueOf(e.getMessage()));
            }
        }

        @Override
        public Stored save(Stored before, Inventory inventory, String hooksRanFor, Deadline deadline) {
            if (before.object() != null
                    && before.inventory().equals(inventory)
                    && before.hooksRanFor().equals(hooksRanFor)) {
                return before;
            }
            try {
                Manifest written =
                        cluster.put(form.kind(), form.manifest(before.object(), inventory, hooksRanFor), deadline);
                return new Stored(inventory, written, hooksRanFor);
            } catch (IllegalArgumentException e) {
                throw tooLarge(ref(), e);
            } catch (Failure e) {
                return switch (e.why()) {
                    case NAMESPACE_NOT_FOUND -> throw noNamespace(e);
                    case CONFLICT -> unlessWritten(inventory, hooksRanFor, e, deadline);
                    default -> throw e;
                };
            }
        }

        /** An answer that was lost on its way makes the second try of a write a conflict with the first. */
        private Stored unlessWritten(Inventory inventory, String hooksRanFor, Failure conflict, Deadline deadline) {
            Stored now = load(deadline);
            if (now.object() != null
                    && now.inventory().equals(inventory)
                    && now.hooksRanFor().equals(hooksRanFor)) {
                return now;
            }
            throw InventoryStore.conflict(ref(), conflict);
        }

        @Override
        public void delete(Stored stored, Deadline deadline) {
            if (stored.object() != null) {
                try {
                    cluster.delete(form.kind(), stored.object(), Propagation.BACKGROUND, deadline);
                } catch (Failure e) {
                    throw e.why() == Reason.CONFLICT ? InventoryStore.conflict(ref(), e) : e;
                }
            }
        }

        private Failure noNamespace(Failure e) {
            return new Failure(
                    Reason.NAMESPACE_NOT_FOUND,
                    ref() + ": the owner's namespace " + form.owner().namespace()
                            + " does not exist; create it first, or name one that does, for the inventory is kept there",
                    e,
                    null);
        }
    }

    /** The annotation that says for which content hooks ran. */
    static String hooksAnnotation(Owner owner) {
        return owner.group() + "/hooks-ran-for";
    }

    static String hooks(Manifest object, Owner owner) {
        return object.annotations().getOrDefault(hooksAnnotation(owner), "");
    }

    static Failure conflict(ObjectRef ref, Failure cause) {
        return new Failure(
                Reason.CONFLICT,
                ref + ": another delivery of the same owner has changed the inventory; let one finish before the next,"
                        + " and try again",
                cause,
                null);
    }

    static Failure tooLarge(ObjectRef ref, IllegalArgumentException e) {
        return new Failure(
                Reason.INVALID_SET, ref + ": the inventory is too large: " + e.getMessage() + "; nothing was applied");
    }

    static Failure damaged(ObjectRef ref, String how) {
        return new Failure(
                Reason.INVENTORY_DAMAGED,
                ref + ": the inventory is damaged: " + how
                        + "; nothing was applied or deleted; repair it, or delete it and prune by hand what is no longer wanted");
    }
}
