package io.gitopstoolkit.testkit.internal.fields;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which manager owns which fields of an object, as {@code metadata.managedFields} tells it. */
final class ManagedFields {
    /** @param time when the manager last changed what it owns, as the API prints it; empty where nobody knows */
    record Owned(FieldSet fields, String apiVersion, String time) {}

    private static final Set<String> OPERATIONS = Set.of(Manager.APPLY, Manager.UPDATE);

    private static final Comparator<Map.Entry<Manager, Owned>> ORDER = Comparator.comparing(
                    (Map.Entry<Manager, Owned> entry) -> entry.getKey().operation())
            .thenComparing(entry -> entry.getValue().time())
            .thenComparing(entry -> entry.getKey().name())
            .thenComparing(entry -> entry.getValue().apiVersion())
            .thenComparing(entry -> entry.getKey().subresource());

    private final Map<Manager, Owned> owners = new LinkedHashMap<>();

    /** What the object says; empty where it says nothing, or nothing that can be read. */
    static ManagedFields of(Map<String, Object> object) {
        var managed = new ManagedFields();
        for (Map<String, Object> entry : Tree.mapsAt(object, "metadata", "managedFields")) {
            managed.read(entry);
        }
        return managed;
    }

    private void read(Map<String, Object> entry) {
        String operation = Tree.text(entry, "operation");
        String apiVersion = Tree.text(entry, "apiVersion");
        var manager = new Manager(
                Tree.text(entry, "manager"),
                operation,
                operation.equals(Manager.APPLY) ? "" : apiVersion,
                Tree.text(entry, "subresource"));
        FieldSet fields = FieldSet.ofFieldsV1(Tree.mapAt(entry, "fieldsV1"));
        owners.put(manager, new Owned(fields, apiVersion, Tree.text(entry, "time")));
    }

    /** Whether all that the object says can be read. */
    static boolean isReadable(Map<String, Object> object) {
        return Tree.mapsAt(object, "metadata", "managedFields").stream()
                .allMatch(entry -> OPERATIONS.contains(Tree.text(entry, "operation"))
                        && !Tree.text(entry, "apiVersion").isEmpty()
                        && Tree.text(entry, "fieldsType").equals("FieldsV1"));
    }

    /** Writes itself into the object, or takes the field out where nobody owns anything. */
    void writeTo(Map<String, Object> object) {
        Map<String, Object> metadata = Tree.child(object, "metadata");
        metadata.remove("managedFields");
        if (!owners.isEmpty()) {
            metadata.put("managedFields", toTree());
        }
    }

    private List<Object> toTree() {
        var entries = new ArrayList<Object>();
        owners.entrySet().stream().sorted(ORDER).forEach(entry -> {
            Manager manager = entry.getKey();
            Owned owned = entry.getValue();
            var tree = Tree.of(
                    "manager", manager.name(), "operation", manager.operation(), "apiVersion", owned.apiVersion());
            if (!owned.time().isEmpty()) {
                tree.put("time", owned.time());
            }
            tree.put("fieldsType", "FieldsV1");
            tree.put("fieldsV1", owned.fields().toFieldsV1());
            if (!manager.subresource().isEmpty()) {
                tree.put("subresource", manager.subresource());
            }
            entries.add(tree);
        });
        return entries;
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }

    @Nullable
    Owned get(Manager manager) {
        return owners.get(manager);
    }

    Map<Manager, Owned> all() {
        return owners;
    }

    /** Sets what a manager owns; one that owns nothing is no manager. */
    void put(Manager manager, Owned owned) {
        owners.put(manager, owned);
    }

    void dropEmpty() {
        owners.values().removeIf(owned -> owned.fields().isEmpty());
    }

    /** Changes the fields of a manager, and nothing else of it. */
    void setFields(Manager manager, FieldSet fields) {
        owners.computeIfPresent(manager, (key, owned) -> new Owned(fields, owned.apiVersion(), owned.time()));
    }
}
