package io.gitopstoolkit.kustomize;

import java.util.Random;

/** Random objects that refer to each other by a few names, and patches of them. */
final class RandomObjects {
    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: %s
            metadata: %s
            spec:
              replicas: 1
              selector: {matchLabels: {app: own}}
              template:
                metadata: {labels: {app: own}}
                spec:
            %s""";

    private final Random random;

    RandomObjects(Random random) {
        this.random = random;
    }

    String name() {
        return pick("a", "b", "bc", "conf", "p-a", "web", "a-s");
    }

    String namespace() {
        return pick("one", "two", "default");
    }

    String documents(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : "---\n").append(object());
        }
        return text.toString();
    }

    /** A strategic merge patch. */
    String patch() {
        return switch (random.nextInt(6)) {
            case 0 ->
                "apiVersion: v1\nkind: ConfigMap\nmetadata: " + metadata() + "\ndata: {k: patched, added: 'true'}\n";
            case 1 -> "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name() + "}\n$patch: delete\n";
            case 2 ->
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: " + metadata()
                        + "\nspec: {template: {spec: {containers: [{name: main, env: [{name: E, value: x}]},"
                        + " {name: side, image: redis}]}}}\n";
            case 3 ->
                "apiVersion: v1\nkind: Service\nmetadata: " + metadata()
                        + "\nspec: {ports: [{port: 80, name: http}, {port: 81}], selector: null}\n";
            case 4 ->
                "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: " + name()
                        + ", labels: {app: patched}, annotations: {note: null}}\n";
            default ->
                "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: " + name()
                        + "}\nspec: {list: [x], map: {a: null}}\n";
        };
    }

    /** A JSON patch. */
    String operations() {
        return pick(
                "- {op: add, path: /metadata/labels, value: {app: json}}\n",
                "- {op: add, path: /metadata/annotations/json, value: '1'}\n",
                "- {op: replace, path: /metadata/name, value: renamed}\n",
                "- {op: add, path: /data, value: {json: x}}\n- {op: copy, from: /data/json, path: /data/copy}\n",
                "- {op: remove, path: /metadata/labels}\n",
                "- {op: add, path: /spec, value: {big: 10000000, float: 1.5}}\n");
    }

    private String object() {
        return switch (random.nextInt(15)) {
            case 0, 1 -> simple("v1", "ConfigMap") + "data: {k: " + pick("v", "'1'", "yes", "'a b'") + "}\n";
            case 2 -> simple("v1", "Secret") + "stringData: {k: v}\n";
            case 3 -> simple("v1", "Service") + "spec: {selector: {app: own}, ports: [{port: 80}]}\n";
            case 4, 5 -> WORKLOAD.formatted("Deployment", metadata(), podSpec(6));
            case 6 -> WORKLOAD.formatted("StatefulSet", metadata(), podSpec(6)) + "  serviceName: " + name() + "\n";
            case 7 -> simple("v1", "ServiceAccount") + "imagePullSecrets: [{name: " + name() + "}]\n";
            case 8 ->
                simple("rbac.authorization.k8s.io/v1", "Role") + "rules: [{resourceNames: [" + name() + ", " + name()
                        + "]}]\n";
            case 9 -> binding("RoleBinding");
            case 10 -> binding("ClusterRoleBinding");
            case 11 -> simple("v1", "Pod") + "spec:\n" + podSpec(2);
            case 12 ->
                simple("example.org/v1", "Thing") + "spec: {list: [a, b], map: {a: b}, containers: [{image: nginx}]}\n";
            case 13 -> simple("v1", pick("Namespace", "PersistentVolumeClaim"));
            default ->
                simple("networking.k8s.io/v1", "Ingress") + "spec: {tls: [{secretName: " + name()
                        + "}], defaultBackend: {service: {name: " + name() + "}}}\n";
        };
    }

    private String binding(String kind) {
        return simple("rbac.authorization.k8s.io/v1", kind) + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: "
                + pick("Role", "ClusterRole") + ", name: " + name() + "}\nsubjects:\n- {kind: ServiceAccount, name: "
                + pick(name(), "default") + ", namespace: " + namespace() + "}\n- {kind: ServiceAccount, name: "
                + name()
                + "}\n";
    }

    private String podSpec(int indent) {
        String text = "serviceAccountName: " + name() + "\ncontainers:\n- name: main\n  image: "
                + pick("nginx", "nginx:1", "redis@sha256:bb", "'nginx:1.0'") + "\n  envFrom: [{configMapRef: {name: "
                + name()
                + "}}, {secretRef: {name: " + name() + "}}]\nvolumes:\n- {name: v, configMap: {name: " + name()
                + "}}\n- {name: w, persistentVolumeClaim: {claimName: " + name() + "}}\n";
        return text.indent(indent);
    }

    private String simple(String apiVersion, String kind) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: " + metadata() + "\n";
    }

    private String metadata() {
        var text = new StringBuilder("{name: " + name());
        if (random.nextInt(4) == 0) {
            text.append(", namespace: ").append(namespace());
        }
        if (random.nextInt(3) == 0) {
            text.append(", labels: ").append(pick("{app: one}", "{app: own, x: 'y'}", "{}", "null"));
        }
        if (random.nextInt(4) == 0) {
            text.append(", annotations: ").append(pick("{note: own}", "{n1: '1'}", "{}", "null"));
        }
        return text.append('}').toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
