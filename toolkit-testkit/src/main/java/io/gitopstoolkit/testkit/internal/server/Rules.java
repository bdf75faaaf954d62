package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of the kinds that deliveries are made of. Of the real server's many rules, those that users meet. */
final class Rules {
    private Rules() {}

    static List<FieldError> check(Resource resource, Map<String, Object> object) {
        var errors = new ArrayList<FieldError>();
        if (resource.isCustom()) {
            return errors;
        }
        if (!resource.is("apiextensions.k8s.io", "customresourcedefinitions")) {
            checkValues(resource.type(), object, "", errors);
        }
        switch (resource.qualifiedName()) {
            case "services" -> service(Tree.mapAt(object, "spec"), errors);
            case "deployments.apps", "statefulsets.apps", "daemonsets.apps", "replicasets.apps" ->
                workload(Tree.mapAt(object, "spec"), errors);
            case "jobs.batch" -> job(Tree.mapAt(object, "spec"), errors);
            case "pods" -> podSpec(Tree.mapAt(object, "spec"), "spec", errors);
            case "configmaps" -> checkDataKeys(object, errors);
            case "secrets" -> checkDataKeys(object, errors);
            case "ingresses.networking.k8s.io" -> ingress(Tree.mapAt(object, "spec"), errors);
            case "endpoints" -> endpoints(Tree.mapsAt(object, "subsets"), errors);
            case "poddisruptionbudgets.policy" -> budget(Tree.mapAt(object, "spec"), errors);
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                binding(object, errors);
            default -> {}
        }
        return errors;
    }

    /** Enumerations, wherever they are. */
    private static void checkValues(Type type, Map<String, Object> object, String path, List<FieldError> errors) {
        object.forEach((name, value) -> {
            Type field = type.field(name);
            String below = path.isEmpty() ? name : path + "." + name;
            if (field != null && !below.equals("status")) {
                checkValue(field, value, below, errors);
            }
        });
    }

    private static void checkValue(Type type, Object value, String path, List<FieldError> errors) {
        Map<String, Object> map = Tree.map(value);
        List<Object> list = Tree.list(value);
        if (map != null && type.shape() == Type.Shape.MAP) {
            checkValues(type, map, path, errors);
        } else if (list != null && type.element() != null) {
            Type element = type.element();
            for (int i = 0; i < list.size(); i++) {
                checkValue(element, list.get(i), path + "[" + i + "]", errors);
            }
        } else if (value instanceof String text
                && !text.isEmpty()
                && !type.values().isEmpty()
                && !type.values().contains(text)) {
            errors.add(FieldError.unsupported(path, text, type.values()));
        }
    }

    private static void service(Map<String, Object> spec, List<FieldError> errors) {
        List<Map<String, Object>> ports = Tree.mapsAt(spec, "ports");
        String type = Tree.text(spec, "type");
        boolean headless = Tree.text(spec, "clusterIP").equals("None");
        if (ports.isEmpty() && !headless && !type.equals("ExternalName")) {
            errors.add(FieldError.required("spec.ports", ""));
        }
        if (type.equals("ExternalName") && Tree.text(spec, "externalName").isEmpty()) {
            errors.add(FieldError.required("spec.externalName", ""));
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String path = "spec.ports[" + i + "]";
            String name = Tree.text(ports.get(i), "name");
            if (name.isEmpty() && ports.size() > 1) {
                errors.add(FieldError.required(path + ".name", ""));
            } else if (!name.isEmpty() && !names.add(name)) {
                errors.add(FieldError.duplicate(path + ".name", name));
            }
            checkPort(path + ".port", Tree.number(ports.get(i), 0, "port"), errors);
            if (ports.get(i).get("targetPort") instanceof Long target) {
                checkPort(path + ".targetPort", target, errors);
            }
        }
    }

    private static void checkPort(String path, long port, List<FieldError> errors) {
        if (port < 1 || port > 65_535) {
            errors.add(FieldError.invalid(path, port, "must be between 1 and 65535, inclusive"));
        }
    }

