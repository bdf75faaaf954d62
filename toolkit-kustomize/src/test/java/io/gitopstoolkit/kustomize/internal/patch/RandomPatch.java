package io.gitopstoolkit.kustomize.internal.patch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes Deployments and patches of them that touch the same few containers, ports and volumes. */
final class RandomPatch {
    private static final String[] NAMES = {"a", "b", "c", "d"};
    private static final String[] SCALARS = {
        "1", "\"2\"", "true", "\"yes\"", "word", "'1.5'", "null", "~", "8080", "\"\""
    };

    private final Random random;

    RandomPatch(Random random) {
        this.random = random;
    }

    /** A Deployment in flow style; with directives and nulls where it is to be a patch. */
    String deployment(boolean patch) {
        return "{apiVersion: apps/v1, kind: Deployment, metadata: "
                + map(patch, "name: app", "labels: " + strings(patch), "finalizers: " + primitives(patch))
                + ", spec: "
                + map(
                        patch,
                        "replicas: " + random.nextInt(9),
                        "template: " + template(patch),
                        "strategy: " + map(patch, "type: Recreate"),
                        "paused: " + scalar(patch))
                + "}";
    }

    private String template(boolean patch) {
        return map(
                patch,
                "spec: "
                        + map(
                                patch,
                                "containers: " + list(patch, () -> container(patch)),
                                "initContainers: " + list(patch, () -> container(patch)),
                                "volumes: " + list(patch, () -> volume(patch)),
                                "tolerations: " + list(patch, () -> map(patch, "key: " + name(), "effect: NoSchedule")),
                                "imagePullSecrets: " + list(patch, () -> map(patch, "name: " + name())),
                                "hostAliases: "
                                        + list(
                                                patch,
                                                () -> map(patch, "ip: 1.1.1." + random.nextInt(3), "hostnames: [h]")),
                                "topologySpreadConstraints: "
                                        + list(
                                                patch,
                                                () -> map(
                                                        patch,
                                                        "topologyKey: " + name(),
                                                        "whenUnsatisfiable: " + name(),
                                                        "maxSkew: " + random.nextInt(3)))));
    }

    private String container(boolean patch) {
        return element(
                patch,
                "image: i" + random.nextInt(5),
                "env: " + list(patch, () -> element(patch, "value: " + scalar(patch))),
                "ports: " + list(patch, () -> port(patch)),
                "args: " + primitives(patch),
                "volumeMounts: " + list(patch, () -> map(patch, "mountPath: /" + name(), "name: " + name())),
                "resources: " + map(patch, "limits: " + strings(patch)));
    }

    private String port(boolean patch) {
        var fields = new ArrayList<String>();
        fields.add("containerPort: " + (80 + random.nextInt(3)));
        if (random.nextInt(3) > 0) {
            fields.add("protocol: " + (random.nextBoolean() ? "TCP" : "UDP"));
        }
        if (random.nextBoolean()) {
            fields.add("name: p" + random.nextInt(3));
        }
        if (patch && random.nextInt(6) == 0) {
            fields.add("$patch: delete");
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private String volume(boolean patch) {
        return element(patch, random.nextBoolean() ? "emptyDir: {}" : "configMap: " + map(patch, "name: " + name()));
    }

    /** A map with a name, now and then without. */
    private String element(boolean patch, String... fields) {
        String rest = map(patch, fields);
        if (random.nextInt(40) == 0) {
            return rest;
        }
        return "{name: " + name() + (rest.equals("{}") ? "}" : ", " + rest.substring(1));
    }

    private String strings(boolean patch) {
        return map(patch, "k1: " + scalar(patch), "k2: " + scalar(patch), "k3: " + scalar(patch));
    }

    private String primitives(boolean patch) {
        var items = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(random.nextInt(4) == 0 ? "5" : name());
        }
        return patch && random.nextInt(10) == 0 ? "null" : items.toString();
    }

    private String scalar(boolean patch) {
        String scalar = SCALARS[random.nextInt(SCALARS.length)];
        return !patch && random.nextInt(2) == 0 ? "text" : scalar;
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    /** Some of the fields, in any order. */
    private String map(boolean patch, String... fields) {
        var chosen = new ArrayList<String>();
        for (String field : fields) {
            if (random.nextInt(5) > 1 || field.equals("name: app")) {
                chosen.add(field);
            }
        }
        Collections.shuffle(chosen, random);
        if (patch && random.nextInt(14) == 0 && fields.length > 0 && !fields[0].equals("name: app")) {
            chosen.add("$patch: " + directive());
        }
        if (random.nextInt(20) == 0) {
            chosen.add("extra: " + (random.nextBoolean() ? "null" : "{deep: {x: null, y: [1, null]}}"));
        }
        return "{" + String.join(", ", chosen) + "}";
    }

    private String directive() {
        return List.of("delete", "replace", "merge").get(random.nextInt(3));
    }

    private interface Item {
        String make();
    }

    private String list(boolean patch, Item item) {
        if (patch && random.nextInt(20) == 0) {
            return "null";
        }
        var items = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.make());
        }
        if (patch && random.nextInt(12) == 0) {
            items.add(random.nextInt(items.size() + 1), "{$patch: " + directive() + "}");
        }
        return "[" + String.join(", ", items) + "]";
    }
}
