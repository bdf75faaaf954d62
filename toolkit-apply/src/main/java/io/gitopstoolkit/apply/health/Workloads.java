package io.gitopstoolkit.apply.health;

import io.gitopstoolkit.apply.health.LiveObject.Condition;
import java.util.Optional;

/** The rules of the kinds that keep Pods running. */
final class Workloads {
    private static final long NO_DEADLINE = Integer.MAX_VALUE;

    private Workloads() {}

    static Health deployment(LiveObject object) {
        if (isUnseen(object)) {
            return unseen(object);
        }
        Optional<Condition> progressing = object.condition("Progressing");
        if (progressing
                .filter(condition -> condition.reason().equals("ProgressDeadlineExceeded"))
                .isPresent()) {
            return Health.failed("Progress deadline exceeded");
        }
        long wanted = object.number(1, "spec", "replicas");
        long there = object.status("replicas");
        long updated = object.status("updatedReplicas");
        long available = object.status("availableReplicas");
        Counts counts = new Counts()
                .atLeast("replicas", there, wanted)
                .atLeast("Updated", updated, wanted)
                .noMore(there, wanted)
                .atLeast("Available", available, updated)
                .atLeast("Ready", object.status("readyReplicas"), wanted);
        boolean rolledOut = object.number(600, "spec", "progressDeadlineSeconds") == NO_DEADLINE
                || progressing
                        .filter(Condition::isTrue)
                        .filter(condition -> condition.reason().equals("NewReplicaSetAvailable"))
                        .isPresent();
        boolean isAvailable =
                object.condition("Available").filter(Condition::isTrue).isPresent();
        return counts.require(rolledOut, "ReplicaSet not Available")
                .require(isAvailable, "Deployment not Available")
                .orCurrent("Deployment is available. Replicas: " + there);
    }

    static Health statefulSet(LiveObject object) {
        if (object.text("", "spec", "updateStrategy", "type").equalsIgnoreCase("OnDelete")) {
            return Health.current("StatefulSet is using the ondelete update strategy");
        }
        if (isUnseen(object)) {
            return unseen(object);
        }
        long wanted = object.number(1, "spec", "replicas");
        long there = object.status("replicas");
        long updated = object.status("updatedReplicas");
        Counts counts = new Counts()
                .atLeast("Replicas", there, wanted)
                .atLeast("Ready", object.status("readyReplicas"), wanted)
                .noMore(there, wanted);
        long partition = object.number(0, "spec", "updateStrategy", "rollingUpdate", "partition");
        if (partition > 0) {
            return counts.atLeast("updated", updated, Math.max(0, wanted - partition))
                    .orCurrent("Partition rollout complete. updated: " + updated);
        }
        boolean sameRevision =
                object.text("", "status", "currentRevision").equals(object.text("", "status", "updateRevision"));
        return counts.atLeast("current", object.status("currentReplicas"), wanted)
                .require(sameRevision, "Waiting for updated revision to match current")
                .orCurrent("All replicas scheduled as expected. Replicas: " + there);
    }

    static Health daemonSet(LiveObject object) {
        if (isUnseen(object) || !object.has("status", "desiredNumberScheduled")) {
            return unseen(object);
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
        if (isUnseen(object)) {
            return unseen(object);
        }
        Optional<Condition> failure = object.condition("ReplicaFailure").filter(Condition::isTrue);
        if (failure.isPresent()) {
            return Health.inProgress(failure.get().why("ReplicaFailure"));
        }
        long wanted = object.number(1, "spec", "replicas");
        long there = object.status("replicas");
        return new Counts()
                .atLeast("Labelled", object.status("fullyLabeledReplicas"), wanted)
                .atLeast("Available", object.status("availableReplicas"), wanted)
                .atLeast("Ready", object.status("readyReplicas"), wanted)
                .noMore(there, wanted)
                .orCurrent("ReplicaSet is available. Replicas: " + there);
    }

    static Health job(LiveObject object) {
        long succeeded = object.status("succeeded");
        long failed = object.status("failed");
        if (object.condition("Complete").filter(Condition::isTrue).isPresent()) {
            return Health.current("Job Completed. succeeded: " + succeeded);
        }
        Optional<Condition> failure = object.condition("Failed").filter(Condition::isTrue);
        if (failure.isPresent()) {
            return Health.failed(
                    "Job Failed. failed: " + failed + ", " + failure.get().why("no reason given"));
        }
        if (object.condition("Suspended").filter(Condition::isTrue).isPresent() || object.isTrue("spec", "suspend")) {
            return Health.current("Job Suspended");
        }
        return object.has("status", "startTime")
                ? Health.inProgress("Job in progress. success: " + succeeded + ", active: " + object.status("active")
                        + ", failed: " + failed)
                : Health.inProgress("Job not started");
    }

    /** Whether no controller has told anything of the object yet. */
    private static boolean isUnseen(LiveObject object) {
        return !object.has("status", "observedGeneration") && !object.has("status", "replicas");
    }

    private static Health unseen(LiveObject object) {
        return Health.inProgress(object.kind() + " has no status yet");
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
