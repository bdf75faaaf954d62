package io.gitopstoolkit.kustomize;

import java.util.List;
import java.util.Random;

/** Random {@code generators}, {@code transformers} and {@code validators} of builtin kinds. */
final class RandomPlugins {
    private static final List<String> KINDS = List.of("ConfigMap", "Deployment", "Service", "Secret");
    private static final List<String> SPECS = List.of(
            "[]",
            "[{path: metadata/labels, create: true}]",
            "[{path: metadata/annotations, create: true}]",
            "[{path: metadata/labels, create: true}, {path: spec/template/metadata/labels, kind: Deployment}]",
            "[{path: metadata/name}]",
            "[{path: metadata/name, kind: ConfigMap}]",
            "[{path: spec/replicas, create: true, kind: Deployment}]");

    private final Random random;
    private final RandomObjects objects;
    private int made;

    RandomPlugins(Random random, RandomObjects objects) {
        this.random = random;
        this.objects = objects;
    }

    void add(StringBuilder text) {
        // Most inputs stay as they were, so that the others are not refused for plugins alone.
        if (random.nextInt(100) < 15) {
            text.append("generators:\n");
            append(text, generator());
        }
        if (random.nextInt(100) < 35) {
            text.append("transformers:\n");
            for (int i = 0; i <= random.nextInt(2); i++) {
                append(text, transformer());
            }
        }
        if (random.nextInt(100) < 4) {
            text.append("validators:\n");
            append(text, transformer());
        }
    }

    private void append(StringBuilder text, String config) {
        text.append("- |-\n  apiVersion: builtin\n  metadata: {name: plugin")
                .append(made++)
                .append(random.nextInt(3) == 0 ? ", namespace: " + objects.namespace() : "")
                .append("}\n  ")
                .append(config.strip().replace("\n", "\n  "))
                .append('\n');
    }

    private String generator() {
        return "kind: " + pick("ConfigMapGenerator", "SecretGenerator") + "\nname: " + objects.name()
                + "\nliterals: [a=b]\nbehavior: " + pick("create", "create", "merge", "replace");
    }

    private String transformer() {
        String specs = "\nfieldSpecs: " + SPECS.get(random.nextInt(SPECS.size()));
        String names = "\nfieldSpecs: "
                + pick(
                        "[{path: metadata/name}]",
                        "[{path: metadata/name, kind: ConfigMap}]",
                        "[{path: spec/replicas}]");
        return switch (random.nextInt(10)) {
            case 0 -> "kind: LabelTransformer\nlabels: {app: " + pick("one", "5", "true", "1.50") + "}" + specs;
            case 1 -> "kind: AnnotationsTransformer\nannotations: {note: x, n: y}" + specs;
            case 2 ->
                "kind: NamespaceTransformer\nunsetOnly: " + random.nextBoolean() + "\nsetRoleBindingSubjects: "
                        + pick("none", "defaultOnly", "allServiceAccounts") + specs;
            case 3 -> "kind: PrefixTransformer\nprefix: " + pick("x-", "5", "''") + names;
            case 4 -> "kind: SuffixTransformer\nsuffix: " + pick("-x", "-5") + names;
            case 5 ->
                "kind: ImageTagTransformer\nimageTag: {name: nginx, newTag: " + pick("1.10", "v2", "2") + "}"
                        + pick("", "\nfieldSpecs: [{path: spec/picture}]");
            case 6 ->
                "kind: ReplicaCountTransformer\nreplica: {name: " + objects.name() + ", count: 4}"
                        + "\nfieldSpecs: [{path: spec/replicas, create: true, kind: Deployment}]";
            case 7 ->
                "kind: PatchTransformer\ntarget: {kind: " + kind() + "}\npatch: '"
                        + pick(
                                "[{\"op\": \"add\", \"path\": \"/metadata/labels/p\", \"value\": \"q\"}]",
                                "{kind: Any, metadata: {name: any, labels: {p: q}}}",
                                "{kind: Any, metadata: {name: any}, $patch: delete}")
                        + "'";
            case 8 ->
                "kind: ValueAddTransformer\nvalue: " + pick("v", "5", "a/b") + "\ntargets: [{selector: {kind: " + kind()
                        + "}, fieldPath: "
                        + pick("metadata/labels/v", "metadata/annotations/v", "spec/x/y", "metadata/namespace")
                        + ", filePathPosition: " + random.nextInt(3) + "}]";
            default -> "kind: HashTransformer";
        };
    }

    private String kind() {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
