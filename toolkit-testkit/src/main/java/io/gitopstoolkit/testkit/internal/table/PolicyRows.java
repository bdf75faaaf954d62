package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of rules: who may do what, how much, and what is checked. */
final class PolicyRows {
    private PolicyRows() {}

    static void addTo(Map<String, Function<Row, List<Object>>> printers) {
        printers.put("/resourcequotas", PolicyRows::quota);
        printers.put("/limitranges", PolicyRows::nameAndTime);
        printers.put("policy/poddisruptionbudgets", PolicyRows::disruptionBudget);
        printers.put("autoscaling/horizontalpodautoscalers", AutoscalerRow::cells);
        printers.put("scheduling.k8s.io/priorityclasses", PolicyRows::priorityClass);
        String access = "rbac.authorization.k8s.io/";
        printers.put(access + "roles", PolicyRows::nameAndTime);
        printers.put(access + "clusterroles", PolicyRows::nameAndTime);
        printers.put(access + "rolebindings", PolicyRows::binding);
        printers.put(access + "clusterrolebindings", PolicyRows::binding);
        String admission = "admissionregistration.k8s.io/";
        printers.put(admission + "mutatingwebhookconfigurations", PolicyRows::webhooks);
        printers.put(admission + "validatingwebhookconfigurations", PolicyRows::webhooks);
        printers.put(admission + "validatingadmissionpolicies", row -> policy(row, "validations"));
        printers.put(admission + "mutatingadmissionpolicies", row -> policy(row, "mutations"));
        printers.put(admission + "validatingadmissionpolicybindings", PolicyRows::policyBinding);
        printers.put(admission + "mutatingadmissionpolicybindings", PolicyRows::policyBinding);
    }

    /** What is printed of kinds without a form of their own. */
    static List<Object> nameAndTime(Row row) {
        return List.of(row.name(), row.text("metadata", "creationTimestamp"));
    }

    private static List<Object> quota(Row row) {
        var requests = new ArrayList<String>();
        var limits = new ArrayList<String>();
        Map<String, Object> used = Tree.mapAt(row.object(), "status", "used");
        new TreeMap<>(Tree.mapAt(row.object(), "status", "hard")).forEach((resource, hard) -> {
            String text = resource + ": " + used.getOrDefault(resource, "0") + "/" + hard;
            (resource.startsWith("limits.") ? limits : requests).add(text);
        });
        return List.of(row.name(), String.join(", ", requests), String.join(", ", limits), row.age());
    }

    private static List<Object> disruptionBudget(Row row) {
        return List.of(
                row.name(),
                orNotGiven(row.at("spec", "minAvailable")),
                orNotGiven(row.at("spec", "maxUnavailable")),
                row.number("status", "disruptionsAllowed"),
                row.age());
    }

    private static String orNotGiven(@Nullable Object value) {
        return value == null ? "N/A" : value.toString();
    }

    private static List<Object> priorityClass(Row row) {
        return List.of(
                row.name(), row.number("value"), row.isTrue("globalDefault"), row.age(), row.text("preemptionPolicy"));
    }

    private static List<Object> binding(Row row) {
        var users = new ArrayList<String>();
        var groups = new ArrayList<String>();
        var accounts = new ArrayList<String>();
        for (Map<String, Object> subject : row.maps("subjects")) {
            String name = Tree.text(subject, "name");
            switch (Tree.text(subject, "kind")) {
                case "User" -> users.add(name);
                case "Group" -> groups.add(name);
                case "ServiceAccount" -> accounts.add(Tree.text(subject, "namespace") + "/" + name);
                default -> {}
            }
        }
        return List.of(
                row.name(),
                row.text("roleRef", "kind") + "/" + row.text("roleRef", "name"),
                row.age(),
                String.join(", ", users),
                String.join(", ", groups),
                String.join(", ", accounts));
    }

    private static List<Object> webhooks(Row row) {
        return List.of(row.name(), row.size("webhooks"), row.age());
    }

    private static List<Object> policy(Row row, String checks) {
        String kind = row.at("spec", "paramKind") == null
                ? Row.UNSET
                : row.text("spec", "paramKind", "apiVersion") + "/" + row.text("spec", "paramKind", "kind");
        return List.of(row.name(), row.size("spec", checks), kind, row.age());
    }

    private static List<Object> policyBinding(Row row) {
        return List.of(row.name(), row.text("spec", "policyName"), parameter(row), row.age());
    }

    private static String parameter(Row row) {
        String name = row.text("spec", "paramRef", "name");
        if (!name.isEmpty()) {
            return row.textOr("*", "spec", "paramRef", "namespace") + "/" + name;
        }
        return Row.UNSET;
    }
}
