package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.RandomFields.NULL;
import static io.gitopstoolkit.kustomize.RandomFields.map;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Random objects of many kinds, with all that refers to other objects, labels, images and variables in them. */
final class RandomKinds {
    private final RandomFields random;
    private final RandomPods pods;
    private List<Map<String, Object>> made = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    RandomKinds(RandomFields random) {
        this.random = random;
        this.pods = new RandomPods(random, this);
    }

    String name() {
        return random.pick("a", "b", "c", "web", "cfg", "d-a");
    }

    String namespace() {
        return random.pick("one", "two", "default");
    }

    /** A value with or without a variable. */
    String text() {
        return random.pick("x", "$(V1)", "a-$(V2)-b", "$$(V1)", "1", "true", "", "a.b.c", "web:8080", "multi\nline");
    }

    /** Begins a kustomization that knows nothing of the objects of the one around it; these are the result. */
    List<Map<String, Object>> enter() {
        List<Map<String, Object>> outer = made;
        made = new ArrayList<>();
        return outer;
    }

    /** Ends a kustomization, whose objects the one around it has too. */
    void leave(List<Map<String, Object>> outer) {
        outer.addAll(made);
        made = outer;
    }

    /** An object that is mostly none that was made before. */
    Map<String, Object> fresh() {
        Map<String, Object> object = object();
        for (int i = 0; i < 5 && !ids.add(object.get("kind") + "/" + nameOf(object)); i++) {
            object = object();
        }
        made.add(object);
        return object;
    }

    /** The kind and name of an object that was made, mostly: of one of a kind, where that is not empty. */
    Map<String, Object> known(String kind) {
        List<Map<String, Object>> fit = made.stream()
                .filter(object -> kind.isEmpty() || kind.equals(object.get("kind")))
                .toList();
        Map<String, Object> object = fit.isEmpty() || random.chance(2) ? object() : fit.get(random.below(fit.size()));
        Map<String, Object> id = new LinkedHashMap<>(object);
        id.keySet().retainAll(Set.of("apiVersion", "kind"));
        id.put("name", nameOf(object));
        Object namespace = metadataOf(object).get("namespace");
        if (namespace != null && random.chance(97)) {
            id.put("namespace", namespace);
        }
        return id;
    }

    /** The name of an object that was made, mostly. */
    String knownName(String kind) {
        return (String) requireNonNull(known(kind).get("name"));
    }

    /** Whether an object of a kind was made in this kustomization; of any, where the kind is empty. */
    boolean knows(String kind) {
        return made.stream().anyMatch(object -> kind.isEmpty() || kind.equals(object.get("kind")));
    }

