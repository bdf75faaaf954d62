package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields that an update cannot change. */
final class Immutability {
    private static final List<String> STATEFUL_SET_MUTABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private Immutability() {}

    static List<FieldError> check(Resource resource, Map<String, Object> live, Map<String, Object> object) {
        var errors = new ArrayList<FieldError>();
        switch (resource.qualifiedName()) {
            case "deployments.apps", "daemonsets.apps", "replicasets.apps" ->
                same(live, object, errors, "spec", "selector");
            case "statefulsets.apps" -> statefulSet(live, object, errors);
            case "jobs.batch" -> {
                same(live, object, errors, "spec", "completions");
                same(live, object, errors, "spec", "selector");
                same(live, object, errors, "spec", "template");
                same(live, object, errors, "spec", "completionMode");
            }
            case "pods" -> errors.addAll(PodImmutability.check(live, object));
            case "services" -> service(live, object, errors);
            case "configmaps", "secrets" -> data(live, object, errors);
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" -> {
                if (!Values.equal(live.get("roleRef"), object.get("roleRef"))) {
                    Map<String, Object> role = Tree.mapAt(object, "roleRef");
                    Map<String, Object> shown = Tree.of(
                            "APIGroup", role.get("apiGroup"), "Kind", role.get("kind"), "Name", role.get("name"));
                    errors.add(FieldError.invalid("roleRef", shown, "cannot change roleRef"));
                }
            }
            case "priorityclasses.scheduling.k8s.io" -> {
                if (!Values.equal(live.get("value"), object.get("value"))) {
                    errors.add(FieldError.forbidden("value", "may not be changed in an update."));
                }
                same(live, object, errors, "preemptionPolicy");
            }
            case "persistentvolumeclaims" -> claim(live, object, errors);
            case "storageclasses.storage.k8s.io" -> storageClass(live, object, errors);
            default -> {}
        }
        return errors;
    }

    private static void same(
            Map<String, Object> live, Map<String, Object> object, List<FieldError> errors, String... path) {
        Object value = Tree.at(object, path);
        if (!Values.equal(Tree.at(live, path), value)) {
            errors.add(FieldError.immutable(String.join(".", path), value));
        }
    }

    private static void statefulSet(Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
        Map<String, Object> old = new LinkedHashMap<>(Tree.mapAt(live, "spec"));
        Map<String, Object> spec = new LinkedHashMap<>(Tree.mapAt(object, "spec"));
        STATEFUL_SET_MUTABLE.forEach(field -> {
            old.remove(field);
            spec.remove(field);
        });
        if (!Values.equal(old, spec)) {
            errors.add(FieldError.forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                            + " 'minReadySeconds' are forbidden"));
        }
    }

    private static void service(Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
        String old = Tree.text(live, "spec", "clusterIP");
        String now = Tree.text(object, "spec", "clusterIP");
        boolean external = Tree.text(object, "spec", "type").equals("ExternalName")
                || Tree.text(live, "spec", "type").equals("ExternalName");
        if (!external && !old.isEmpty() && !old.equals(now)) {
            errors.add(FieldError.invalid(
                    "spec.clusterIPs[0]", Tree.at(object, "spec", "clusterIPs"), "may not change once set"));
        }
    }

    private static void data(Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
        if (Boolean.TRUE.equals(live.get("immutable"))) {
            if (!Boolean.TRUE.equals(object.get("immutable"))) {
                errors.add(FieldError.forbidden("immutable", "field is immutable when `immutable` is set"));
            }
            for (String field : List.of("data", "binaryData")) {
                if (!Values.equal(live.get(field), object.get(field))) {
                    errors.add(FieldError.forbidden(field, "field is immutable when `immutable` is set"));
                }
            }
        }
        if (!Values.equal(live.get("type"), object.get("type"))) {
            errors.add(FieldError.immutable("type", object.get("type")));
        }
    }

    private static void claim(Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
        Map<String, Object> old = new LinkedHashMap<>(Tree.mapAt(live, "spec"));
        Map<String, Object> spec = new LinkedHashMap<>(Tree.mapAt(object, "spec"));
        if (Tree.text(object, "status", "phase").equals("Bound")) {
            for (String field : List.of("resources", "volumeAttributesClassName")) {
                old.remove(field);
                spec.remove(field);
            }
        }
        if (old.get("storageClassName") == null && spec.get("storageClassName") != null) {
            spec.remove("storageClassName");
        }
        boolean binds = Tree.text(old, "volumeName").isEmpty()
                && !Tree.text(spec, "volumeName").isEmpty();
        if (binds) {
            spec.remove("volumeName");
        }
        if (!Values.equal(old, spec)) {
            errors.add(FieldError.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims"));
        }
    }

    private static void storageClass(Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
        for (String field : List.of("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode")) {
            same(live, object, errors, field);
        }
    }
}
