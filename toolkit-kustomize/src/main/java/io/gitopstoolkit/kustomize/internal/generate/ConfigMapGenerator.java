package io.gitopstoolkit.kustomize.internal.generate;

import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.Scopes;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;

/** Makes a ConfigMap. What is not UTF-8 goes into {@code binaryData}. */
public final class ConfigMapGenerator {
    private final GeneratorArgs args;

    /** Makes a ConfigMap of these. */
    public ConfigMapGenerator(GeneratorArgs args) {
        this.args = args;
    }

    /**
     * The ConfigMap.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if it has no name, or a source of its data cannot be read
     */
    public Resource generate(FileReader files, Scopes scopes) {
        MapNode root = Generated.base("ConfigMap", args);
        KeyValues.load(args, files).forEach((key, value) -> {
            String text = KeyValues.text(value);
            if (text != null) {
                Generated.child(root, "data").append(key, ScalarNode.string(text));
            } else {
                Generated.child(root, "binaryData").append(key, ScalarNode.string(Generated.base64(value)));
            }
        });
        return Generated.finish(root, args, scopes);
    }
}
