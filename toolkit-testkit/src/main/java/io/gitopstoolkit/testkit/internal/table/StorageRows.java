package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of volumes and their classes and drivers. */
final class StorageRows {
    private static final Map<String, String> ACCESS_MODES =
            Map.of("ReadWriteOnce", "RWO", "ReadOnlyMany", "ROX", "ReadWriteMany", "RWX", "ReadWriteOncePod", "RWOP");
    private static final List<String> MODES_IN_ORDER =
            List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");

    private StorageRows() {}

    static void addTo(Map<String, Function<Row, List<Object>>> printers) {
        printers.put("/persistentvolumes", StorageRows::volume);
        printers.put("/persistentvolumeclaims", StorageRows::claim);
        printers.put("storage.k8s.io/storageclasses", StorageRows::storageClass);
        printers.put("storage.k8s.io/csinodes", row -> List.of(row.name(), row.size("spec", "drivers"), row.age()));
        printers.put("storage.k8s.io/csidrivers", StorageRows::driver);
        printers.put(
                "storage.k8s.io/csistoragecapacities",
                row -> List.of(row.name(), row.text("storageClassName"), row.textOr(Row.UNSET, "capacity")));
        printers.put("storage.k8s.io/volumeattachments", StorageRows::attachment);
        printers.put(
                "storage.k8s.io/volumeattributesclasses",
                row -> List.of(row.name(), row.text("driverName"), row.age()));
    }

    private static String accessModes(Row row, String... path) {
        List<String> modes = Tree.textsAt(row.object(), path);
        return String.join(
                ",",
                MODES_IN_ORDER.stream()
                        .filter(modes::contains)
                        .map(ACCESS_MODES::get)
                        .toList());
    }

    private static String classOf(Row row) {
        return row.textOr(
                row.text("spec", "storageClassName"),
                "metadata",
                "annotations",
                "volume.beta.kubernetes.io/storage-class");
    }

    private static List<Object> volume(Row row) {
        String claim = row.at("spec", "claimRef") == null
                ? ""
                : row.text("spec", "claimRef", "namespace") + "/" + row.text("spec", "claimRef", "name");
        return List.of(
                row.name(),
                row.textOr("0", "spec", "capacity", "storage"),
                accessModes(row, "spec", "accessModes"),
                row.text("spec", "persistentVolumeReclaimPolicy"),
                row.isDeleted() ? "Terminating" : row.text("status", "phase"),
                claim,
                classOf(row),
                row.textOr(Row.UNSET, "spec", "volumeAttributesClassName"),
                row.text("status", "reason"),
                row.age(),
                row.textOr(Row.UNSET, "spec", "volumeMode"));
    }

    private static List<Object> claim(Row row) {
        boolean bound = !row.text("spec", "volumeName").isEmpty();
        return List.of(
                row.name(),
                row.isDeleted() ? "Terminating" : row.text("status", "phase"),
                row.text("spec", "volumeName"),
                bound ? row.textOr("0", "status", "capacity", "storage") : "",
                bound ? accessModes(row, "status", "accessModes") : "",
                classOf(row),
                row.textOr(Row.UNSET, "spec", "volumeAttributesClassName"),
                row.age(),
                row.textOr(Row.UNSET, "spec", "volumeMode"));
    }

    private static List<Object> storageClass(Row row) {
        boolean preset = List.of(
                        "storageclass.kubernetes.io/is-default-class",
                        "storageclass.beta.kubernetes.io/is-default-class")
                .stream()
                .anyMatch(name -> row.text("metadata", "annotations", name).equals("true"));
        return List.of(
                row.name() + (preset ? " (default)" : ""),
                row.text("provisioner"),
                row.textOr("Delete", "reclaimPolicy"),
                row.textOr("Immediate", "volumeBindingMode"),
                row.isTrue("allowVolumeExpansion"),
                row.age());
    }

    private static List<Object> driver(Row row) {
        var audiences = new ArrayList<String>();
        row.maps("spec", "tokenRequests").forEach(request -> audiences.add(Tree.text(request, "audience")));
        String modes = String.join(",", Tree.textsAt(row.object(), "spec", "volumeLifecycleModes"));
        return List.of(
                row.name(),
                !Boolean.FALSE.equals(row.at("spec", "attachRequired")),
                row.isTrue("spec", "podInfoOnMount"),
                row.isTrue("spec", "storageCapacity"),
                row.at("spec", "tokenRequests") == null ? Row.UNSET : String.join(",", audiences),
                row.isTrue("spec", "requiresRepublish"),
                modes.isEmpty() ? Row.NONE : modes,
                row.age());
    }

    private static List<Object> attachment(Row row) {
        return List.of(
                row.name(),
                row.text("spec", "attacher"),
                row.text("spec", "source", "persistentVolumeName"),
                row.text("spec", "nodeName"),
                row.isTrue("status", "attached"),
                row.age());
    }
}
