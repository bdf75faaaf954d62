package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The kinds of random objects, each with fields that come and go. */
enum RandomKind {
    CONFIG_MAP("api/v1", "v1", "ConfigMap", "configmaps") {
        @Override
        void fill(Map<String, Object> object, Random random) {
            object.put("data", strings(random));
        }
    },
    SECRET("api/v1", "v1", "Secret", "secrets") {
        @Override
        void fill(Map<String, Object> object, Random random) {
            if (random.nextBoolean()) {
                object.put("stringData", strings(random));
            }
            object.put("data", Tree.of("k" + random.nextInt(3), random.nextBoolean() ? "YQ==" : "Yg=="));
        }
    },
    SERVICE("api/v1", "v1", "Service", "services") {
        @Override
        void fill(Map<String, Object> object, Random random) {
            Map<String, Object> spec = Tree.child(object, "spec");
            spec.put("selector", strings(random));
            List<Object> ports = Tree.listOf();
            for (int i = 0; i <= random.nextInt(3); i++) {
                Map<String, Object> port =
                        Tree.of("port", 80L + i, "name", "p" + (random.nextInt(4) == 0 ? "x" : "") + i);
                if (random.nextBoolean()) {
                    port.put("protocol", random.nextBoolean() ? "TCP" : "UDP");
                }
                if (random.nextBoolean()) {
                    port.put("targetPort", random.nextBoolean() ? (Object) "http" : 8080L);
                }
                ports.add(port);
            }
            spec.put("ports", ports);
            if (random.nextInt(3) == 0) {
                spec.put("sessionAffinity", random.nextBoolean() ? "None" : "ClientIP");
            }
            if (random.nextInt(4) == 0) {
                spec.put(
                        "type", List.of("ClusterIP", "NodePort", "LoadBalancer").get(random.nextInt(3)));
            }
        }
    },
    DEPLOYMENT("apis/apps/v1", "apps/v1", "Deployment", "deployments") {
        @Override
        void fill(Map<String, Object> object, Random random) {
            Map<String, Object> spec = Tree.child(object, "spec");
            if (random.nextBoolean()) {
                spec.put("replicas", (long) random.nextInt(3));
            }
            if (random.nextInt(4) == 0) {
                spec.put("strategy", Tree.of("type", "RollingUpdate", "rollingUpdate", Tree.of("maxSurge", 1L)));
            }
            spec.put("selector", Tree.of("matchLabels", Tree.of("app", "web")));
            Map<String, Object> template = Tree.child(spec, "template");
            Map<String, Object> labels = random.nextBoolean() ? strings(random) : Tree.of();
            labels.put("app", "web");
            template.put("metadata", Tree.of("labels", labels));
            template.put("spec", Tree.of("containers", containers(random)));
        }
    },
    INGRESS("apis/networking.k8s.io/v1", "networking.k8s.io/v1", "Ingress", "ingresses") {
        @Override
        void fill(Map<String, Object> object, Random random) {
            Map<String, Object> spec = Tree.child(object, "spec");
            Map<String, Object> backend =
                    Tree.of("service", Tree.of("name", "s", "port", Tree.of("number", 80L + random.nextInt(2))));
            spec.put("defaultBackend", backend);
            if (random.nextBoolean()) {
                spec.put("ingressClassName", "c" + random.nextInt(2));
            }
        }
    },
    ROLE("apis/rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1", "Role", "roles") {
        @Override
        void fill(Map<String, Object> object, Random random) {
            if (random.nextInt(4) > 0) {
                object.put(
                        "rules",
                        Tree.listOf(Tree.of(
                                "apiGroups",
                                List.of(""),
                                "resources",
                                List.of("pods"),
                                "verbs",
                                List.of(random.nextBoolean() ? "get" : "list"))));
            }
        }
    };

    private final String prefix;
    private final String apiVersion;
    private final String kind;
    private final String plural;

    RandomKind(String prefix, String apiVersion, String kind, String plural) {
        this.prefix = prefix;
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.plural = plural;
    }

    abstract void fill(Map<String, Object> object, Random random);

    /** The collection's path. */
    String path() {
        return "/" + prefix + "/namespaces/{ns}/" + plural;
    }

    Map<String, Object> object(String name, Random random) {
        Map<String, Object> metadata = Tree.of("name", name);
        if (random.nextBoolean()) {
            metadata.put("labels", strings(random));
        }
        if (random.nextInt(4) == 0) {
            metadata.put("annotations", strings(random));
        }
        Map<String, Object> object = Tree.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata);
        fill(object, random);
        return object;
    }

    private static Map<String, Object> strings(Random random) {
        var strings = new LinkedHashMap<String, Object>();
        for (int i = 0; i < 3; i++) {
            if (random.nextBoolean()) {
                strings.put("k" + i, "v" + random.nextInt(2));
            }
        }
        return strings;
    }

    private static List<Object> containers(Random random) {
        List<Object> containers = Tree.listOf();
        for (String name : List.of("web", "side")) {
            if (name.equals("web") || random.nextBoolean()) {
                Map<String, Object> container = Tree.of("name", name, "image", "i:" + random.nextInt(2));
                if (random.nextBoolean()) {
                    container.put("ports", Tree.listOf(Tree.of("containerPort", 80L + random.nextInt(2))));
                }
                if (random.nextBoolean()) {
                    container.put(
                            "env",
                            Tree.listOf(
                                    Tree.of("name", "A", "value", "v" + random.nextInt(2)),
                                    Tree.of(
                                            "name",
                                            "B" + random.nextInt(2),
                                            "value",
                                            random.nextInt(3) == 0 ? "" : "x")));
                }
                if (random.nextInt(3) == 0) {
                    container.put(
                            "resources",
                            Tree.of(
                                    "limits",
                                    Tree.of("cpu", random.nextBoolean() ? (Object) 0.5 : "250m", "memory", "64Mi")));
                }
                containers.add(container);
            }
        }
        if (random.nextInt(4) == 0 && containers.size() == 2) {
            Collections.reverse(containers);
        }
        return containers;
    }
}
