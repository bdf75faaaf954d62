package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.RandomFields.json;
import static io.gitopstoolkit.kustomize.RandomFields.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random tree of kustomizations that uses every field, with objects of many kinds and few names, so that they meet.
 * The same seed makes the same files.
 */
final class RandomBuild {
    private final RandomFields random;
    private final RandomKinds kinds;
    private final RandomPatches patches;
    private final RandomBuiltins plugins;
    private final Map<String, String> files = new LinkedHashMap<>();
    private int directories;

    private RandomBuild(long seed) {
        random = new RandomFields(new Random(seed));
        kinds = new RandomKinds(random);
        patches = new RandomPatches(random, kinds);
        plugins = new RandomBuiltins(random, kinds, patches);
    }

    /** The files; the kustomization in {@code start} is to be built. */
    static Map<String, String> files(long seed) {
        var made = new RandomBuild(seed);
        made.kustomization("start", 0, false);
        return made.files;
    }

    private void kustomization(String directory, int level, boolean component) {
        List<Map<String, Object>> outer = kinds.enter();
        Map<String, Object> content =
                component ? map("apiVersion", "kustomize.config.k8s.io/v1alpha1", "kind", "Component") : map();
        addOperands(content, directory, level);
        int fields = level == 0 ? 4 : 2;
        for (int i = 0; i < fields; i++) {
            addField(content, directory);
        }
        if (level == 0) {
            random.maybe(
                    content,
                    15,
                    "buildMetadata",
                    () -> random.few(
                            2, () -> random.pick("originAnnotations", "transformerAnnotations", "managedByLabel")));
            random.maybe(
                    content,
                    20,
                    "sortOptions",
                    () -> random.pick(
                            map("order", "fifo"),
                            map("order", "legacy"),
                            map(
                                    "order",
                                    "legacy",
                                    "legacySortOptions",
                                    map("orderFirst", List.of("Service"), "orderLast", List.of("ConfigMap")))));
        }
        kinds.leave(outer);
        var text = new StringBuilder();
        content.forEach((field, value) ->
                text.append(field).append(": ").append(json(value)).append('\n'));
        files.put(directory + "/kustomization.yaml", text.toString());
    }

    private void addOperands(Map<String, Object> content, String directory, int level) {
        List<String> resources = new ArrayList<>();
        if (level < 2) {
            int bases = level == 0 ? random.below(3) : random.below(2);
            for (int i = 0; i < bases; i++) {
                resources.add("../" + child(level, false));
            }
        }
        int objects = random.below(level == 0 ? 3 : 5) + (level == 0 ? 0 : 1);
        for (int i = 0; i < objects; i++) {
            String file = "o" + i + ".yaml";
            var documents = new StringBuilder();
            random.few(2, kinds::object)
                    .forEach(object ->
                            documents.append("---\n").append(json(object)).append('\n'));
            files.put(directory + "/" + file, documents.toString());
            resources.add(file);
        }
        content.put("resources", resources);
        if (level < 2 && random.chance(15)) {
            content.put("components", List.of("../" + child(level, true)));
        }
    }

    private String child(int level, boolean component) {
        String directory = "k" + directories++;
        kustomization(directory, level + 1, component);
        return directory;
    }

    private void addField(Map<String, Object> content, String directory) {
        int field = random.below(24);
        boolean needsObject = (field > 7 && field < 12) || field == 18 || field == 19;
        if ((needsObject && !kinds.knows("")) || (field == 13 && !kinds.knows("Deployment"))) {
            return;
        }
        switch (field) {
            case 0 -> content.put("namePrefix", random.pick("d-", "p-"));
            case 1 -> content.put("nameSuffix", random.pick("-s", "-t"));
            case 2, 3 -> content.put("namespace", kinds.namespace());
            case 4 -> content.put("commonLabels", map("app", "common"));
            case 5, 6 -> content.put("labels", random.few(2, this::labels));
            case 7 -> content.put("commonAnnotations", map("note", kinds.text()));
            case 8, 9, 10 -> content.put("patches", random.few(3, this::patch));
            case 11 -> {
                files.put(directory + "/merge.yaml", json(patches.merge()) + "\n");
                content.put("patchesStrategicMerge", List.of("merge.yaml"));
            }
            case 12 -> content.put("images", random.few(2, this::image));
            case 13 ->
                content.put("replicas", List.of(map("name", kinds.knownName("Deployment"), "count", random.below(5))));
            case 14, 15 ->
                content.put(
                        random.pick("configMapGenerator", "secretGenerator"),
                        random.few(3, () -> generator(directory)));
            case 16 ->
                content.put(
                        "generatorOptions",
                        random.pick(
                                map("disableNameSuffixHash", true), map("labels", map("g", "h"), "immutable", true)));
            case 17 -> content.put("vars", List.of(variable("V1"), variable("V2")));
            case 18, 19 -> content.put("replacements", random.few(2, this::replacement));
            case 20 -> {
                files.put(directory + "/config.yaml", json(configuration()) + "\n");
                content.put("configurations", List.of("config.yaml"));
            }
            case 21 -> addPlugins(content, directory, "transformers", plugins.transformer());
            case 22 -> addPlugins(content, directory, "generators", plugins.generator());
            default -> {
                files.put(directory + "/schema.json", json(RandomBuiltins.schema()));
                content.put("openapi", map("path", "schema.json"));
            }
        }
    }

