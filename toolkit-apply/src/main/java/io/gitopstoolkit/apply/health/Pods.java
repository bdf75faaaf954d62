package io.gitopstoolkit.apply.health;

import io.gitopstoolkit.apply.health.LiveObject.Condition;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of Pods. */
final class Pods {
    private Pods() {}

    static Health pod(LiveObject object) {
        String phase = object.text("", "status", "phase");
        return switch (phase) {
            case "Succeeded" -> Health.current("Pod has completed successfully");
            case "Failed" -> Health.failed("Pod has completed, but not successfully");
            case "Running" -> running(object);
            case "Pending" -> pending(object);
            case "" -> Health.inProgress("Pod phase not available");
            default -> Health.inProgress("Pod is in the " + phase + " phase");
        };
    }

    private static Health running(LiveObject object) {
        if (object.conditions("Ready").stream().anyMatch(Condition::isTrue)) {
            return Health.current("Pod is Ready");
        }
        String crashing = crashing(object, "initContainerStatuses", "containerStatuses");
        return crashing.isEmpty()
                ? Health.inProgress("Pod is running but is not Ready")
                : Health.failed("Containers in CrashLoop state: " + crashing);
    }

    private static Health pending(LiveObject object) {
        Optional<Condition> unschedulable = object.conditions("PodScheduled").stream()
                .filter(Condition::isFalse)
                .findFirst()
                .filter(condition -> condition.reason().equals("Unschedulable"));
        if (unschedulable.isPresent()) {
            return Health.inProgress(
                    "Pod could not be scheduled: " + unschedulable.get().why("Unschedulable"));
        }
        String crashing = crashing(object, "initContainerStatuses");
        return crashing.isEmpty()
                ? Health.inProgress("Pod is in the Pending phase")
                : Health.failed("Containers in CrashLoop state: " + crashing);
    }

    private static String crashing(LiveObject object, String... fields) {
        return Stream.of(fields)
                .flatMap(field -> object.maps("status", field).stream())
                .filter(status ->
                        Tree.text(status, "", "state", "waiting", "reason").equals("CrashLoopBackOff"))
                .map(status -> Tree.text(status, "", "name"))
                .collect(Collectors.joining(","));
    }
}
