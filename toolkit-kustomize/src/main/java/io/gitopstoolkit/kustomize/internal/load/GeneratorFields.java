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
