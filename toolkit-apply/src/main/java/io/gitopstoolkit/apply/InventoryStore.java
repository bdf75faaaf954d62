package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.PrunePolicy.Propagation;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the inventory of one owner in a ConfigMap of the owner's namespace, an id and its version to a line. A write
 * that would lose one of somebody else is refused by the API server.
 */
final class InventoryStore {
    private static final Kind CONFIG_MAP = new Kind("v1", "ConfigMap", "configmaps", true);
    private static final String KEY = "inventory";

    private final Cluster cluster;

    InventoryStore(Cluster cluster) {
        this.cluster = cluster;
    }

    /** An inventory as it was read: with the object that it came from, null where there is none yet. */
    record Stored(Inventory inventory, @Nullable Manifest object, String hooksRanFor) {}

    Stored load(Deadline deadline) {
        Stored stored = read(deadline);
        cluster.memory().owns(stored.inventory());
        return stored;
    }

    private Stored read(Deadline deadline) {
        ObjectRef ref = cluster.owner().inventoryRef();
        Optional<Manifest> object = cluster.get(CONFIG_MAP, ref, deadline);
        if (object.isEmpty()) {
            return new Stored(Inventory.empty(), null, "");
        }
        if (!object.get()
                .labels()
                .entrySet()
                .containsAll(cluster.owner().labels().entrySet())) {
            throw damaged("it does not carry the labels of its owner");
        }
        Object text = Tree.at(object.get().content(), "data", KEY);
        if (!(text instanceof String lines)) {
            throw damaged("data." + KEY + " is missing");
        }
        String ranFor = object.get().annotations().getOrDefault(hooksAnnotation(), "");
        return new Stored(parse(lines), object.get(), ranFor);
    }

    /** Writes {@code inventory} in place of {@code before}, unless they are equal; returns what is stored now. */
    Stored save(Stored before, Inventory inventory, Deadline deadline) {
        return save(before, inventory, before.hooksRanFor(), deadline);
    }

    /**
     * The same, and notes for which content hooks ran.
     *
     * @param hooksRanFor empty where there are none, or they have not all run
     */
    Stored save(Stored before, Inventory inventory, String hooksRanFor, Deadline deadline) {
        if (before.object() != null
                && before.inventory().equals(inventory)
                && before.hooksRanFor().equals(hooksRanFor)) {
            return before;
        }
        try {
            Manifest written = cluster.put(CONFIG_MAP, manifest(before.object(), inventory, hooksRanFor), deadline);
            cluster.memory().owns(inventory);
            return new Stored(inventory, written, hooksRanFor);
        } catch (Failure e) {
            Owner owner = cluster.owner();
            throw switch (e.why()) {
                case NAMESPACE_NOT_FOUND ->
                    new Failure(
                            Reason.NAMESPACE_NOT_FOUND,
                            owner.inventoryRef() + ": the owner's namespace " + owner.namespace()
                                    + " does not exist; create it first, or name one that does, for the inventory is kept there",
                            e,
                            null);
                case CONFLICT ->
                    new Failure(
                            Reason.CONFLICT,
                            owner.inventoryRef() + ": another delivery of the same owner has changed the inventory;"
                                    + " let one finish before the next, and try again",
                            e,
                            null);
                default -> e;
            };
        }
    }

    /** Deletes what keeps the inventory, if it is as it was read. */
    void delete(Stored stored, Deadline deadline) {
        if (stored.object() != null) {
            cluster.delete(CONFIG_MAP, stored.object(), Propagation.BACKGROUND, deadline);
        }
        cluster.memory().owns(Inventory.empty());
    }

    private String hooksAnnotation() {
        return cluster.owner().group() + "/hooks-ran-for";
    }

    private Manifest manifest(@Nullable Manifest before, Inventory inventory, String hooksRanFor) {
        Owner owner = cluster.owner();
        var lines = new StringBuilder();
        inventory
                .entries()
                .forEach(entry -> lines.append(entry.id())
                        .append(' ')
                        .append(entry.version())
                        .append('\n'));
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("name", owner.inventoryRef().name());
        metadata.put("namespace", owner.namespace());
        metadata.put("labels", owner.labels());
        if (!hooksRanFor.isEmpty()) {
            metadata.put("annotations", Map.of(hooksAnnotation(), hooksRanFor));
        }
        if (before != null) {
            metadata.put("resourceVersion", Tree.text(before.content(), "", "metadata", "resourceVersion"));
        }
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("apiVersion", "v1");
        content.put("kind", "ConfigMap");
        content.put("metadata", metadata);
        content.put("data", Map.of(KEY, lines.toString()));
        return new Manifest(content);
    }

    private Inventory parse(String lines) {
        var entries = new TreeMap<ObjectRef, Inventory.Entry>();
        for (String line : lines.lines().toList()) {
            String[] parts = line.strip().split(" ", -1);
            if (parts.length != 2) {
                throw damaged("the line '" + line + "' is no id with a version");
            }
            try {
                var entry = Inventory.Entry.parse(parts[0], parts[1]);
                entries.put(entry.ref(), entry);
            } catch (IllegalArgumentException e) {
                throw damaged("the line '" + line + "' is no id with a version");
            }
        }
        return new Inventory(java.util.List.copyOf(entries.values()));
    }

    private Failure damaged(String how) {
        return new Failure(
                Reason.INVENTORY_DAMAGED,
                cluster.owner().inventoryRef() + ": the inventory is damaged: " + how
                        + "; nothing was applied or deleted; repair it, or delete it and prune by hand what is no longer wanted");
    }
}
