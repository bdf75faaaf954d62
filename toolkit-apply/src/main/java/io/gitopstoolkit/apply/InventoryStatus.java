package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.InventoryLocation.InStatus;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of an inventory in the status of an object, which is Flux's. */
record InventoryStatus(InStatus location) {
    /** An entry has quotes, braces and names beside its id; the API server takes objects of 1.5 MiB. */
    private static final int LARGEST_CHARACTERS = 1_000_000;

    private static final int AROUND_AN_ENTRY = 16;

    ObjectRef ref() {
        return new ObjectRef(
                ObjectRef.groupOf(location.apiVersion()), location.kind(), location.namespace(), location.name());
    }

    /**
     * The fields to be applied.
     *
     * @throws IllegalArgumentException if it is too large for one object
     */
    Manifest manifest(Manifest before, Inventory inventory, Map<String, String> annotations) {
        long characters = inventory.entries().stream()
                .mapToLong(entry -> entry.id().length() + entry.version().length() + AROUND_AN_ENTRY)
                .sum();
        if (characters > LARGEST_CHARACTERS) {
            throw new IllegalArgumentException("it takes " + characters + " characters, and " + LARGEST_CHARACTERS
                    + " fit into a status; keep it in a ConfigMap, or part the delivery");
        }
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("name", location.name());
        if (!location.namespace().isEmpty()) {
            metadata.put("namespace", location.namespace());
        }
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
        metadata.put("resourceVersion", Tree.text(before.content(), "", "metadata", "resourceVersion"));
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("apiVersion", location.apiVersion());
        content.put("kind", location.kind());
        content.put("metadata", metadata);
        var entries = inventory.entries().stream()
                .map(entry -> Map.of("id", entry.id(), "v", entry.version()))
                .toList();
        content.put("status", Map.of("inventory", Map.of("entries", entries)));
        return new Manifest(content);
    }
}