    private void addPlugins(Map<String, Object> content, String directory, String field, Map<String, Object> plugin) {
        if (random.chance(50)) {
            content.put(field, List.of(json(plugin)));
        } else {
            files.put(directory + "/" + field + ".yaml", json(plugin) + "\n");
            content.put(field, List.of(field + ".yaml"));
        }
    }

    private Map<String, Object> labels() {
        Map<String, Object> labels = map("pairs", map(random.pick("app", "tier"), random.pick("v", "1", "true")));
        random.maybe(labels, 30, "includeSelectors", () -> true);
        random.maybe(labels, 30, "includeTemplates", () -> random.chance(70));
        random.maybe(
                labels,
                20,
                "fields",
                () -> List.of(map(
                        "path",
                        random.pick("spec/map", "spec/template/metadata/labels", "spec/new/labels"),
                        "create",
                        random.chance(50),
                        "kind",
                        random.pick("Thing", "Deployment", ""))));
        return labels;
    }

    private Map<String, Object> patch() {
        boolean operations = random.chance(35);
        Map<String, Object> patch = map("patch", operations ? patches.operations() : json(patches.merge()));
        random.maybe(patch, operations ? 95 : 60, "target", this::selector);
        random.maybe(patch, 20, "options", () -> map(random.pick("allowNameChange", "allowKindChange"), true));
        return patch;
    }

    private Map<String, Object> selector() {
        Map<String, Object> selector = map();
        random.maybe(
                selector,
                60,
                "kind",
                () -> random.pick(
                        "Deployment", "ConfigMap", "Service", "Thing", ".*Set", "Deployment|Thing", "StatefulSet"));
        random.maybe(selector, 30, "name", () -> random.pick(kinds.name(), ".*", "a|b", "web.*", "d-.*"));
        random.maybe(selector, 15, "namespace", () -> random.pick(kinds.namespace(), "one|two", "def.*"));
        random.maybe(selector, 10, "labelSelector", () -> random.pick("app=x", "app in (x,y)", "!tier", "app!=x"));
        random.maybe(selector, 10, "annotationSelector", () -> random.pick("note", "note=x"));
        random.maybe(selector, 10, "group", () -> random.pick("apps", "example.org", ".*"));
        random.maybe(selector, 10, "version", () -> random.pick("v1", "v.*"));
        return selector;
    }

    private Map<String, Object> image() {
        Map<String, Object> image =
                map("name", random.pick("nginx", "redis", "docker.io/nginx", "example.org:5000/a/nginx", ".*"));
        random.maybe(image, 40, "newName", () -> random.pick("mirror/nginx", "m:5000/x"));
        random.maybe(image, 50, "newTag", () -> random.pick("2", "v3"));
        random.maybe(image, 15, "digest", () -> "sha256:cc");
        random.maybe(image, 15, "tagSuffix", () -> "-slim");
        return image;
    }

    private Map<String, Object> generator(String directory) {
        Map<String, Object> generator = map("name", kinds.name());
        random.maybe(
                generator,
                60,
                "literals",
                () -> random.choose(3, "k=v", "l='q'", "m=\"d\"", "n=a=b", "o= sp ", "p=", "q=$(V1)"));
        random.maybe(generator, 25, "files", () -> {
            files.put(
                    directory + "/f.txt",
                    random.pick("one\n", "two lines\nhere\n", "no end", "", "tab\there", "\u00e9\n"));
            return random.some(2, () -> random.pick("f.txt", "key=f.txt"));
        });
        random.maybe(generator, 20, "envs", () -> {
            files.put(
                    directory + "/e.env",
                    random.pick("A=1\nB=two words\n", "# note\nC='q'\n\nD\n", "E=x\r\nF=y\r\n", "  G = h \n"));
            return List.of("e.env");
        });
        random.maybe(generator, 8, "behavior", () -> random.pick("merge", "replace", "create"));
        random.maybe(generator, 15, "namespace", kinds::namespace);
        random.maybe(generator, 1, "type", () -> random.pick("Opaque", "kubernetes.io/tls"));
        random.maybe(
                generator,
                20,
                "options",
                () -> random.pick(
                        map("disableNameSuffixHash", true),
                        map("annotations", map("o", "p")),
                        map("labels", map("app", "g")),
                        map("immutable", true)));
        return generator;
    }

