package io.gitopstoolkit.apply.health;

import io.gitopstoolkit.apply.health.LiveObject.Condition;
import java.util.List;

/** The rules of the kinds that keep Pods running. */
final class Workloads {
    private static final long NO_DEADLINE = Integer.MAX_VALUE;
    private static final long NO_PARTITION = -1;

    private Workloads() {}

    static Health deployment(LiveObject object) {
        List<Condition> progressing = object.conditions("Progressing");
        if (progressing.stream().anyMatch(condition -> condition.reason().equals("ProgressDeadlineExceeded"))) {
            return Health.failed("Progress deadline exceeded");
        }
        long wanted = object.number(1, "spec", "replicas");
        long there = object.status("replicas");
        long updated = object.status("updatedReplicas");
        boolean rolledOut = object.number(NO_DEADLINE, "spec", "progressDeadlineSeconds") == NO_DEADLINE
                || progressing.stream()
                        .anyMatch(condition ->
                                condition.isTrue() && condition.reason().equals("NewReplicaSetAvailable"));
        boolean available = object.conditions("Available").stream().anyMatch(Condition::isTrue);
        return new Counts()
                .atLeast("Replicas", there, wanted)
                .atLeast("Updated", updated, wanted)
                .noMore(there, wanted)
                .atLeast("Available", object.status("availableReplicas"), updated)
                .atLeast("Ready", object.status("readyReplicas"), wanted)
                .require(rolledOut, "ReplicaSet not Available")
                .require(available, "Deployment not Available")
                .orCurrent("Deployment is available. Replicas: " + there);
    }

    static Health statefulSet(LiveObject object) {
        if (object.text("", "spec", "updateStrategy", "type").equals("OnDelete")) {
            return Health.current("StatefulSet is using the ondelete update strategy");
        }
        long wanted = object.number(1, "spec", "replicas");
        long there = object.status("replicas");
        long updated = object.status("updatedReplicas");
        Counts counts = new Counts()
                .atLeast("Replicas", there, wanted)
                .atLeast("Ready", object.status("readyReplicas"), wanted)
                .noMore(there, wanted);
        long partition = object.number(NO_PARTITION, "spec", "updateStrategy", "rollingUpdate", "partition");
        if (partition != NO_PARTITION) {
            return seen(
                    object,
                    counts.atLeast("updated", updated, wanted - partition)
                            .orCurrent("Partition rollout complete. updated: " + updated));
        }
        boolean sameRevision =
                object.text("", "status", "currentRevision").equals(object.text("", "status", "updateRevision"));
        return seen(
                object,
                counts.atLeast("current", object.status("currentReplicas"), wanted)
                        .require(sameRevision, "Waiting for updated revision to match current")
                        .orCurrent("All replicas scheduled as expected. Replicas: " + there));
    }

    static Health daemonSet(LiveObject object) {
        for (String[] path : new String[][] {{"metadata", "generation"}, {"status", "observedGeneration"}}) {
            if (!object.has(path)) {
                return Health.inProgress(object.kind() + ' ' + String.join(".", path) + " not found");
            }
        }
        if (!object.has("status", "desiredNumberScheduled")) {
            return Health.inProgress("Missing .status.desiredNumberScheduled");
        }
        long wanted = object.status("desiredNumberScheduled");
        return new Counts()
                .atLeast("Current", object.status("currentNumberScheduled"), wanted)
                .atLeast("Updated", object.status("updatedNumberScheduled"), wanted)
                .atLeast("Available", object.status("numberAvailable"), wanted)
                .atLeast("Ready", object.status("numberReady"), wanted)
                .orCurrent("All replicas scheduled as expected. Replicas: " + wanted);
    }

    static Health replicaSet(LiveObject object) {
        if (object.conditions("ReplicaFailure").stream().anyMatch(Condition::isTrue)) {
            return Health.inProgress("Replica Failure condition. Check Pods");
        }
        long wanted = object.number(1, "spec", "replicas");
        long there = object.status("replicas");
        return seen(
                object,
                new Counts()
                        .atLeast("Labelled", object.status("fullyLabeledReplicas"), wanted)
                        .atLeast("Available", object.status("availableReplicas"), wanted)
                        .atLeast("Ready", object.status("readyReplicas"), wanted)
                        .noMore(there, wanted)
                        .orCurrent("ReplicaSet is available. Replicas: " + there));
    }

    /** As Flux's own rule has it: current only when it is complete or suspended. */
    static Health job(LiveObject object) {
        if (object.isTrue("spec", "suspend")) {
            return Health.current("Job is suspended");
        }
        long parallelism = object.number(1, "spec", "parallelism");
        long completions = object.number(parallelism, "spec", "completions");
        long succeeded = object.status("succeeded");
        long failed = object.status("failed");
        for (Condition condition : object.conditions()) {
            if (condition.isTrue() && condition.type().equals("Complete")) {
                return Health.current("Job Completed. succeeded: " + succeeded + '/' + completions);
            }
            if (condition.isTrue() && condition.type().equals("Failed")) {
                return Health.failed("Job Failed. failed: " + failed + '/' + completions);
            }
        }
        return object.text("", "status", "startTime").isEmpty()
                ? Health.inProgress("Job not started. active: 0/" + parallelism)
                : Health.inProgress("Job in progress. success:" + succeeded + ", active: " + object.status("active")
                        + ", failed: " + failed);
    }

    /** An object of which no controller has told anything yet is not current, even if it wants no replicas. */
    private static Health seen(LiveObject object, Health health) {
        boolean seen = object.has("status", "observedGeneration") || object.has("status", "replicas");
        return seen || !health.isCurrent() ? health : Health.inProgress(object.kind() + " has no status yet");
    }

    /** Keeps the first rule that is not met. */
    private static final class Counts {
        private String unmet = "";

        Counts atLeast(String what, long is, long wanted) {
            return require(is >= wanted, what + ": " + is + "/" + wanted);
        }

        Counts noMore(long is, long wanted) {
            return require(is <= wanted, "Pending termination: " + (is - wanted));
        }

        Counts require(boolean met, String message) {
            if (!met && unmet.isEmpty()) {
                unmet = message;
            }
            return this;
        }

        Health orCurrent(String message) {
            return unmet.isEmpty() ? Health.current(message) : Health.inProgress(unmet);
        }
    }
}
