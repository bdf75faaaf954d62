package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.api.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The objects that the appliers are compared on: what a delivery of many small services is made of. */
final class ApplyInput {
    /** Of so many objects the namespaces are a tenth each. */
    static final int NAMESPACES = 10;

    private final String prefix;

    /** Objects whose namespaces have names of their own, so that none of them is there yet. */
    ApplyInput(String prefix) {
        this.prefix = prefix;
    }

    List<String> namespaces() {
        var names = new ArrayList<String>();
        for (int i = 0; i < NAMESPACES; i++) {
            names.add(prefix + '-' + i);
        }
        return names;
    }

    /** Of ten objects four are ConfigMaps, two Secrets, two Deployments, one a Service and one a ServiceAccount. */
    List<Manifest> objects(int count) {
        var objects = new ArrayList<Manifest>();
        for (int i = 0; i < count; i++) {
            objects.add(
                    switch (i % 10) {
                        case 4, 5 ->
                            object(
                                    "v1",
                                    "Secret",
                                    i,
                                    Map.of("data", Map.of("password", "aHVudGVyMg==", "user", "YQ==")));
                        case 6, 7 -> deployment(i);
                        case 8 -> object("v1", "Service", i, service(i));
                        case 9 -> object("v1", "ServiceAccount", i, Map.of());
                        default -> object("v1", "ConfigMap", i, Map.of("data", Map.of("number", "" + i, "mode", "a")));
                    });
        }
        return objects;
    }

    List<Manifest> deployments(int count) {
        var objects = new ArrayList<Manifest>();
        for (int i = 0; i < count; i++) {
            objects.add(deployment(i));
        }
        return objects;
    }

    private Manifest object(String apiVersion, String kind, int i, Map<String, ?> rest) {
        var content = new java.util.LinkedHashMap<String, Object>();
        content.put("apiVersion", apiVersion);
        content.put("kind", kind);
        content.put(
                "metadata",
                Map.of(
                        "name", "service-" + i,
                        "namespace", prefix + '-' + i / 10 % NAMESPACES,
                        "labels", Map.of("app", "service-" + i, "team", "blue")));
        content.putAll(rest);
        return new Manifest(content);
    }

    private Manifest deployment(int i) {
        Map<String, String> labels = Map.of("app", "service-" + i);
        Map<String, Object> container = Map.of(
                "name", "main",
                "image", "registry.example.org/service:1.0." + i,
                "env", List.of(Map.of("name", "MODE", "value", "fast"), Map.of("name", "LEVEL", "value", "info")),
                "ports", List.of(Map.of("name", "http", "containerPort", 8080, "protocol", "TCP")),
                "resources", Map.of("requests", Map.of("cpu", "100m", "memory", "64Mi")));
        Map<String, Object> template =
                Map.of("metadata", Map.of("labels", labels), "spec", Map.of("containers", List.of(container)));
        Map<String, Object> spec =
                Map.of("replicas", 2, "selector", Map.of("matchLabels", labels), "template", template);
        return object("apps/v1", "Deployment", i, Map.of("spec", spec));
    }

    /** Headless: the addresses of a small cluster would not do for all. */
    private static Map<String, ?> service(int i) {
        List<?> ports = List.of(Map.of("name", "http", "port", 80, "targetPort", "http", "protocol", "TCP"));
        return Map.of("spec", Map.of("clusterIP", "None", "selector", Map.of("app", "service-" + i), "ports", ports));
    }
}