    private Map<String, Object> variable(String name) {
        Map<String, Object> variable =
                map("name", name, "objref", kinds.known(random.pick("Service", "ConfigMap", "Deployment", "")));
        random.maybe(
                variable,
                50,
                "fieldref",
                () -> map(
                        "fieldpath",
                        random.pick(
                                "metadata.name",
                                "metadata.namespace",
                                "data.k",
                                "spec.replicas",
                                "spec.ports[0].port",
                                "spec.template.spec.containers[0].image")));
        return variable;
    }

    private Map<String, Object> replacement() {
        Map<String, Object> source = kinds.known(kinds.knows("ConfigMap") ? "ConfigMap" : "");
        source.remove("apiVersion");
        if (random.chance(10)) {
            source.remove("name");
        }
        random.maybe(
                source,
                60,
                "fieldPath",
                () -> random.pick(
                        "metadata.name",
                        "data.k",
                        "spec.replicas",
                        "spec.template.spec.containers.0.image",
                        "spec.template.spec.containers.[name=main].image",
                        "spec.list",
                        "spec.map",
                        "spec.ports.0.port",
                        "metadata.labels"));
        random.maybe(
                source, 20, "options", () -> map("delimiter", random.pick(":", ".", "/"), "index", random.below(3)));
        Map<String, Object> replacement = map("source", source);
        replacement.put("targets", random.few(2, () -> {
            Map<String, Object> target = map("select", selector());
            random.maybe(target, 20, "reject", () -> random.few(2, this::selector));
            random.maybe(
                    target,
                    92,
                    "fieldPaths",
                    () -> random.few(
                            2,
                            () -> random.pick(
                                    "metadata.name",
                                    "metadata.annotations.made",
                                    "metadata.labels.app",
                                    "spec.map.a",
                                    "spec.list.*",
                                    "spec.list.0",
                                    "spec.list.[=x]",
                                    "spec.list.-",
                                    "spec.template.spec.containers.*.image",
                                    "spec.template.spec.containers.[name=main].image",
                                    "spec.template.spec.containers.[name=main].env.[name=A].value",
                                    "spec.items.[name=m].value",
                                    "spec.new.deep",
                                    "data.k",
                                    "metadata.annotations.[example.org/x]",
                                    "spec.json.a.b",
                                    "spec.yaml.a.b",
                                    "spec.containers.0.name")));
            random.maybe(
                    target,
                    50,
                    "options",
                    () -> random.pick(
                            map("create", true),
                            map("delimiter", random.pick(":", "-", "."), "index", random.below(3)),
                            map("delimiter", ":", "index", -1),
                            map("create", true, "delimiter", "/")));
            return target;
        }));
        return replacement;
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = map();
        random.maybe(
                configuration,
                40,
                "nameReference",
                () -> List.of(map(
                        "kind",
                        random.pick("ConfigMap", "Thing"),
                        "fieldSpecs",
                        List.of(map(
                                "kind",
                                "Thing",
                                "path",
                                random.pick("spec/ref/name", "spec/items/value", "spec/list"))))));
        random.maybe(
                configuration,
                30,
                "varReference",
                () -> List.of(map(
                        "path",
                        random.pick("spec/list", "spec/map/a", "data", "metadata/annotations"),
                        "kind",
                        random.pick("Thing", "ConfigMap"))));
        random.maybe(
                configuration,
                30,
                "images",
                () -> List.of(map("path", random.pick("spec/map/a", "spec/containers/image"), "kind", "Thing")));
        random.maybe(
                configuration,
                25,
                "namePrefix",
                () -> List.of(map("path", "metadata/name", "kind", random.pick("Thing", "ConfigMap"))));
        random.maybe(
                configuration,
                20,
                "commonLabels",
                () -> List.of(map(
                        "path",
                        random.pick("spec/map", "spec/selector/matchLabels"),
                        "create",
                        random.chance(50),
                        "kind",
                        random.pick("Thing", "Deployment"))));
        random.maybe(
                configuration,
                20,
                "namespace",
                () -> List.of(
                        map("path", random.pick("spec/ns", "metadata/namespace"), "create", true, "kind", "Thing")));
        random.maybe(
                configuration,
                20,
                "replicas",
                () -> List.of(map("path", "spec/count", "create", true, "kind", "Thing")));
        return configuration;
    }
}
