package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.generate.ConfigMapGenerator;
import io.gitopstoolkit.kustomize.internal.generate.IamPolicyGenerator;
import io.gitopstoolkit.kustomize.internal.generate.SecretGenerator;
import io.gitopstoolkit.kustomize.internal.patch.StrategicMerge;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.transform.AnnotationsTransformer;
import io.gitopstoolkit.kustomize.internal.transform.HashTransformer;
import io.gitopstoolkit.kustomize.internal.transform.ImageTagTransformer;
import io.gitopstoolkit.kustomize.internal.transform.ImageTagTransformer.Image;
import io.gitopstoolkit.kustomize.internal.transform.LabelTransformer;
import io.gitopstoolkit.kustomize.internal.transform.NamespaceTransformer;
import io.gitopstoolkit.kustomize.internal.transform.NamespaceTransformer.Subjects;
import io.gitopstoolkit.kustomize.internal.transform.PatchJson6902Transformer;
import io.gitopstoolkit.kustomize.internal.transform.PatchStrategicMergeTransformer;
import io.gitopstoolkit.kustomize.internal.transform.PatchTransformer;
import io.gitopstoolkit.kustomize.internal.transform.PrefixTransformer;
import io.gitopstoolkit.kustomize.internal.transform.ReplicaCountTransformer;
import io.gitopstoolkit.kustomize.internal.transform.SuffixTransformer;
import io.gitopstoolkit.kustomize.internal.transform.Transformer;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import java.util.List;
import java.util.Set;

/** Makes the plugins that objects of {@code apiVersion: builtin} configure. */
final class BuiltinPlugins {
    private static final String FIELD_SPECS = "fieldSpecs";
    private static final Set<String> GENERATORS =
            Set.of("ConfigMapGenerator", "IAMPolicyGenerator", "SecretGenerator", "HelmChartInflationGenerator");
    private static final Set<String> TRANSFORMERS = Set.of(
            "AnnotationsTransformer",
            "HashTransformer",
            "ImageTagTransformer",
            "LabelTransformer",
            "NamespaceTransformer",
            "PatchJson6902Transformer",
            "PatchStrategicMergeTransformer",
            "PatchTransformer",
            "PrefixSuffixTransformer",
            "PrefixTransformer",
            "SuffixTransformer",
            "ReplacementTransformer",
            "ReplicaCountTransformer",
            "ValueAddTransformer");

    private final Site site;
    private final Build build;
    private final Directory directory;
    private final Resource config;
    private final String name;

    /** The plugin of a configuration, which reads its files from the directory of the kustomization. */
    BuiltinPlugins(Site site, Resource config) {
        this.site = site;
        this.build = site.build();
        this.directory = site.directory();
        this.config = config;
        this.name = config.kind() + " '" + config.name() + "'";
    }

    static boolean isBuiltin(Resource config) {
        return config.apiVersion().equals("builtin");
    }

    /**
     * The resources that the plugin generates.
     *
     * @throws KustomizeException if it is no generator, or its configuration does not make sense
     */
    List<Resource> generate() {
        String kind = config.kind();
        if (!GENERATORS.contains(kind)) {
            throw unfit(TRANSFORMERS.contains(kind), "a generator");
        }
        return switch (kind) {
            case "ConfigMapGenerator" ->
                List.of(new ConfigMapGenerator(GeneratorFields.plugin(fields(GeneratorFields.PLUGIN)))
                        .generate(directory::read, build.scopes()));
            case "SecretGenerator" ->
                List.of(new SecretGenerator(GeneratorFields.plugin(fields(GeneratorFields.PLUGIN)))
                        .generate(directory::read, build.scopes()));
            case "IAMPolicyGenerator" -> {
                Fields fields = fields("cloud", "kubernetesService", "serviceAccount");
                var generator = new IamPolicyGenerator(IamPolicyFields.read(fields.exact()));
                yield List.of(new Resource(
                        build.yaml().readResources(generator.text(), name).get(0), build.scopes()));
            }
            default ->
                new HelmCharts(site, "")
                        .generate(HelmFields.plugin(fields(HelmFields.plugin()).exact()));
        };
    }

    /**
     * The plugin as a transformer.
     *
     * @throws KustomizeException if it is none, or its configuration does not make sense
     */
    Transformer transformer() {
        return switch (config.kind()) {
            case "AnnotationsTransformer" -> {
                Fields fields = fields("annotations", FIELD_SPECS);
                yield new AnnotationsTransformer(fields.textMap("annotations"), specs(fields));
            }
            case "LabelTransformer" -> {
                Fields fields = fields("labels", FIELD_SPECS);
                yield new LabelTransformer(fields.textMap("labels"), specs(fields));
            }
            case "HashTransformer" -> new HashTransformer();
            case "ImageTagTransformer" -> imageTag();
            case "NamespaceTransformer" -> namespace();
            case "PrefixTransformer" -> prefix();
            case "SuffixTransformer" -> suffix();
            case "PrefixSuffixTransformer" -> {
                Transformer prefix = prefix();
                Transformer suffix = suffix();
                yield resources -> {
                    prefix.transform(resources);
                    suffix.transform(resources);
                };
            }
            case "ReplicaCountTransformer" -> replicaCount();
            case "ReplacementTransformer" ->
                ReplacementFields.transformer(
                        fields("replacements")
                                .exact()
                                .objects("replacements", ReplacementFields.ENTRY, ReplacementFields::entry),
                        site);
            case "ValueAddTransformer" -> ValueAddFields.transformer(fields(ValueAddFields.KNOWN), site);
            default -> patch();
        };
    }

