package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The quality of service class of a pod, by what its containers request and are limited to. */
final class PodQuality {
    private PodQuality() {}

    static String of(Map<String, Object> spec) {
        List<Map<String, Object>> containers = new ArrayList<>(Tree.mapsAt(spec, "containers"));
        containers.addAll(Tree.mapsAt(spec, "initContainers"));
        boolean any = containers.stream()
                .anyMatch(container ->
                        !Tree.mapAt(container, "resources", "requests").isEmpty()
                                || !Tree.mapAt(container, "resources", "limits").isEmpty());
        if (!any) {
            return "BestEffort";
        }
        return containers.stream().allMatch(PodQuality::isGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static boolean isGuaranteed(Map<String, Object> container) {
        Map<String, Object> limits = Tree.mapAt(container, "resources", "limits");
        Map<String, Object> requests = Tree.mapAt(container, "resources", "requests");
        return limits.containsKey("cpu") && limits.containsKey("memory") && limits.equals(requests);
    }
}