    private static String nameOf(Map<String, Object> object) {
        return (String) requireNonNull(metadataOf(object).get("name"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadataOf(Map<String, Object> object) {
        return (Map<String, Object>) requireNonNull(object.get("metadata"));
    }

    /** An object of some kind. */
    Map<String, Object> object() {
        return switch (random.below(22)) {
            case 0, 1 -> with("v1", "ConfigMap", "data", map("k", text(), "l", random.pick("1", "a,b,c", "x=y")));
            case 2 -> with("v1", "Secret", "stringData", map("k", text()));
            case 3 -> with("v1", "Service", "spec", service());
            case 4, 5, 6 ->
                with("apps/v1", random.pick("Deployment", "Deployment", "DaemonSet", "ReplicaSet"), "spec", workload());
            case 7 -> with("apps/v1", "StatefulSet", "spec", statefulSet());
            case 8 ->
                with(
                        "batch/v1",
                        "CronJob",
                        "spec",
                        map("schedule", "* * * * *", "jobTemplate", map("spec", map("template", pods.template()))));
            case 9 -> with("batch/v1", "Job", "spec", map("template", pods.template()));
            case 10 ->
                with(
                        "v1",
                        "ServiceAccount",
                        "secrets",
                        List.of(map("name", name())),
                        "imagePullSecrets",
                        List.of(map("name", name())));
            case 11 -> binding();
            case 12 ->
                with(
                        "rbac.authorization.k8s.io/v1",
                        random.pick("Role", "ClusterRole"),
                        "rules",
                        List.of(map("resources", List.of("configmaps"), "resourceNames", List.of(name(), name()))));
            case 13 -> with("networking.k8s.io/v1", "Ingress", "spec", ingress());
            case 14 -> with("v1", "Pod", "spec", pods.podSpec());
            case 15 -> with("v1", random.pick("Namespace", "Node", "PersistentVolume"));
            case 16 ->
                with("v1", "PersistentVolumeClaim", "spec", map("volumeName", name(), "storageClassName", name()));
            case 17 ->
                with(
                        "networking.k8s.io/v1",
                        "NetworkPolicy",
                        "spec",
                        map(
                                "podSelector",
                                map("matchLabels", map("app", "x")),
                                "ingress",
                                List.of(map(
                                        "from", List.of(map("podSelector", map("matchLabels", map("app", "y"))))))));
            case 18 ->
                with(
                        "autoscaling/v2",
                        "HorizontalPodAutoscaler",
                        "spec",
                        map(
                                "scaleTargetRef",
                                map(
                                        "apiVersion",
                                        "apps/v1",
                                        "kind",
                                        random.pick("Deployment", "StatefulSet"),
                                        "name",
                                        name())));
            case 19 -> webhook();
            case 20 ->
                with("policy/v1", "PodDisruptionBudget", "spec", map("selector", map("matchLabels", map("app", "x"))));
            default -> with("example.org/v1", random.pick("Thing", "Other"), "spec", thing());
        };
    }

    private Map<String, Object> with(String apiVersion, String kind, Object... fields) {
        var object =
                new LinkedHashMap<String, Object>(map("apiVersion", apiVersion, "kind", kind, "metadata", metadata()));
        object.putAll(map(fields));
        return object;
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = map("name", name());
        random.maybe(metadata, 25, "namespace", this::namespace);
        random.maybe(
                metadata, 30, "labels", () -> random.pick(map("app", "x"), map("app", "y", "tier", "1"), map(), NULL));
        random.maybe(
                metadata,
                20,
                "annotations",
                () -> random.pick(
                        map("note", text()),
                        map("note", "x", "config.kubernetes.io/local-config", random.pick("true", "false")),
                        map("kustomize.config.k8s.io/needs-hash", "true"),
                        map(),
                        NULL));
        return metadata;
    }

    private Map<String, Object> service() {
        Map<String, Object> spec = map("ports", random.few(3, () -> port(random.pick(80, 81, 82))));
        random.maybe(spec, 70, "selector", () -> random.pick(map("app", "x"), map(), NULL));
        random.maybe(spec, 20, "clusterIP", () -> "None");
        return spec;
    }

    private Map<String, Object> port(int number) {
        Map<String, Object> port = map("port", number);
        random.maybe(port, 50, "name", () -> random.pick("http", "https", "x"));
        random.maybe(port, 40, "protocol", () -> random.pick("TCP", "UDP"));
        random.maybe(port, 40, "targetPort", () -> random.pick("http", 8080));
        return port;
    }

    private Map<String, Object> workload() {
        Map<String, Object> spec = map("template", pods.template());
        random.maybe(spec, 50, "replicas", () -> random.below(4));
        random.maybe(spec, 70, "selector", () -> map("matchLabels", map("app", "x")));
        random.maybe(
                spec,
                20,
                "strategy",
                () -> random.pick(
                        map("type", "Recreate"), map("type", "RollingUpdate", "rollingUpdate", map("maxSurge", 1))));
        return spec;
    }

    private Map<String, Object> statefulSet() {
        Map<String, Object> spec = workload();
        spec.put("serviceName", name());
        random.maybe(
                spec,
                40,
                "volumeClaimTemplates",
                () -> List.of(map("metadata", map("name", name()), "spec", map("storageClassName", name()))));
        return spec;
    }

    private Map<String, Object> binding() {
        String kind = random.pick("RoleBinding", "ClusterRoleBinding");
        Map<String, Object> object = with(
                "rbac.authorization.k8s.io/v1",
                kind,
                "roleRef",
                map(
                        "apiGroup",
                        "rbac.authorization.k8s.io",
                        "kind",
                        random.pick("Role", "ClusterRole"),
                        "name",
                        name()));
        random.maybe(
                object,
                85,
                "subjects",
                () -> random.some(3, () -> {
                    Map<String, Object> subject = map(
                            "kind",
                            random.pick("ServiceAccount", "ServiceAccount", "User", "Group"),
                            "name",
                            random.pick(name(), "default"));
                    random.maybe(subject, 60, "namespace", this::namespace);
                    return subject;
                }));
        return object;
    }

    private Map<String, Object> ingress() {
        Map<String, Object> backend = map("service", map("name", name(), "port", map("number", 80)));
        return map(
                "tls", List.of(map("secretName", name(), "hosts", List.of("$(V1).example.org"))),
                "rules",
                        random.few(
                                2,
                                () -> map(
                                        "host",
                                        text(),
                                        "http",
                                        map("paths", List.of(map("path", "/", "backend", backend))))));
    }

    private Map<String, Object> webhook() {
        return with(
                "admissionregistration.k8s.io/v1",
                random.pick("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"),
                "webhooks",
                random.few(
                        2,
                        () -> map(
                                "name",
                                random.pick("a.b.c", "d.e.f"),
                                "clientConfig",
                                map("service", map("name", name(), "namespace", namespace())))));
    }

    private Map<String, Object> thing() {
        Map<String, Object> spec = map(
                "list", random.some(3, this::text), "map", map("a", text(), "b", random.pick(1, 1.5, true, NULL, "1")));
        random.maybe(spec, 40, "containers", () -> random.few(2, pods::container));
        random.maybe(spec, 40, "ref", () -> map("name", name(), "kind", "ConfigMap"));
        random.maybe(spec, 30, "template", pods::template);
        random.maybe(spec, 30, "items", () -> random.few(3, () -> map("name", random.pick("m", "n"), "value", text())));
        random.maybe(spec, 30, "json", () -> "{\"a\": {\"b\": \"c\"}, \"l\": [1, 2]}");
        random.maybe(spec, 30, "yaml", () -> "a:\n  b: c # note\nl:\n- x\n- y\n");
        return spec;
    }
}