    private Transformer patch() {
        var source = new Patches(build, directory, name);
        var merge = new StrategicMerge(build.schema()::current);
        return switch (config.kind()) {
            case "PatchTransformer" -> {
                var patch = new PatchArgs(fields(PatchArgs.KNOWN));
                yield new PatchTransformer(patch.args(), source, merge);
            }
            case "PatchStrategicMergeTransformer" -> {
                Fields fields = fields("paths", "patches");
                yield PatchStrategicMergeTransformer.of(fields.texts("paths"), fields.text("patches"), source, merge);
            }
            case "PatchJson6902Transformer" -> {
                Fields fields = fields("target", "path", "jsonOp");
                yield new PatchJson6902Transformer(
                        fields.object("target", PatchArgs.SELECTOR, PatchArgs::selector),
                        fields.text("path"),
                        fields.text("jsonOp"),
                        source);
            }
            default -> throw unfit(GENERATORS.contains(config.kind()), "a transformer");
        };
    }

    private Transformer imageTag() {
        Fields fields = fields("imageTag", FIELD_SPECS);
        Image image = fields.object("imageTag", Kustomization.IMAGE, Kustomization::image);
        return new ImageTagTransformer(image == null ? new Image("", "", "", "", "") : image, specs(fields));
    }

    private Transformer namespace() {
        Fields fields = fields("metadata", FIELD_SPECS, "unsetOnly", "setRoleBindingSubjects");
        String namespace = GeneratorFields.metadata(fields, "namespace");
        String mode = fields.text("setRoleBindingSubjects");
        Subjects subjects = switch (mode) {
            case "", "defaultOnly" -> Subjects.DEFAULT_ONLY;
            case "allServiceAccounts" -> Subjects.ALL_SERVICE_ACCOUNTS;
            case "none" -> Subjects.NONE;
            default ->
                throw new KustomizeException(
                        INVALID_KUSTOMIZATION,
                        name + ": invalid value \"" + mode
                                + "\" for setRoleBindingSubjects: must be one of \"defaultOnly\", \"none\" or"
                                + " \"allServiceAccounts\"");
        };
        boolean unsetOnly = fields.flag("unsetOnly");
        List<FieldSpec> specs = specs(fields);
        return namespace.isEmpty() ? resources -> {} : new NamespaceTransformer(namespace, specs, subjects, unsetOnly);
    }

    private Transformer prefix() {
        Fields fields = fields("prefix", FIELD_SPECS);
        return new PrefixTransformer(fields.text("prefix"), requiredSpecs(fields));
    }

    private Transformer suffix() {
        Fields fields = fields("suffix", FIELD_SPECS);
        return new SuffixTransformer(fields.text("suffix"), requiredSpecs(fields));
    }

    private Transformer replicaCount() {
        Fields fields = fields("replica", FIELD_SPECS);
        Kustomization.ReplicaArgs replica =
                fields.object("replica", Kustomization.REPLICA, Kustomization.ReplicaArgs::new);
        return replica == null
                ? new ReplicaCountTransformer("", 0, specs(fields))
                : new ReplicaCountTransformer(replica.name(), replica.count(), specs(fields));
    }

    private List<FieldSpec> requiredSpecs(Fields fields) {
        if (!fields.has(FIELD_SPECS)) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, name + ": fieldSpecs is not expected to be nil");
        }
        return specs(fields);
    }

    private static List<FieldSpec> specs(Fields fields) {
        return fields.objects(FIELD_SPECS, ConfigurationFields.FIELD_SPEC, ConfigurationFields::fieldSpec);
    }

    private Fields fields(String... known) {
        return fields(Set.of(known));
    }

    /** The configuration as kustomize hands it to the plugin: written, and read again as configuration. */
    private Fields fields(Set<String> known) {
        String text = YamlWriter.write(List.of(config.root()));
        Node document = build.yaml().readOne(text, name, Dialect.CONFIGURATION);
        return Fields.lenient(document == null ? new MapNode() : document, name, known);
    }

    private KustomizeException unfit(boolean known, String wanted) {
        return new KustomizeException(
                INVALID_KUSTOMIZATION,
                known
                        ? "plugin " + config + " not " + wanted
                        : "unable to load builtin " + config.gvk() + "; there is no such plugin");
    }
}
