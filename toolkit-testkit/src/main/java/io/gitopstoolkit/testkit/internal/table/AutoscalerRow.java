package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The row of a horizontal pod autoscaler. */
final class AutoscalerRow {
    private static final int MOST_METRICS = 2;

    private AutoscalerRow() {}

    static List<Object> cells(Row row) {
        return List.of(
                row.name(),
                row.text("spec", "scaleTargetRef", "kind") + "/" + row.text("spec", "scaleTargetRef", "name"),
                metrics(row),
                row.at("spec", "minReplicas") == null ? Row.UNSET : "" + row.number("spec", "minReplicas"),
                row.number("spec", "maxReplicas"),
                row.number("status", "currentReplicas"),
                row.age());
    }

    private static String metrics(Row row) {
        List<Map<String, Object>> wanted = row.maps("spec", "metrics");
        List<Map<String, Object>> current = row.maps("status", "currentMetrics");
        var all = new ArrayList<String>();
        for (int i = 0; i < wanted.size(); i++) {
            all.add(metric(wanted.get(i), i < current.size() ? current.get(i) : Map.of()));
        }
        return all.isEmpty() ? Row.NONE : Row.some(all, MOST_METRICS, ", ");
    }

    private static String metric(Map<String, Object> wanted, Map<String, Object> status) {
        String type = Tree.text(wanted, "type");
        String key = type.isEmpty() ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        Map<String, Object> target = Tree.mapAt(wanted, key, "target");
        Map<String, Object> now = Tree.mapAt(status, key, "current");
        return switch (type) {
            case "External", "Object" ->
                target.containsKey("averageValue")
                        ? quantity(now, "averageValue") + "/" + target.get("averageValue") + " (avg)"
                        : quantity(now, "value") + "/" + target.getOrDefault("value", "0");
            case "Pods" -> quantity(now, "averageValue") + "/" + target.getOrDefault("averageValue", "0");
            case "Resource", "ContainerResource" ->
                Tree.text(wanted, key, "name") + ": "
                        + (target.containsKey("averageValue")
                                ? quantity(now, "averageValue") + "/" + target.get("averageValue")
                                : percent(now, "<unknown>") + "/" + percent(target, "<auto>"));
            default -> "<unknown type>";
        };
    }

    private static String quantity(Map<String, Object> status, String key) {
        return String.valueOf(status.getOrDefault(key, "<unknown>"));
    }

    private static String percent(Map<String, Object> value, String otherwise) {
        Object utilization = value.get("averageUtilization");
        return utilization == null ? otherwise : utilization + "%";
    }
}
