package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The few fields of a pod that an update may change. */
final class PodImmutability {
    private static final String FORBIDDEN =
            "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";

    private PodImmutability() {}

    static List<FieldError> check(Map<String, Object> live, Map<String, Object> object) {
        var errors = new ArrayList<FieldError>();
        Map<String, Object> old = Tree.copy(Tree.mapAt(live, "spec"));
        Map<String, Object> spec = Tree.copy(Tree.mapAt(object, "spec"));
        checkNumber("containers", old, spec, errors);
        if (errors.isEmpty()) {
            checkNumber("initContainers", old, spec, errors);
        }
        if (!errors.isEmpty()) {
            return errors;
        }
        checkTolerations(old, spec, errors);
        if (!Values.equal(fixed(old), fixed(spec))) {
            errors.add(FieldError.forbidden("spec", FORBIDDEN));
        }
        return errors;
    }

    private static void checkNumber(
            String field, Map<String, Object> old, Map<String, Object> spec, List<FieldError> errors) {
        if (Tree.mapsAt(old, field).size() != Tree.mapsAt(spec, field).size()) {
            errors.add(FieldError.forbidden("spec." + field, "pod updates may not add or remove containers"));
        }
    }

    private static void checkTolerations(Map<String, Object> old, Map<String, Object> spec, List<FieldError> errors) {
        List<Map<String, Object>> now = Tree.mapsAt(spec, "tolerations");
        boolean keepsAll = Tree.mapsAt(old, "tolerations").stream()
                .allMatch(toleration -> now.stream().anyMatch(one -> Values.equal(one, toleration)));
        if (!keepsAll) {
            errors.add(FieldError.forbidden(
                    "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"));
        }
    }

    private static Map<String, Object> fixed(Map<String, Object> spec) {
        for (String field : List.of("containers", "initContainers")) {
            Tree.mapsAt(spec, field).forEach(container -> container.remove("image"));
        }
        spec.remove("activeDeadlineSeconds");
        spec.remove("tolerations");
        return spec;
    }
}
