package io.gitopstoolkit.kustomize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A random tree of kustomizations that are mostly valid: bases, overlays and components within each other, with few
 * names, so that they meet. The same seed makes the same files.
 */
final class RandomKustomization {
    private static final int MAX_LEVELS = 3;

    private final Random random;
    private final RandomObjects objects;
    private final Map<String, String> files = new LinkedHashMap<>();
    private int directories;

    private RandomKustomization(long seed) {
        random = new Random(seed);
        objects = new RandomObjects(random);
    }

    /** The files; the kustomization in {@code start} is to be built. */
    static Map<String, String> files(long seed) {
        var made = new RandomKustomization(seed);
        made.kustomization("start", 0, false);
        return made.files;
    }

    private void kustomization(String directory, int level, boolean component) {
        var text = new StringBuilder();
        if (component) {
            text.append("apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n");
        }
        addOperands(text, directory, level);
        addGenerators(text, directory);
        addNames(text);
        addMetadata(text);
        addPatches(text, directory);
        addWorkloads(text);
        addReplacements(text);
        new RandomPlugins(random, objects).add(text);
        if (level == 0 && chance(15)) {
            text.append("buildMetadata: [")
                    .append(pick(
                            "originAnnotations",
                            "transformerAnnotations",
                            "originAnnotations, transformerAnnotations",
                            "managedByLabel"))
                    .append("]\n");
        }
        if (level == 0 && chance(30)) {
            text.append("sortOptions: {order: ").append(pick("fifo", "legacy")).append("}\n");
        }
        files.put(directory + "/kustomization.yaml", text.toString());
    }

    private void addOperands(StringBuilder text, String directory, int level) {
        var resources = new ArrayList<String>();
        if (level < MAX_LEVELS) {
            for (int i = level == 0 ? 1 : 0; i < random.nextInt(3); i++) {
                resources.add("../" + child(level, false));
            }
        }
        for (int i = 0; i < random.nextInt(level == 0 ? 2 : 3); i++) {
            String file = "objects" + i + ".yaml";
            files.put(directory + "/" + file, objects.documents(1 + random.nextInt(4)));
            resources.add(file);
        }
        text.append("resources: ").append(resources).append('\n');
        if (level < MAX_LEVELS && chance(25)) {
            text.append("components: [../").append(child(level, true)).append("]\n");
        }
    }

    private String child(int level, boolean component) {
        String directory = "k" + directories++;
        kustomization(directory, level + 1, component);
        return directory;
    }

    private void addGenerators(StringBuilder text, String directory) {
        if (chance(10)) {
            text.append("generatorOptions: {labels: {gen: all}, disableNameSuffixHash: ")
                    .append(random.nextBoolean())
                    .append("}\n");
        }
        for (String field : List.of("configMapGenerator", "secretGenerator")) {
            if (chance(40)) {
                text.append(field).append(":\n");
                for (int i = 0; i <= random.nextInt(2); i++) {
                    generator(text, directory);
                }
            }
        }
    }

    private void generator(StringBuilder text, String directory) {
        text.append("- name: ").append(objects.name()).append('\n');
        if (chance(8)) {
            text.append("  behavior: ")
                    .append(pick("merge", "replace", "create"))
                    .append('\n');
        }
        if (chance(15)) {
            text.append("  namespace: ").append(objects.namespace()).append('\n');
        }
        text.append("  literals: [")
                .append(pick("k=v", "k=v2, l=1", "m='q'", ""))
                .append("]\n");
        if (chance(30)) {
            files.put(directory + "/data.txt", pick("one\ntwo\n", "no end", "", "tab\tand  blanks \n"));
            text.append("  files: [data.txt]\n");
        }
        if (chance(15)) {
            text.append("  options: {")
                    .append(pick(
                            "disableNameSuffixHash: true",
                            "immutable: true",
                            "labels: {own: label}",
                            "annotations: {note: own}"))
                    .append("}\n");
        }
    }

    private void addNames(StringBuilder text) {
        maybe(text, 30, "namePrefix", () -> pick("p-", "q-", "r-"));
        maybe(text, 20, "nameSuffix", () -> pick("-s", "-t"));
        maybe(text, 25, "namespace", objects::namespace);
    }

