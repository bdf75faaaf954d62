package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an object that a manager holds by apply: whoever holds none of a field cannot remove it later. */
final class OwnedFields {
    private OwnedFields() {}

    /** The set as {@code fieldsV1} has it; empty where the manager holds none. */
    static Map<String, @Nullable Object> of(Manifest object, String fieldManager) {
        return Tree.map(entry(object, fieldManager), "fieldsV1");
    }

    /** The whole entry, with the time at which the manager last changed a field; empty where the manager holds none. */
    static Map<String, @Nullable Object> entry(Manifest object, String fieldManager) {
        return Tree.maps(object.content(), "metadata", "managedFields").stream()
                .filter(entry -> fieldManager.equals(entry.get("manager")))
                .filter(entry -> "Apply".equals(entry.get("operation")))
                .filter(entry -> Tree.text(entry, "", "subresource").isEmpty())
                .findFirst()
                .orElse(Map.of());
    }
}
