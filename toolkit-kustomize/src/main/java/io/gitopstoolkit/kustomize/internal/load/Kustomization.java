package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.generate.GeneratorArgs;
import io.gitopstoolkit.kustomize.internal.generate.GeneratorOptions;
import io.gitopstoolkit.kustomize.internal.order.SortOptions;
import io.gitopstoolkit.kustomize.internal.transform.ImageTagTransformer.Image;
import io.gitopstoolkit.kustomize.internal.transform.Variable;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A kustomization file, its older names mapped onto those of today. */
final class Kustomization {
    private static final String KIND = "Kustomization";
    private static final String COMPONENT = "Component";

    static final Set<String> IMAGE = Set.of("name", "newName", "newTag", "tagSuffix", "digest");
    static final Set<String> REPLICA = Set.of("name", "count");

    static final Set<String> KNOWN = Set.of(
            "kind",
            "apiVersion",
            "metadata",
            "openapi",
            "namePrefix",
            "nameSuffix",
            "namespace",
            "commonLabels",
            "labels",
            "commonAnnotations",
            "patchesStrategicMerge",
            "patchesJson6902",
            "patches",
            "images",
            "imageTags",
            "replacements",
            "replicas",
            "vars",
            "sortOptions",
            "resources",
            "components",
            "crds",
            "bases",
            "configMapGenerator",
            "secretGenerator",
            "helmGlobals",
            "helmCharts",
            "helmChartInflationGenerator",
            "generatorOptions",
            "configurations",
            "generators",
            "transformers",
            "validators",
            "buildMetadata");

    private static final List<Deprecation> DEPRECATED = List.of(
            new Deprecation("bases", "resources"),
            new Deprecation("commonLabels", "labels"),
            new Deprecation("imageTags", "images"),
            new Deprecation("patchesJson6902", "patches"),
            new Deprecation("patchesStrategicMerge", "patches"),
            new Deprecation("vars", "replacements"));

    final boolean isComponent;
    final List<String> warnings;
    final List<String> resources;
    final List<String> components;
    final List<String> configurations;
    final String namespace;
    final String namePrefix;
    final String nameSuffix;
    final List<LabelArgs> labels;
    final SortedMap<String, String> commonLabels;
    final SortedMap<String, String> commonAnnotations;
    final List<Image> images;
    final List<ReplicaArgs> replicas;
    final List<PatchArgs> patches;
    final List<String> patchesStrategicMerge;
    final List<PatchArgs> patchesJson6902;
    final List<GeneratorArgs> configMaps;
    final List<GeneratorArgs> secrets;
    final List<ReplacementFields.Entry> replacements;
    final List<Variable> variables;
    final @Nullable SortOptions sortOptions;
    final SortedMap<String, String> openApi;
    final List<String> definitions;
    final List<HelmFields.Args> charts;
    final List<String> generators;
    final List<String> transformers;
    final List<String> validators;
    final List<String> buildMetadata;

    private Kustomization(Fields fields) {
        isComponent = isComponent(fields);
        warnings = warnings(fields);
        fields.object("metadata", Set.of("name", "namespace", "labels", "annotations"), Kustomization::checkMetadata);
        var allResources = new ArrayList<>(fields.texts("resources"));
        allResources.addAll(fields.texts("bases"));
        resources = List.copyOf(allResources);
        components = fields.texts("components");
        configurations = fields.texts("configurations");
        namespace = fields.text("namespace");
        namePrefix = fields.text("namePrefix");
        nameSuffix = fields.text("nameSuffix");
        labels = fields.objects("labels", LabelArgs.KNOWN, LabelArgs::new);
        commonLabels = fields.textMap("commonLabels");
        commonAnnotations = fields.textMap("commonAnnotations");
        var allImages = new ArrayList<>(images(fields, "images"));
        allImages.addAll(images(fields, "imageTags"));
        images = List.copyOf(allImages);
        replicas = fields.objects("replicas", REPLICA, ReplicaArgs::new);
        patches = fields.objects("patches", PatchArgs.KNOWN, PatchArgs::new);
        patchesStrategicMerge = fields.texts("patchesStrategicMerge");
        patchesJson6902 = fields.objects("patchesJson6902", PatchArgs.KNOWN, PatchArgs::new);
        GeneratorOptions options = GeneratorFields.options(fields, "generatorOptions");
        configMaps = fields.objects(
                "configMapGenerator", GeneratorFields.CONFIG_MAP, entry -> GeneratorFields.args(entry, options));
        secrets = fields.objects(
                "secretGenerator", GeneratorFields.SECRET, entry -> GeneratorFields.args(entry, options));
        replacements = fields.objects("replacements", ReplacementFields.ENTRY, ReplacementFields::entry);
        variables = fields.objects("vars", VariableFields.KNOWN, VariableFields::read);
        sortOptions = fields.object("sortOptions", SortFields.KNOWN, SortFields::read);
        openApi = fields.textMap("openapi");
        definitions = fields.texts("crds");
        charts = HelmFields.charts(fields);
        generators = fields.texts("generators");
        transformers = fields.texts("transformers");
        validators = fields.texts("validators");
        buildMetadata = fields.texts("buildMetadata");
    }

