package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.field.TransformerConfig;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import io.gitopstoolkit.kustomize.internal.patch.StrategicMerge;
import io.gitopstoolkit.kustomize.internal.transform.AnnotationsTransformer;
import io.gitopstoolkit.kustomize.internal.transform.ImageTagTransformer;
import io.gitopstoolkit.kustomize.internal.transform.LabelTransformer;
import io.gitopstoolkit.kustomize.internal.transform.NamespaceTransformer;
import io.gitopstoolkit.kustomize.internal.transform.PatchJson6902Transformer;
import io.gitopstoolkit.kustomize.internal.transform.PatchSource;
import io.gitopstoolkit.kustomize.internal.transform.PatchStrategicMergeTransformer;
import io.gitopstoolkit.kustomize.internal.transform.PatchTransformer;
import io.gitopstoolkit.kustomize.internal.transform.PrefixTransformer;
import io.gitopstoolkit.kustomize.internal.transform.ReplicaCountTransformer;
import io.gitopstoolkit.kustomize.internal.transform.SuffixTransformer;
import io.gitopstoolkit.kustomize.internal.transform.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The transformers that the fields of a kustomization ask for, in the order in which kustomize runs them. */
final class Transformations {
    private final Site site;
    private final Kustomization kustomization;
    private final List<Step> steps = new ArrayList<>();

    /** The transformers of a kustomization. */
    Transformations(Site site, Kustomization kustomization) {
        this.site = site;
        this.kustomization = kustomization;
    }

    /**
     * One transformer.
     *
     * @param field that asks for it
     * @param note what to note of it in the resources that it went over, or null
     */
    record Step(String field, @Nullable String note, Transformer transformer) {}

    /** Makes all transformers first, as kustomize does, then runs them, and those of configuration files behind them. */
    void run(Accumulator accumulator, List<Step> configured) {
        addPatches();
        addNames(accumulator.config());
        addMetadata(accumulator.config());
        addWorkloads(accumulator.config());
        addReplacements();
        steps.addAll(configured);
        for (Step step : steps) {
            site.build().check("build " + site.path());
            Target.located(site.path(), step.field, () -> {
                step.transformer.transform(accumulator.resources());
                return true;
            });
            if (step.note != null) {
                Origin.noteTransformed(accumulator.resources(), step.note);
            }
            accumulator.resources().dropDeleted();
        }
    }

    private void addPatches() {
        var merge = new StrategicMerge(site.build().schema()::current);
        if (!kustomization.patchesStrategicMerge.isEmpty()) {
            add(
                    "patchesStrategicMerge",
                    "PatchStrategicMergeTransformer",
                    () -> new PatchStrategicMergeTransformer(
                            kustomization.patchesStrategicMerge, source("patchesStrategicMerge"), merge));
        }
        addEach("patches", "PatchTransformer", kustomization.patches.size(), i -> {
            PatchArgs patch = kustomization.patches.get(i);
            return new PatchTransformer(patch.args(), source("patches[" + i + "]"), merge);
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
        add(
                "replacements",
                "ReplacementTransformer",
                () -> ReplacementFields.transformer(kustomization.replacements, site));
    }

    private void addEach(String field, String kind, int size, IntFunction<Transformer> make) {
        for (int i = 0; i < size; i++) {
            int position = i;
            add(field + '[' + i + ']', kind, () -> make.apply(position));
        }
    }

    private void add(String field, String kind, Supplier<Transformer> make) {
        steps.add(new Step(field, site.note(kind), Target.located(site.path(), field, make)));
    }

    private PatchSource source(String field) {
        return new Patches(site.build(), site.directory(), site.path() + ": " + field);
    }
}
