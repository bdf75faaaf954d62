package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.generate.GeneratorArgs;
import io.gitopstoolkit.kustomize.internal.generate.GeneratorOptions;
import io.gitopstoolkit.kustomize.internal.resource.Behavior;
import java.util.ArrayList;
import java.util.Set;

/** Reads entries of {@code configMapGenerator} and {@code secretGenerator}. */
final class GeneratorFields {
    static final Set<String> CONFIG_MAP =
            Set.of("name", "namespace", "behavior", "literals", "files", "envs", "env", "options");
    static final Set<String> SECRET =
            Set.of("name", "namespace", "behavior", "literals", "files", "envs", "env", "options", "type");
    static final Set<String> PLUGIN =
            Set.of("metadata", "name", "namespace", "behavior", "literals", "files", "envs", "options", "type");

    private static final Set<String> METADATA = Set.of("name", "namespace", "labels", "annotations");
    private static final Set<String> OPTIONS = Set.of("labels", "annotations", "disableNameSuffixHash", "immutable");

    private GeneratorFields() {}

    static GeneratorArgs args(Fields fields, GeneratorOptions global) {
        var envs = new ArrayList<>(fields.texts("envs"));
        if (!fields.text("env").isEmpty()) {
            envs.add(fields.text("env"));
        }
        return new GeneratorArgs(
                fields.text("name"),
                fields.text("namespace"),
                Behavior.of(fields.text("behavior")),
                fields.text("type"),
                new GeneratorArgs.Sources(fields.texts("literals"), fields.texts("files"), envs),
                options(fields, "options").over(global));
    }

    /** The configuration of a plugin, which knows no {@code env}, and may name the object in its metadata. */
    static GeneratorArgs plugin(Fields plugin) {
        Fields fields = plugin.exact();
        String name = fields.text("name");
        String namespace = fields.text("namespace");
        GeneratorArgs.Sources sources =
                new GeneratorArgs.Sources(fields.texts("literals"), fields.texts("files"), fields.texts("envs"));
        return new GeneratorArgs(
                name.isEmpty() ? metadata(plugin, "name") : name,
                namespace.isEmpty() ? metadata(plugin, "namespace") : namespace,
                Behavior.of(fields.text("behavior")),
                fields.text("type"),
                sources,
                options(fields, "options"));
    }

    /** A field of the metadata of a plugin's configuration; empty where there is none. */
    static String metadata(Fields plugin, String name) {
        String text = plugin.object("metadata", METADATA, metadata -> metadata.text(name));
        return text == null ? "" : text;
    }

    static GeneratorOptions options(Fields fields, String name) {
        GeneratorOptions options = fields.object(name, OPTIONS, GeneratorFields::read);
        return options == null ? GeneratorOptions.NONE : options;
    }

    private static GeneratorOptions read(Fields fields) {
        return new GeneratorOptions(
                fields.textMap("labels"),
                fields.textMap("annotations"),
                fields.flag("disableNameSuffixHash"),
                fields.flag("immutable"));
    }
}