    private void addMetadata(StringBuilder text) {
        maybe(text, 20, "commonLabels", () -> "{app: " + pick("one", "two") + ", own: x}");
        maybe(text, 20, "commonAnnotations", () -> "{note: " + pick("one", "two") + "}");
        if (chance(30)) {
            text.append("labels:\n- pairs: {")
                    .append(pick("app", "tier"))
                    .append(": ")
                    .append(pick("three", "four"))
                    .append("}\n");
            text.append(pick("", "  includeSelectors: true\n", "  includeTemplates: true\n"));
            if (chance(20)) {
                text.append("  fields: [{path: ")
                        .append(pick("spec/labels", "spec/template/metadata/labels", "data"))
                        .append(", create: ")
                        .append(random.nextBoolean())
                        .append("}]\n");
            }
        }
    }

    private void addPatches(StringBuilder text, String directory) {
        if (chance(40)) {
            text.append("patches:\n");
            for (int i = 0; i <= random.nextInt(3); i++) {
                patch(text);
            }
        }
        if (chance(3)) {
            files.put(directory + "/legacy.yaml", objects.patch());
            text.append("patchesStrategicMerge: [legacy.yaml]\n");
        }
        if (chance(8)) {
            text.append("patchesJson6902:\n- target: {version: v1, kind: ")
                    .append(pick("ConfigMap", "Service"))
                    .append(", name: ")
                    .append(objects.name())
                    .append("}\n  patch: |\n")
                    .append(indented(objects.operations()));
        }
    }

    private void patch(StringBuilder text) {
        boolean json = chance(40);
        boolean targeted = json || chance(85);
        text.append("- patch: |\n").append(indented(json ? objects.operations() : objects.patch()));
        if (targeted) {
            text.append("  target: {")
                    .append(pick(
                            "kind: Deployment",
                            "kind: ConfigMap",
                            "name: " + objects.name(),
                            "kind: '.*Set'",
                            "labelSelector: app=one",
                            "namespace: " + objects.namespace(),
                            "kind: Service, name: 'a|b.*'",
                            "annotationSelector: note",
                            "group: apps"))
                    .append("}\n");
        }
        if (!json && chance(20)) {
            text.append("  options: {")
                    .append(pick("allowNameChange: true", "allowKindChange: true"))
                    .append("}\n");
        }
    }

    private void addWorkloads(StringBuilder text) {
        maybe(
                text,
                25,
                "images",
                () -> "[{name: " + pick("nginx", "redis", "n.*") + ", "
                        + pick("newTag: '2'", "newName: mirror/x", "digest: 'sha256:aa'", "tagSuffix: -z") + "}]");
        maybe(text, 4, "replicas", () -> "[{name: " + objects.name() + ", count: 3}]");
    }

    private void addReplacements(StringBuilder text) {
        if (chance(12)) {
            text.append("replacements:\n- source: {kind: ")
                    .append(pick("ConfigMap", "Service", "ServiceAccount"))
                    .append(pick("", ", name: " + objects.name()))
                    .append(pick("", ", fieldPath: data.k"))
                    .append("}\n  targets:\n  - select: {")
                    .append(pick(
                            "kind: Deployment",
                            "name: " + objects.name(),
                            "kind: Thing, name: 'a|b.*'",
                            "namespace: one"))
                    .append("}\n    fieldPaths: [")
                    .append(pick(
                            "metadata.annotations.made",
                            "metadata.labels.app",
                            "spec.map.a",
                            "'spec.list.[=a]'",
                            "'spec.template.spec.containers.*.image'",
                            "'spec.template.spec.containers.[name=main].new'"))
                    .append("]\n    options: {")
                    .append(pick("create: true", "", "delimiter: ':', index: 1"))
                    .append("}\n");
        }
    }

    private void maybe(StringBuilder text, int percent, String field, Supplier<String> value) {
        if (chance(percent)) {
            text.append(field).append(": ").append(value.get()).append('\n');
        }
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String indented(String text) {
        return text.lines().map(line -> "    " + line + "\n").reduce("", String::concat);
    }
}