    private record Deprecation(String field, String instead) {}

    /**
     * Reads a kustomization file.
     *
     * @throws KustomizeException if it has a field that kustomize does not know, or one that is not supported yet
     */
    static Kustomization of(@Nullable Node file) {
        return of(Fields.of(file == null || file.isNull() ? new MapNode() : file, "", KNOWN));
    }

    /**
     * Reads a kustomization file, passing over fields that kustomize does not know, as Flux does.
     *
     * @throws KustomizeException if a field is of another type than it must be, or is not supported yet
     */
    static Kustomization lenient(MapNode file) {
        return of(Fields.lenient(file, "", KNOWN));
    }

    private static Kustomization of(Fields fields) {
        if (isEmpty(fields)) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION, "the file is empty; say what to build, such as resources");
        }
        return new Kustomization(fields);
    }

    /** A list counts when it is there, even without items; for what is mapped onto another, only its items do. */
    private static boolean isEmpty(Fields fields) {
        for (String name : fields.names()) {
            Node value = fields.get(name);
            boolean counts = switch (name) {
                case "kind", "apiVersion" -> false;
                case "bases", "imageTags", "helmChartInflationGenerator" ->
                    !(value instanceof ListNode list) || !list.isEmpty();
                default ->
                    !(value instanceof ScalarNode scalar) || !scalar.text().isEmpty();
            };
            if (counts) {
                return false;
            }
        }
        return true;
    }

    private static boolean isComponent(Fields fields) {
        String kind = fields.text("kind");
        if (!kind.isEmpty() && !kind.equals(KIND) && !kind.equals(COMPONENT)) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION, "kind should be " + KIND + " or " + COMPONENT + ", not '" + kind + "'");
        }
        boolean component = kind.equals(COMPONENT);
        String required = "kustomize.config.k8s.io/" + (component ? "v1alpha1" : "v1beta1");
        String apiVersion = fields.text("apiVersion");
        if (!apiVersion.isEmpty() && !apiVersion.equals(required)) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    "apiVersion for " + (component ? COMPONENT : KIND) + " should be " + required + ", not '"
                            + apiVersion + "'");
        }
        return component;
    }

    private static List<String> warnings(Fields fields) {
        return DEPRECATED.stream()
                .filter(deprecation -> fields.has(deprecation.field))
                .map(deprecation ->
                        "'" + deprecation.field + "' is deprecated. Please use '" + deprecation.instead + "' instead.")
                .toList();
    }

    private static boolean checkMetadata(Fields metadata) {
        metadata.text("name");
        metadata.text("namespace");
        metadata.textMap("labels");
        metadata.textMap("annotations");
        return true;
    }

    private static List<Image> images(Fields fields, String name) {
        return fields.objects(name, IMAGE, Kustomization::image);
    }

    static Image image(Fields image) {
        return new Image(
                image.text("name"),
                image.text("newName"),
                image.text("newTag"),
                image.text("tagSuffix"),
                image.text("digest"));
    }

    /**
     * How many replicas something is to have.
     *
     * @param name of what
     * @param count how many
     */
    record ReplicaArgs(String name, long count) {
        ReplicaArgs(Fields fields) {
            this(fields.text("name"), fields.whole("count"));
        }
    }
}
