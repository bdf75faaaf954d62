package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.RandomFields.json;
import static io.gitopstoolkit.kustomize.RandomFields.map;

import java.util.List;
import java.util.Map;

/** Random configurations of kustomize's builtin generators and transformers, and a schema. */
final class RandomBuiltins {
    private final RandomFields random;
    private final RandomKinds kinds;
    private final RandomPatches patches;

    RandomBuiltins(RandomFields random, RandomKinds kinds, RandomPatches patches) {
        this.random = random;
        this.kinds = kinds;
        this.patches = patches;
    }

    /** A transformer. */
    Map<String, Object> transformer() {
        return switch (random.below(13)) {
            case 0 ->
                plugin(
                        "NamespaceTransformer",
                        "metadata",
                        map("name", "n", "namespace", kinds.namespace()),
                        "fieldSpecs",
                        namespaceFields(),
                        "unsetOnly",
                        random.chance(50),
                        "setRoleBindingSubjects",
                        random.pick("none", "defaultOnly", "allServiceAccounts"));
            case 1 ->
                plugin(
                        "PrefixTransformer",
                        "prefix",
                        "t-",
                        "fieldSpecs",
                        List.of(map("path", random.pick("metadata/name", "spec/map/a"))));
            case 2 ->
                plugin(
                        "SuffixTransformer",
                        "suffix",
                        "-t",
                        "fieldSpecs",
                        List.of(map("path", "metadata/name", "kind", random.pick("Deployment", "ConfigMap"))));
            case 3 ->
                plugin(
                        "LabelTransformer",
                        "labels",
                        map("app", "t"),
                        "fieldSpecs",
                        List.of(random.pick(
                                map("path", "metadata/labels", "create", true),
                                map("path", "spec/selector/matchLabels", "create", random.chance(50)))));
            case 4 ->
                plugin(
                        "AnnotationsTransformer",
                        "annotations",
                        map("t", "u"),
                        "fieldSpecs",
                        List.of(map("path", "metadata/annotations", "create", random.chance(70))));
            case 5 ->
                plugin(
                        "ImageTagTransformer",
                        "imageTag",
                        map("name", "nginx", "newTag", "t"),
                        "fieldSpecs",
                        List.of(map("path", "spec/template/spec/containers[]/image")));
            case 6 ->
                plugin(
                        "ReplicaCountTransformer",
                        "replica",
                        map("name", kinds.name(), "count", 7),
                        "fieldSpecs",
                        List.of(map("path", "spec/replicas", "create", true, "kind", "Deployment")));
            case 7 ->
                plugin(
                        "PatchTransformer",
                        "patch",
                        json(patches.merge()),
                        "target",
                        map("kind", random.pick("Deployment", "ConfigMap", "Service")));
            case 8 ->
                plugin(
                        "PatchJson6902Transformer",
                        "target",
                        map("kind", "ConfigMap", "version", "v1", "name", kinds.name()),
                        "jsonOp",
                        patches.operations());
            case 9 -> plugin("PatchStrategicMergeTransformer", "patches", json(patches.merge()));
            case 10 ->
                plugin(
                        "ReplacementTransformer",
                        "replacements",
                        List.of(map(
                                "source", map("kind", "ConfigMap", "name", kinds.name(), "fieldPath", "metadata.name"),
                                "targets",
                                        List.of(map(
                                                "select",
                                                map("kind", "Deployment"),
                                                "fieldPaths",
                                                List.of("metadata.annotations.r"),
                                                "options",
                                                map("create", true))))));
            case 11 ->
                plugin(
                        "ValueAddTransformer",
                        "value",
                        kinds.text(),
                        "targets",
                        List.of(map("fieldPath", random.pick("metadata/annotations/v", "spec/map/v"))));
            default ->
                random.pick(
                        plugin("HashTransformer"),
                        plugin("LegacyOrderTransformer"),
                        plugin("SortOrderTransformer", "sortOptions", map("order", "legacy")));
        };
    }

    /** A generator. */
    Map<String, Object> generator() {
        return switch (random.below(3)) {
            case 0 -> {
                Map<String, Object> plugin =
                        plugin("ConfigMapGenerator", "metadata", map("name", kinds.name()), "literals", List.of("k=v"));
                random.maybe(plugin, 30, "behavior", () -> random.pick("merge", "replace", "create"));
                yield plugin;
            }
            case 1 ->
                plugin(
                        "SecretGenerator",
                        "metadata",
                        map("name", kinds.name(), "namespace", kinds.namespace()),
                        "literals",
                        List.of("k=v"),
                        "type",
                        "Opaque");
            default ->
                plugin(
                        "IAMPolicyGenerator",
                        "cloud",
                        "gke",
                        "kubernetesService",
                        map("namespace", kinds.namespace(), "name", kinds.name()),
                        "serviceAccount",
                        map("name", "sa", "projectId", "p"));
        };
    }

    private Map<String, Object> plugin(String kind, Object... fields) {
        Map<String, Object> plugin = map("apiVersion", "builtin", "kind", kind, "metadata", map("name", "plugin"));
        plugin.putAll(map(fields));
        return plugin;
    }

    private Object namespaceFields() {
        return random.pick(
                List.of(map("path", "metadata/namespace", "create", true)),
                List.of(map("path", "metadata/name", "kind", "Namespace", "create", true)),
                List.of(map("path", "subjects", "kind", "RoleBinding", "group", "rbac.authorization.k8s.io")),
                List.of());
    }

    /** A schema in which a custom kind has lists that are merged by a key. */
    static Map<String, Object> schema() {
        Map<String, Object> item =
                map("type", "object", "properties", map("name", map("type", "string"), "value", map("type", "string")));
        Map<String, Object> spec = map(
                "type",
                "object",
                "properties",
                map(
                        "items",
                                map(
                                        "type",
                                        "array",
                                        "items",
                                        item,
                                        "x-kubernetes-patch-merge-key",
                                        "name",
                                        "x-kubernetes-patch-strategy",
                                        "merge"),
                        "template", map("$ref", "#/definitions/io.k8s.api.core.v1.PodTemplateSpec"),
                        "list",
                                map(
                                        "type",
                                        "array",
                                        "items",
                                        map("type", "string"),
                                        "x-kubernetes-patch-strategy",
                                        "merge")));
        return map(
                "definitions",
                map(
                        "org.example.v1.Thing",
                        map(
                                "type", "object",
                                "properties",
                                        map(
                                                "apiVersion",
                                                map("type", "string"),
                                                "kind",
                                                map("type", "string"),
                                                "metadata",
                                                map("type", "object"),
                                                "spec",
                                                spec),
                                "x-kubernetes-group-version-kind",
                                        List.of(map("group", "example.org", "kind", "Thing", "version", "v1")))));
    }
}
