package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The rows of what runs pods. */
final class WorkloadRows {
    private static final List<String> JOB_STATES = List.of("Suspended", "FailureTarget", "SuccessCriteriaMet");

    private WorkloadRows() {}

    static void addTo(Map<String, Function<Row, List<Object>>> printers) {
        printers.put("/pods", PodRow::cells);
        printers.put("/podtemplates", WorkloadRows::podTemplate);
        printers.put("/replicationcontrollers", row -> replicas(row, row.labels("spec", "selector")));
        printers.put("apps/replicasets", row -> replicas(row, row.selector("spec", "selector")));
        printers.put("apps/deployments", WorkloadRows::deployment);
        printers.put("apps/statefulsets", WorkloadRows::statefulSet);
        printers.put("apps/daemonsets", WorkloadRows::daemonSet);
        printers.put("apps/controllerrevisions", WorkloadRows::controllerRevision);
        printers.put("batch/jobs", WorkloadRows::job);
        printers.put("batch/cronjobs", WorkloadRows::cronJob);
    }

    private static List<Object> podTemplate(Row row) {
        List<String> containers = row.containers("template", "spec");
        return List.of(row.name(), containers.get(0), containers.get(1), row.labels("template", "metadata", "labels"));
    }

    private static List<Object> replicas(Row row, String selector) {
        List<String> containers = row.containers("spec", "template", "spec");
        return List.of(
                row.name(),
                row.number("spec", "replicas"),
                row.number("status", "replicas"),
                row.number("status", "readyReplicas"),
                row.age(),
                containers.get(0),
                containers.get(1),
                selector);
    }

    private static List<Object> deployment(Row row) {
        List<String> containers = row.containers("spec", "template", "spec");
        return List.of(
                row.name(),
                row.number("status", "readyReplicas") + "/" + row.number("spec", "replicas"),
                row.number("status", "updatedReplicas"),
                row.number("status", "availableReplicas"),
                row.age(),
                containers.get(0),
                containers.get(1),
                Row.selectorText(row.at("spec", "selector")));
    }

    private static List<Object> statefulSet(Row row) {
        List<String> containers = row.containers("spec", "template", "spec");
        return List.of(
                row.name(),
                row.number("status", "readyReplicas") + "/" + row.number("spec", "replicas"),
                row.age(),
                containers.get(0),
                containers.get(1));
    }

    private static List<Object> daemonSet(Row row) {
        List<String> containers = row.containers("spec", "template", "spec");
        return List.of(
                row.name(),
                row.number("status", "desiredNumberScheduled"),
                row.number("status", "currentNumberScheduled"),
                row.number("status", "numberReady"),
                row.number("status", "updatedNumberScheduled"),
                row.number("status", "numberAvailable"),
                row.labels("spec", "template", "spec", "nodeSelector"),
                row.age(),
                containers.get(0),
                containers.get(1),
                row.selector("spec", "selector"));
    }

    private static List<Object> controllerRevision(Row row) {
        String controller = row.maps("metadata", "ownerReferences").stream()
                .filter(owner -> Boolean.TRUE.equals(owner.get("controller")))
                .findFirst()
                .map(WorkloadRows::resourceName)
                .orElse(Row.NONE);
        return List.of(row.name(), controller, row.number("revision"), row.age());
    }

    private static String resourceName(Map<String, Object> owner) {
        String apiVersion = Tree.text(owner, "apiVersion");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
        return Tree.text(owner, "kind").toLowerCase(Locale.ROOT) + group + "/" + Tree.text(owner, "name");
    }

    private static List<Object> job(Row row) {
        List<String> containers = row.containers("spec", "template", "spec");
        return List.of(
                row.name(),
                jobState(row),
                completions(row),
                duration(row),
                row.age(),
                containers.get(0),
                containers.get(1),
                row.selector("spec", "selector"));
    }

    private static String jobState(Row row) {
        if (row.hasCondition("Complete")) {
            return "Complete";
        }
        if (row.hasCondition("Failed")) {
            return "Failed";
        }
        return row.isDeleted()
                ? "Terminating"
                : JOB_STATES.stream().filter(row::hasCondition).findFirst().orElse("Running");
    }

    private static String completions(Row row) {
        long succeeded = row.number("status", "succeeded");
        if (row.at("spec", "completions") != null) {
            return succeeded + "/" + row.number("spec", "completions");
        }
        long parallelism = row.number("spec", "parallelism");
        return succeeded + "/1" + (parallelism > 1 ? " of " + parallelism : "");
    }

    private static String duration(Row row) {
        Instant start = Row.instant(row.text("status", "startTime"));
        Instant end = Row.instant(row.text("status", "completionTime"));
        return start == null ? "" : HumanDuration.of(Duration.between(start, end == null ? row.now() : end));
    }

    private static List<Object> cronJob(Row row) {
        String[] template = {"spec", "jobTemplate", "spec", "template", "spec"};
        List<String> containers = row.containers(template);
        Object suspend = row.at("spec", "suspend");
        return List.of(
                row.name(),
                row.text("spec", "schedule"),
                row.textOr(Row.NONE, "spec", "timeZone"),
                suspend == null ? Row.UNSET : Boolean.TRUE.equals(suspend) ? "True" : "False",
                row.size("status", "active"),
                row.at("status", "lastScheduleTime") == null ? Row.NONE : row.since("status", "lastScheduleTime"),
                row.age(),
                containers.get(0),
                containers.get(1),
                row.selector("spec", "jobTemplate", "spec", "selector"));
    }
}
