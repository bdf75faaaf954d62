package io.gitopstoolkit.testkit.internal.workload;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.Map;

/** The statuses that the controllers of the workload kinds write: under way, ready, failed. Pure. */
public final class WorkloadStatus {
    private static final String REVISION = "simulated-revision";

    private final Map<String, Object> object;
    private final String now;

    /**
     * For one object.
     *
     * @param object a workload of one of the kinds Deployment, StatefulSet, DaemonSet, Job, PersistentVolumeClaim
     * @param now the time as the API prints it
     */
    public WorkloadStatus(Map<String, Object> object, String now) {
        this.object = object;
        this.now = now;
    }

    /** The status of an object that its controller has seen, and whose pods do not run yet. */
    public Map<String, Object> underWay() {
        return switch (kind()) {
            case "Deployment" ->
                deployment(
                        0,
                        condition("Available", "False", "MinimumReplicasUnavailable"),
                        condition("Progressing", "True", "ReplicaSetUpdated"));
            case "StatefulSet" -> statefulSet(0);
            case "DaemonSet" -> daemonSet(0);
            case "Job" ->
                Tree.of("startTime", now, "active", number(1, "spec", "parallelism"), "ready", 0L, "terminating", 0L);
            default -> Tree.of("phase", "Pending");
        };
    }

    /** The status of an object that is ready. */
    public Map<String, Object> ready() {
        return switch (kind()) {
            case "Deployment" ->
                deployment(
                        replicas(),
                        condition("Available", "True", "MinimumReplicasAvailable"),
                        condition("Progressing", "True", "NewReplicaSetAvailable"));
            case "StatefulSet" -> statefulSet(replicas());
            case "DaemonSet" -> daemonSet(1);
            case "Job" -> finishedJob("SuccessCriteriaMet", "Complete", "CompletionsReached", true);
            default -> boundClaim();
        };
    }

    /** The status of an object that will not become ready: of those that can say so. Others stay under way. */
    public Map<String, Object> failed() {
        return switch (kind()) {
            case "Deployment" ->
                deployment(
                        0,
                        condition("Available", "False", "MinimumReplicasUnavailable"),
                        condition("Progressing", "False", "ProgressDeadlineExceeded"));
            case "Job" -> finishedJob("FailureTarget", "Failed", "BackoffLimitExceeded", false);
            case "PersistentVolumeClaim" -> Tree.of("phase", "Lost");
            default -> underWay();
        };
    }

    private String kind() {
        return Tree.text(object, "kind");
    }

    private long replicas() {
        return number(1, "spec", "replicas");
    }

    private long number(long otherwise, String... path) {
        return Tree.number(object, otherwise, path);
    }

    private long generation() {
        return number(1, "metadata", "generation");
    }

    private Map<String, Object> deployment(long ready, Map<String, Object> available, Map<String, Object> progressing) {
        Map<String, Object> status =
                Tree.of("observedGeneration", generation(), "replicas", replicas(), "updatedReplicas", replicas());
        status.put("readyReplicas", ready);
        status.put("availableReplicas", ready);
        status.put("unavailableReplicas", replicas() - ready);
        status.put("conditions", Tree.listOf(available, progressing));
        return status;
    }

    private Map<String, Object> statefulSet(long ready) {
        Map<String, Object> status =
                Tree.of("observedGeneration", generation(), "replicas", replicas(), "readyReplicas", ready);
        status.put("availableReplicas", ready);
        status.put("currentReplicas", replicas());
        status.put("updatedReplicas", replicas());
        status.put("currentRevision", REVISION);
        status.put("updateRevision", REVISION);
        return status;
    }

    private Map<String, Object> daemonSet(long ready) {
        Map<String, Object> status = Tree.of(
                "observedGeneration",
                generation(),
                "desiredNumberScheduled",
                1L,
                "currentNumberScheduled",
                1L,
                "numberMisscheduled",
                0L);
        status.put("updatedNumberScheduled", 1L);
        status.put("numberReady", ready);
        status.put("numberAvailable", ready);
        status.put("numberUnavailable", 1 - ready);
        return status;
    }

    private Map<String, Object> finishedJob(String criterion, String condition, String reason, boolean succeeded) {
        String started = Tree.text(object, "status", "startTime");
        Map<String, Object> status = Tree.of("startTime", started.isEmpty() ? now : started);
        status.put("active", 0L);
        status.put("ready", 0L);
        status.put("terminating", 0L);
        if (succeeded) {
            status.put("completionTime", now);
            status.put("succeeded", number(1, "spec", "completions"));
        } else {
            status.put("failed", number(6, "spec", "backoffLimit") + 1);
        }
        status.put("uncountedTerminatedPods", Tree.of());
        status.put(
                "conditions", Tree.listOf(condition(criterion, "True", reason), condition(condition, "True", reason)));
        return status;
    }

    private Map<String, Object> boundClaim() {
        Map<String, Object> status = Tree.of("phase", "Bound");
        status.put("accessModes", Tree.at(object, "spec", "accessModes"));
        status.put("capacity", Tree.of("storage", Tree.at(object, "spec", "resources", "requests", "storage")));
        return status;
    }

    private Map<String, Object> condition(String type, String status, String reason) {
        Map<String, Object> condition = Tree.of("type", type, "status", status, "reason", reason);
        condition.put("message", kind() + ": " + reason);
        condition.put("lastTransitionTime", now);
        condition.put(kind().equals("Job") ? "lastProbeTime" : "lastUpdateTime", now);
        return condition;
    }
}
