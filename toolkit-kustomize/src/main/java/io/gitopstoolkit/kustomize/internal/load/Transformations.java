package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import io.gitopstoolkit.kustomize.internal.patch.Schema;
import io.gitopstoolkit.kustomize.internal.patch.StrategicMerge;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.transform.AnnotationsTransformer;
import io.gitopstoolkit.kustomize.internal.transform.ImageTagTransformer;
import io.gitopstoolkit.kustomize.internal.transform.LabelTransformer;
import io.gitopstoolkit.kustomize.internal.transform.NamespaceTransformer;
import io.gitopstoolkit.kustomize.internal.transform.PatchJson6902Transformer;
import io.gitopstoolkit.kustomize.internal.transform.PatchSource;
import io.gitopstoolkit.kustomize.internal.transform.PatchStrategicMergeTransformer;
import io.gitopstoolkit.kustomize.internal.transform.PatchTransformer;
import io.gitopstoolkit.kustomize.internal.transform.PrefixTransformer;
import io.gitopstoolkit.kustomize.internal.transform.Replacement;
import io.gitopstoolkit.kustomize.internal.transform.ReplacementTransformer;
import io.gitopstoolkit.kustomize.internal.transform.ReplicaCountTransformer;
import io.gitopstoolkit.kustomize.internal.transform.SuffixTransformer;
import io.gitopstoolkit.kustomize.internal.transform.Transformer;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The transformers that the fields of a kustomization ask for, in the order in which kustomize runs them. */
final class Transformations {
    private final Build build;
    private final Directory directory;
    private final String path;
    private final Kustomization kustomization;
    private final List<Step> steps = new ArrayList<>();

    Transformations(Build build, Directory directory, String path, Kustomization kustomization) {
        this.build = build;
        this.directory = directory;
        this.path = path;
        this.kustomization = kustomization;
    }

    private record Step(String field, String kind, Transformer transformer) {}

    /** Makes all transformers first, as kustomize does, then runs them; tells the name of each that has run. */
    void run(Accumulator accumulator, Consumer<String> done) {
        addPatches();
        addNames(accumulator.config());
        addMetadata(accumulator.config());
        addWorkloads(accumulator.config());
        addReplacements();
        for (Step step : steps) {
            build.check("build " + path);
            Target.located(path, step.field, () -> {
                step.transformer.transform(accumulator.resources());
                return true;
            });
            done.accept(step.kind);
            accumulator.resources().dropDeleted();
        }
    }

    private void addPatches() {
        var merge = new StrategicMerge(Schema.builtin());
        if (!kustomization.patchesStrategicMerge.isEmpty()) {
            add(
                    "patchesStrategicMerge",
                    "PatchStrategicMergeTransformer",
                    () -> new PatchStrategicMergeTransformer(
                            kustomization.patchesStrategicMerge, source("patchesStrategicMerge"), merge));
        }
        addEach("patches", "PatchTransformer", kustomization.patches.size(), i -> {
            PatchArgs patch = kustomization.patches.get(i);
            var args = new PatchTransformer.Args(
                    patch.path(), patch.patch(), patch.target(), patch.allowNameChange(), patch.allowKindChange());
            return new PatchTransformer(args, source("patches[" + i + "]"), merge);
        });
    }

    private void addNames(TransformerConfig config) {
        if (!kustomization.namespace.isEmpty()) {
            add(
                    "namespace",
                    "NamespaceTransformer",
                    () -> new NamespaceTransformer(kustomization.namespace, config.fields(Topic.NAMESPACE)));
        }
        if (!kustomization.namePrefix.isEmpty()) {
            add(
                    "namePrefix",
                    "PrefixTransformer",
                    () -> new PrefixTransformer(kustomization.namePrefix, config.fields(Topic.NAME_PREFIX)));
        }
        if (!kustomization.nameSuffix.isEmpty()) {
            add(
                    "nameSuffix",
                    "SuffixTransformer",
                    () -> new SuffixTransformer(kustomization.nameSuffix, config.fields(Topic.NAME_SUFFIX)));
        }
    }

    private void addMetadata(TransformerConfig config) {
        addEach("labels", "LabelTransformer", kustomization.labels.size(), i -> {
            LabelArgs labels = kustomization.labels.get(i);
            return new LabelTransformer(labels.pairs(), labels.targets(config));
        });
        if (!kustomization.labels.isEmpty() || !kustomization.commonLabels.isEmpty()) {
            add(
                    "commonLabels",
                    "LabelTransformer",
                    () -> new LabelTransformer(kustomization.commonLabels, config.fields(Topic.COMMON_LABELS)));
        }
        if (!kustomization.commonAnnotations.isEmpty()) {
            add(
                    "commonAnnotations",
                    "AnnotationsTransformer",
                    () -> new AnnotationsTransformer(
                            kustomization.commonAnnotations, config.fields(Topic.COMMON_ANNOTATIONS)));
        }
    }

    private void addWorkloads(TransformerConfig config) {
        addEach("patchesJson6902", "PatchJson6902Transformer", kustomization.patchesJson6902.size(), i -> {
            PatchArgs patch = kustomization.patchesJson6902.get(i);
            return new PatchJson6902Transformer(
                    patch.target(), patch.path(), patch.patch(), source("patchesJson6902[" + i + "]"));
        });
        addEach("replicas", "ReplicaCountTransformer", kustomization.replicas.size(), i -> {
            Kustomization.ReplicaArgs replica = kustomization.replicas.get(i);
            return new ReplicaCountTransformer(replica.name(), replica.count(), config.fields(Topic.REPLICAS));
        });
        addEach(
                "images",
                "ImageTagTransformer",
                kustomization.images.size(),
                i -> new ImageTagTransformer(kustomization.images.get(i), config.fields(Topic.IMAGES)));
    }

    private void addReplacements() {
        if (kustomization.replacements.isEmpty()) {
            return;
        }
        add("replacements", "ReplacementTransformer", () -> {
            var replacements = new ArrayList<Replacement>();
            for (ReplacementFields.Entry entry : kustomization.replacements) {
                String file = entry.path();
                if (file.isEmpty()) {
                    replacements.add(entry.replacement());
                } else {
                    String name = directory.pathOf(file);
                    replacements.addAll(ReplacementFields.file(
                            build.yaml().readOne(directory.read(file), name, Dialect.CONFIGURATION), name));
                }
            }
            return new ReplacementTransformer(replacements);
        });
    }

    private void addEach(String field, String kind, int size, IntFunction<Transformer> make) {
        for (int i = 0; i < size; i++) {
            int position = i;
            add(field + '[' + i + ']', kind, () -> make.apply(position));
        }
    }

    private void add(String field, String kind, Supplier<Transformer> make) {
        steps.add(new Step(field, kind, Target.located(path, field, make)));
    }

    private PatchSource source(String field) {
        String name = path + ": " + field;
        return new PatchSource() {
            @Override
            public List<Resource> resources(String text) {
                return new ResourceReader(build).read(text, name);
            }

            @Override
            public @Nullable Node document(String text) {
                if (text.startsWith("[") && !JsonSyntax.isValid(text)) {
                    throw new KustomizeException(
                            KustomizeException.Reason.PATCH_FAILED, name + ": begins with '[' and is not JSON");
                }
                return build.yaml().readOne(text, name, Dialect.CONFIGURATION);
            }

            @Override
            public String file(String file) {
                return Build.text(directory.read(file), directory.pathOf(file));
            }
        };
    }
}
