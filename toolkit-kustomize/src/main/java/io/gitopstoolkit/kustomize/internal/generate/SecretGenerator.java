package io.gitopstoolkit.kustomize.internal.generate;

import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.Scopes;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;

/** Makes a Secret, of type {@code Opaque} unless said otherwise. */
public final class SecretGenerator {
    private final GeneratorArgs args;

    /** Makes a Secret of these. */
    public SecretGenerator(GeneratorArgs args) {
        this.args = args;
    }

    /**
     * The Secret.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if it has no name, or a source of its data cannot be read
     */
    public Resource generate(FileReader files, Scopes scopes) {
        MapNode root = Generated.base("Secret", args);
        root.put("type", args.type().isEmpty() ? "Opaque" : args.type());
        MapNode data = Generated.child(root, "data");
        KeyValues.load(args, files)
                .forEach((key, value) -> data.append(key, ScalarNode.string(Generated.base64(value))));
        return Generated.finish(root, args, scopes);
    }
}
