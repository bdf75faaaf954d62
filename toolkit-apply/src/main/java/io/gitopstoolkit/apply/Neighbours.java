package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The other owners of the group, as far as their inventories are kept in ConfigMaps that can be listed: what they hold is
 * theirs, or is about to be.
 */
final class Neighbours {
    private final Cluster cluster;
    private @Nullable Map<ObjectRef, String> holders;

    Neighbours(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The owner, such as {@code web in apps}, in whose inventory the object is as well; asked for once. */
    Optional<String> holder(ObjectRef ref, Deadline deadline) {
        if (holders == null) {
            holders = holders(deadline);
        }
        return Optional.ofNullable(holders.get(ref));
    }

    private Map<ObjectRef, String> holders(Deadline deadline) {
        Owner owner = cluster.owner();
        String label = InventoryObject.label(owner.group());
        List<Manifest> objects = cluster.listed(InventoryObject.CONFIG_MAP, "", label, deadline)
                .or(() -> cluster.listed(InventoryObject.CONFIG_MAP, owner.namespace(), label, deadline))
                .orElse(List.of());
        var found = new HashMap<ObjectRef, String>();
        for (Manifest object : objects) {
            if (!object.labels().entrySet().containsAll(owner.labels().entrySet())) {
                String name = object.labels().get(owner.group() + "/name") + " in "
                        + object.labels().get(owner.group() + "/namespace");
                refs(object, owner.group()).forEach(ref -> found.put(ref, name));
            }
        }
        return found;
    }

    private static List<ObjectRef> refs(Manifest object, String group) {
        try {
            return InventoryObject.parse(object, group).refs();
        } catch (IllegalArgumentException e) {
            return List.of(); // its own deliveries say that it is damaged
        }
    }
}
