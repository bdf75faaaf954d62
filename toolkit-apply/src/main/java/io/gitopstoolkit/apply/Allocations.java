package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts words in place of the ports and addresses that the API server allocates to a Service, anew at each dry run. */
final class Allocations {
    private static final String WORDS = "(allocated by the cluster)";
    private static final List<String> FIELDS = List.of("clusterIP", "clusterIPs", "healthCheckNodePort");

    private Allocations() {}

    /**
     * The content of {@code result} without what was allocated for it.
     *
     * @param live the object as it is
     * @param sent what is applied
     */
    static Map<String, @Nullable Object> hidden(Manifest live, Manifest sent, Manifest result) {
        if (!result.kind().equals("Service") || !result.apiVersion().equals("v1")) {
            return result.content();
        }
        var before = Tree.map(live.content(), "spec");
        var given = Tree.map(sent.content(), "spec");
        var spec = new LinkedHashMap<>(Tree.map(result.content(), "spec"));
        for (String field : FIELDS) {
            if (!given.containsKey(field) && !before.containsKey(field)) {
                spec.computeIfPresent(field, (name, allocated) -> WORDS);
            }
        }
        List<@Nullable Object> known = new ArrayList<>(nodePorts(before));
        known.addAll(nodePorts(given));
        if (spec.containsKey("ports")) {
            spec.put("ports", ports(Tree.maps(spec, "ports"), known));
        }
        var content = new LinkedHashMap<>(result.content());
        content.put("spec", spec);
        return content;
    }

    private static List<@Nullable Object> nodePorts(Map<String, @Nullable Object> spec) {
        var ports = new ArrayList<@Nullable Object>();
        Tree.maps(spec, "ports").forEach(port -> ports.add(port.get("nodePort")));
        return ports;
    }

    private static List<Map<String, @Nullable Object>> ports(
            List<Map<String, @Nullable Object>> ports, List<@Nullable Object> known) {
        var hidden = new ArrayList<Map<String, @Nullable Object>>();
        for (var port : ports) {
            var copy = new LinkedHashMap<>(port);
            copy.computeIfPresent("nodePort", (name, number) -> known.contains(number) ? number : WORDS);
            hidden.add(copy);
        }
        return hidden;
    }
}