    private static void workload(Map<String, Object> spec, List<FieldError> errors) {
        Map<String, Object> selector = Tree.mapAt(spec, "selector");
        Map<String, Object> template = Tree.mapAt(spec, "template");
        Map<String, Object> labels = Tree.mapAt(template, "metadata", "labels");
        if (Tree.number(spec, 0, "replicas") < 0) {
            errors.add(FieldError.invalid("spec.replicas", spec.get("replicas"), "must be greater than or equal to 0"));
        }
        if (spec.get("selector") == null) {
            errors.add(FieldError.required("spec.selector", ""));
        } else if (selector.isEmpty()) {
            errors.add(FieldError.invalid("spec.selector", selector, "empty selector is invalid for deployment"));
        }
        boolean matches = spec.get("selector") != null
                && Tree.mapAt(selector, "matchLabels").entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())));
        if (!matches) {
            errors.add(FieldError.invalid(
                    "spec.template.metadata.labels",
                    Tree.at(template, "metadata", "labels"),
                    "`selector` does not match template `labels`"));
        }
        boolean recreates = Tree.text(spec, "strategy", "type").equals("Recreate");
        podSpec(Tree.mapAt(template, "spec"), "spec.template.spec", errors);
        if (recreates && Tree.at(spec, "strategy", "rollingUpdate") != null) {
            errors.add(FieldError.forbidden(
                    "spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'"));
        }
        Map<String, Object> update = Tree.mapAt(spec, "updateStrategy");
        if (Tree.at(update, "rollingUpdate", "partition") != null
                && Tree.text(update, "type").equals("OnDelete")) {
            Map<String, Object> shown = Tree.of(
                    "Partition",
                    Tree.at(update, "rollingUpdate", "partition"),
                    "MaxUnavailable",
                    Tree.at(update, "rollingUpdate", "maxUnavailable"));
            errors.add(FieldError.invalid(
                    "spec.updateStrategy.rollingUpdate", shown, "only allowed for updateStrategy 'RollingUpdate'"));
        }
        String restart = Tree.text(template, "spec", "restartPolicy");
        if (!restart.equals("Always")) {
            errors.add(FieldError.unsupported("spec.template.spec.restartPolicy", restart, List.of("Always")));
        }
    }

    private static void job(Map<String, Object> spec, List<FieldError> errors) {
        Map<String, Object> pod = Tree.mapAt(spec, "template", "spec");
        podSpec(pod, "spec.template.spec", errors);
        String restart = Tree.text(pod, "restartPolicy");
        if (restart.equals("Always")) {
            errors.add(
                    FieldError.required("spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""));
        }
    }

    private static void podSpec(Map<String, Object> spec, String path, List<FieldError> errors) {
        List<Map<String, Object>> containers = Tree.mapsAt(spec, "containers");
        if (containers.isEmpty()) {
            errors.add(FieldError.required(path + ".containers", ""));
        }
        Set<String> volumes = new HashSet<>();
        Tree.mapsAt(spec, "volumes").forEach(volume -> volumes.add(Tree.text(volume, "name")));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            container(containers.get(i), path + ".containers[" + i + "]", names, volumes, errors);
        }
    }

    private static void container(
            Map<String, Object> container,
            String path,
            Set<String> names,
            Set<String> volumes,
            List<FieldError> errors) {
        String name = Tree.text(container, "name");
        if (name.isEmpty()) {
            errors.add(FieldError.required(path + ".name", ""));
        } else if (!names.add(name)) {
            errors.add(FieldError.duplicate(path + ".name", name));
        }
        if (Tree.text(container, "image").isEmpty()) {
            errors.add(FieldError.required(path + ".image", ""));
        }
        List<Map<String, Object>> ports = Tree.mapsAt(container, "ports");
        for (int i = 0; i < ports.size(); i++) {
            checkPort(path + ".ports[" + i + "].containerPort", Tree.number(ports.get(i), 0, "containerPort"), errors);
        }
        List<Map<String, Object>> mounts = Tree.mapsAt(container, "volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            String volume = Tree.text(mounts.get(i), "name");
            if (!volumes.contains(volume)) {
                errors.add(FieldError.notFound(path + ".volumeMounts[" + i + "].name", volume));
            }
        }
    }

    private static void checkDataKeys(Map<String, Object> object, List<FieldError> errors) {
        Tree.mapAt(object, "data").keySet().forEach(key -> {
            if (!key.matches("[-._a-zA-Z0-9]+")) {
                errors.add(FieldError.invalid(
                        "data[" + key + "]",
                        key,
                        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name', "
                                + " or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"));
            }
        });
    }

    private static void ingress(Map<String, Object> spec, List<FieldError> errors) {
        List<Map<String, Object>> rules = Tree.mapsAt(spec, "rules");
        if (rules.isEmpty() && spec.get("defaultBackend") == null) {
            errors.add(FieldError.invalid("spec", null, "either `defaultBackend` or `rules` must be specified"));
        }
        for (int i = 0; i < rules.size(); i++) {
            List<Map<String, Object>> paths = Tree.mapsAt(rules.get(i), "http", "paths");
            for (int j = 0; j < paths.size(); j++) {
                String path = "spec.rules[" + i + "].http.paths[" + j + "].pathType";
                if (Tree.text(paths.get(j), "pathType").isEmpty()) {
                    errors.add(FieldError.required(path, "pathType must be specified"));
                }
            }
        }
    }

    private static void endpoints(List<Map<String, Object>> subsets, List<FieldError> errors) {
        for (int i = 0; i < subsets.size(); i++) {
            boolean empty = Tree.mapsAt(subsets.get(i), "addresses").isEmpty()
                    && Tree.mapsAt(subsets.get(i), "notReadyAddresses").isEmpty();
            if (empty) {
                errors.add(
                        FieldError.required("subsets[" + i + "]", "must specify `addresses` or `notReadyAddresses`"));
            }
        }
    }

    private static void budget(Map<String, Object> spec, List<FieldError> errors) {
        if (spec.get("minAvailable") != null && spec.get("maxUnavailable") != null) {
            Map<String, Object> shown = Tree.of(
                    "MinAvailable",
                    spec.get("minAvailable"),
                    "Selector",
                    spec.get("selector"),
                    "MaxUnavailable",
                    spec.get("maxUnavailable"),
                    "UnhealthyPodEvictionPolicy",
                    spec.get("unhealthyPodEvictionPolicy"));
            errors.add(FieldError.invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set"));
        }
    }

    private static void binding(Map<String, Object> binding, List<FieldError> errors) {
        if (Tree.text(binding, "roleRef", "name").isEmpty()) {
            errors.add(FieldError.required("roleRef.name", ""));
        }
        List<Map<String, Object>> subjects = Tree.mapsAt(binding, "subjects");
        for (int i = 0; i < subjects.size(); i++) {
            Map<String, Object> subject = subjects.get(i);
            String path = "subjects[" + i + "]";
            if (Tree.text(subject, "name").isEmpty()) {
                errors.add(FieldError.required(path + ".name", ""));
            }
        }
    }
}
