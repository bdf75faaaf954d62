package io.gitopstoolkit.kustomize.internal.generate;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.GENERATOR_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.Scopes;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.util.Base64;
import java.util.Map;

/** What generated ConfigMaps and Secrets have in common. */
final class Generated {
    private static final int LINE_LENGTH = 70;

    private Generated() {}

    static MapNode base(String kind, GeneratorArgs args) {
        if (args.name().isEmpty()) {
            throw new KustomizeException(GENERATOR_FAILED, "a generated " + kind + " must have a name");
        }
        var root = new MapNode();
        root.put("apiVersion", "v1");
        root.put("kind", kind);
        MapNode metadata = child(root, "metadata");
        metadata.put("name", args.name());
        if (!args.namespace().isEmpty()) {
            metadata.put("namespace", args.namespace());
        }
        return root;
    }

    static MapNode child(MapNode parent, String key) {
        Node there = parent.get(key);
        if (there instanceof MapNode map) {
            return map;
        }
        var created = new MapNode();
        parent.put(key, created);
        return created;
    }

    static Resource finish(MapNode root, GeneratorArgs args, Scopes scopes) {
        GeneratorOptions options = args.options();
        MapNode metadata = child(root, "metadata");
        setAll(metadata, "labels", options.labels());
        setAll(metadata, "annotations", options.annotations());
        if (options.immutable()) {
            root.put("immutable", ScalarNode.bool(true));
        }
        var resource = new Resource(root, scopes);
        resource.history().behavior(args.behavior());
        resource.history().needsHash(!options.disableNameSuffixHash());
        return resource;
    }

    /** Base64 as kustomize writes it: longer than a line, it is broken into lines, the last one ended too. */
    static String base64(byte[] bytes) {
        String encoded = Base64.getEncoder().encodeToString(bytes);
        if (encoded.length() < LINE_LENGTH) {
            return encoded;
        }
        var lines = new StringBuilder(encoded.length() + encoded.length() / LINE_LENGTH + 1);
        for (int start = 0; start < encoded.length(); start += LINE_LENGTH) {
            lines.append(encoded, start, Math.min(start + LINE_LENGTH, encoded.length()))
                    .append('\n');
        }
        return lines.toString();
    }

    /** A key that kustomize writes as it is, and that comes back as a string. */
    static String checkedKey(String key) {
        if (ScalarResolver.typeOf(key) != ScalarType.STRING) {
            throw new KustomizeException(
                    GENERATOR_FAILED,
                    "the key '" + key + "' would be read as something else than a string; name it otherwise");
        }
        return key;
    }

    private static void setAll(MapNode metadata, String field, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            MapNode map = child(metadata, field);
            entries.forEach((key, text) -> map.put(checkedKey(key), ScalarNode.string(text)));
        }
    }
}
