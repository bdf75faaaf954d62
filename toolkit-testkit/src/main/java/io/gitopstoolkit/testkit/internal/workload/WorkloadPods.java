package io.gitopstoolkit.testkit.internal.workload;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ReplicaSets and pods that the controllers of workloads make, and what a kubelet says of pods. Pure. */
public final class WorkloadPods {
    private static final String HASH = "pod-template-hash";

    private WorkloadPods() {}

    /** How many pods the workload asks for; a DaemonSet, for the one node that there might be, one. */
    public static int countOf(Map<String, Object> workload) {
        return switch (Tree.text(workload, "kind")) {
            case "DaemonSet" -> 1;
            case "Job" -> (int) Tree.number(workload, 1, "spec", "parallelism");
            default -> (int) Tree.number(workload, 1, "spec", "replicas");
        };
    }

    /** The ReplicaSet of a Deployment as it is now. */
    public static Map<String, Object> replicaSet(Map<String, Object> deployment) {
        Map<String, Object> template = Tree.copy(Tree.mapAt(deployment, "spec", "template"));
        String hash = Integer.toUnsignedString(Json.print(template).hashCode(), 36);
        Tree.child(Tree.child(template, "metadata"), "labels").put(HASH, hash);
        Map<String, Object> selector = Tree.copy(Tree.mapAt(deployment, "spec", "selector"));
        Tree.child(selector, "matchLabels").put(HASH, hash);
        Map<String, Object> metadata = metadata(deployment, Tree.text(deployment, "metadata", "name") + "-" + hash);
        metadata.put("labels", Tree.copy(Tree.mapAt(template, "metadata", "labels")));
        Map<String, Object> spec =
                Tree.of("replicas", (long) countOf(deployment), "selector", selector, "template", template);
        return Tree.of("apiVersion", "apps/v1", "kind", "ReplicaSet", "metadata", metadata, "spec", spec);
    }

    /** A pod of its owner: a ReplicaSet, StatefulSet, DaemonSet or Job. */
    public static Map<String, Object> pod(Map<String, Object> owner, int index) {
        Map<String, Object> template = Tree.mapAt(owner, "spec", "template");
        Map<String, Object> metadata = metadata(owner, Tree.text(owner, "metadata", "name") + "-" + index);
        for (String key : List.of("labels", "annotations")) {
            Map<String, Object> given = Tree.mapAt(template, "metadata", key);
            if (!given.isEmpty()) {
                metadata.put(key, Tree.copy(given));
            }
        }
        return Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                metadata,
                "spec",
                Tree.copy(Tree.mapAt(template, "spec")));
    }

    private static Map<String, Object> metadata(Map<String, Object> owner, String name) {
        Map<String, Object> reference = Tree.of(
                "apiVersion",
                owner.get("apiVersion"),
                "kind",
                owner.get("kind"),
                "name",
                Tree.text(owner, "metadata", "name"),
                "uid",
                Tree.text(owner, "metadata", "uid"));
        reference.put("controller", true);
        reference.put("blockOwnerDeletion", true);
        return Tree.of(
                "name",
                name,
                "namespace",
                Tree.text(owner, "metadata", "namespace"),
                "ownerReferences",
                Tree.listOf(reference));
    }

    /** Whether the object is controlled by that owner. */
    public static boolean isOwned(Map<String, Object> object, Map<String, Object> owner) {
        String uid = Tree.text(owner, "metadata", "uid");
        return Tree.mapsAt(object, "metadata", "ownerReferences").stream()
                .anyMatch(reference -> Tree.text(reference, "uid").equals(uid));
    }

    /** The status of a pod whose containers are being made. */
    public static Map<String, Object> pending(Map<String, Object> pod, String now) {
        return status(pod, "Pending", now, Tree.of("waiting", Tree.of("reason", "ContainerCreating")), false);
    }

    /** The status of a pod whose containers run and are ready. */
    public static Map<String, Object> running(Map<String, Object> pod, String now) {
        return status(pod, "Running", now, Tree.of("running", Tree.of("startedAt", now)), true);
    }

    /** The status of a pod whose containers end again and again. */
    public static Map<String, Object> crashing(Map<String, Object> pod, String now) {
        Map<String, Object> waiting =
                Tree.of("reason", "CrashLoopBackOff", "message", "back-off restarting failed container");
        return status(pod, "Running", now, Tree.of("waiting", waiting), false);
    }

    /** The status of a pod whose work is done, or has failed. */
    public static Map<String, Object> ended(Map<String, Object> pod, String now, boolean succeeded) {
        Map<String, Object> end = Tree.of(
                "exitCode",
                succeeded ? 0L : 1L,
                "reason",
                succeeded ? "Completed" : "Error",
                "startedAt",
                now,
                "finishedAt",
                now);
        return status(pod, succeeded ? "Succeeded" : "Failed", now, Tree.of("terminated", end), false);
    }

    private static Map<String, Object> status(
            Map<String, Object> pod, String phase, String now, Map<String, Object> state, boolean ready) {
        var containers = new ArrayList<Object>();
        for (Map<String, Object> container : Tree.mapsAt(pod, "spec", "containers")) {
            Map<String, Object> status = Tree.of("name", container.get("name"), "image", container.get("image"));
            status.put("imageID", "");
            status.put("ready", ready);
            status.put("started", ready);
            status.put("restartCount", 0L);
            status.put("state", Tree.copy(state));
            containers.add(status);
        }
        var conditions = new ArrayList<Object>();
        for (String type : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready")) {
            boolean holds = ready || type.equals("PodScheduled") || type.equals("Initialized");
            conditions.add(Tree.of("type", type, "status", holds ? "True" : "False", "lastTransitionTime", now));
        }
        Map<String, Object> status = Tree.of("phase", phase, "startTime", now, "conditions", conditions);
        status.put("containerStatuses", containers);
        return status;
    }
}
