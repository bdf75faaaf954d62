package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.RandomFields.map;

import java.util.List;
import java.util.Map;

/** Random pods: containers with images, and all that refers to other objects. */
final class RandomPods {
    private final RandomFields random;
    private final RandomKinds kinds;

    RandomPods(RandomFields random, RandomKinds kinds) {
        this.random = random;
        this.kinds = kinds;
    }

    /** A template. */
    Map<String, Object> template() {
        Map<String, Object> template = map("spec", podSpec());
        random.maybe(
                template,
                70,
                "metadata",
                () -> random.pick(map("labels", map("app", "x")), map("annotations", map("a", "b")), map()));
        return template;
    }

    /** The specification of a pod. */
    Map<String, Object> podSpec() {
        Map<String, Object> spec = map("containers", random.few(3, this::container));
        random.maybe(spec, 20, "initContainers", () -> random.few(2, this::container));
        random.maybe(spec, 30, "serviceAccountName", kinds::name);
        random.maybe(spec, 40, "volumes", () -> random.few(3, this::volume));
        random.maybe(
                spec,
                15,
                "tolerations",
                () -> random.few(2, () -> map("key", random.pick("k", "l"), "operator", "Exists")));
        random.maybe(spec, 15, "imagePullSecrets", () -> random.few(2, () -> map("name", kinds.name())));
        random.maybe(
                spec,
                10,
                "topologySpreadConstraints",
                () -> List.of(map(
                        "topologyKey",
                        "zone",
                        "whenUnsatisfiable",
                        "DoNotSchedule",
                        "labelSelector",
                        map("matchLabels", map("app", "x")))));
        random.maybe(spec, 10, "nodeSelector", () -> map("disk", "ssd"));
        return spec;
    }

    /** A container. */
    Map<String, Object> container() {
        Map<String, Object> container = map("name", random.pick("main", "side", "init"));
        random.maybe(
                container,
                85,
                "image",
                () -> random.pick(
                        "nginx",
                        "nginx:1",
                        "redis@sha256:bb",
                        "nginx:1.0@sha256:aa",
                        "example.org:5000/a/nginx:v1",
                        "docker.io/nginx",
                        ""));
        random.maybe(container, 40, "env", () -> random.few(3, this::variable));
        random.maybe(
                container,
                30,
                "envFrom",
                () -> random.few(
                        2,
                        () -> random.pick(
                                map("configMapRef", map("name", kinds.name())),
                                map("secretRef", map("name", kinds.name())))));
        random.maybe(
                container,
                30,
                "ports",
                () -> random.few(
                        3,
                        () -> random.pick(
                                map("containerPort", 80),
                                map("containerPort", 80, "protocol", "UDP"),
                                map("containerPort", 81, "name", "x"))));
        random.maybe(container, 30, "args", () -> random.few(3, kinds::text));
        random.maybe(
                container,
                20,
                "volumeMounts",
                () -> random.few(2, () -> map("name", "v", "mountPath", random.pick("/a", "/b"))));
        random.maybe(container, 15, "resources", () -> map("limits", map("cpu", random.pick("1", 1, "500m", 0.5))));
        return container;
    }

    private Map<String, Object> variable() {
        String key = random.pick("A", "B", "C");
        return random.chance(50)
                ? map("name", key, "value", kinds.text())
                : map(
                        "name",
                        key,
                        "valueFrom",
                        random.pick(
                                map("configMapKeyRef", map("name", kinds.name(), "key", "k")),
                                map("secretKeyRef", map("name", kinds.name(), "key", "k")),
                                map("fieldRef", map("fieldPath", "metadata.name"))));
    }

    private Map<String, Object> volume() {
        return random.pick(
                map("name", "v", "configMap", map("name", kinds.name())),
                map("name", "w", "secret", map("secretName", kinds.name())),
                map("name", "v", "emptyDir", map()),
                map("name", "x", "persistentVolumeClaim", map("claimName", kinds.name())),
                map(
                        "name",
                        "y",
                        "projected",
                        map(
                                "sources",
                                List.of(
                                        map("configMap", map("name", kinds.name())),
                                        map("secret", map("name", kinds.name()))))));
    }
}
