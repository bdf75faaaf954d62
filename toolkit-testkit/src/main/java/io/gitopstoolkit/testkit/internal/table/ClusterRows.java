package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The rows of namespaces, nodes, settings and events. */
final class ClusterRows {
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

    private ClusterRows() {}

    static void addTo(Map<String, Function<Row, List<Object>>> printers) {
        printers.put("/namespaces", row -> List.of(row.name(), row.text("status", "phase"), row.age()));
        printers.put("/secrets", row -> List.of(row.name(), row.text("type"), row.size("data"), row.age()));
        printers.put("/configmaps", row -> List.of(row.name(), row.size("data") + row.size("binaryData"), row.age()));
        printers.put("/serviceaccounts", row -> List.of(row.name(), row.age()));
        printers.put("/nodes", ClusterRows::node);
        printers.put("/events", ClusterRows::event);
        printers.put(
                "coordination.k8s.io/leases",
                row -> List.of(row.name(), row.text("spec", "holderIdentity"), row.age()));
        printers.put("node.k8s.io/runtimeclasses", row -> List.of(row.name(), row.text("handler"), row.age()));
    }

    private static List<Object> node(Row row) {
        String unknown = "<unknown>";
        String architecture = row.text("status", "nodeInfo", "architecture");
        return List.of(
                row.name(),
                nodeState(row),
                nodeRoles(row),
                row.age(),
                row.text("status", "nodeInfo", "kubeletVersion"),
                nodeAddress(row, "InternalIP"),
                nodeAddress(row, "ExternalIP"),
                row.textOr(unknown, "status", "nodeInfo", "osImage"),
                row.textOr(unknown, "status", "nodeInfo", "kernelVersion")
                        + (architecture.isEmpty() ? "" : " (" + architecture + ")"),
                row.textOr(unknown, "status", "nodeInfo", "containerRuntimeVersion"));
    }

    private static String nodeState(Row row) {
        String state = "Unknown";
        for (Map<String, Object> condition : row.maps("status", "conditions")) {
            if (Tree.text(condition, "type").equals("Ready")) {
                state = Tree.text(condition, "status").equals("True") ? "Ready" : "NotReady";
            }
        }
        return state + (row.isTrue("spec", "unschedulable") ? ",SchedulingDisabled" : "");
    }

    private static String nodeRoles(Row row) {
        var roles = new TreeSet<String>();
        Tree.mapAt(row.object(), "metadata", "labels").forEach((key, value) -> {
            String role = key.startsWith(ROLE_PREFIX) ? key.substring(ROLE_PREFIX.length()) : "";
            if (key.equals("kubernetes.io/role")) {
                role = String.valueOf(value);
            }
            if (!role.isEmpty()) {
                roles.add(role);
            }
        });
        return roles.isEmpty() ? Row.NONE : String.join(",", roles);
    }

    private static String nodeAddress(Row row, String type) {
        return row.maps("status", "addresses").stream()
                .filter(address -> Tree.text(address, "type").equals(type))
                .findFirst()
                .map(address -> Tree.text(address, "address"))
                .orElse(Row.NONE);
    }

    private static List<Object> event(Row row) {
        String first = row.text("firstTimestamp").isEmpty() ? row.since("eventTime") : row.since("firstTimestamp");
        String last = row.text("lastTimestamp").isEmpty() ? first : row.since("lastTimestamp");
        long count = Math.max(1, row.number("count"));
        if (row.at("series") != null) {
            last = row.since("series", "lastObservedTime");
            count = row.number("series", "count");
        }
        String kind = row.text("involvedObject", "kind").toLowerCase(Locale.ROOT);
        String name = row.text("involvedObject", "name");
        return List.of(
                last,
                row.text("type"),
                row.text("reason"),
                name.isEmpty() ? kind : kind + "/" + name,
                row.text("involvedObject", "fieldPath"),
                source(row),
                row.text("message").strip(),
                first,
                count,
                row.name());
    }

    private static String source(Row row) {
        var parts = new ArrayList<String>();
        parts.add(row.textOr(row.text("reportingComponent"), "source", "component"));
        parts.add(row.textOr(row.text("reportingInstance"), "source", "host"));
        parts.removeIf(String::isEmpty);
        return String.join(", ", parts);
    }
}
