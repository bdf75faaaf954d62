package io.gitopstoolkit.kustomize;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes manifests as YAML, byte for byte as kustomize 5.8.1 writes it: keys sorted at every level, lists not
 * indented under their key, two blanks per level, documents joined by {@code ---}.
 *
 * <p>Same manifests, same bytes, on every machine. No state: safe for use by several threads.
 */
public final class ManifestYaml {
    private ManifestYaml() {}

    /**
     * The manifests as one text, in their order; a {@link io.gitopstoolkit.api.ManifestSet} is such a sequence. Empty for
     * no manifest.
     *
     * @throws KustomizeException if a manifest holds a number that JSON does not have, such as infinity
     */
    public static String write(Iterable<Manifest> manifests) {
        var writer = new YamlWriter(4096);
        for (Manifest manifest : requireNonNull(manifests, "manifests")) {
            writer.append((MapNode) Node.of(manifest.content()));
        }
        return writer.text();
    }

    /**
     * The manifests of a text of YAML or JSON documents, in their order. Empty documents are skipped; a {@code List} stays
     * one object.
     *
     * <p>Bare text is understood as kustomize does: {@code yes} is a string, {@code 010} is 8, a date becomes a string in
     * the form of RFC 3339. At most 64 MiB, 500 levels deep, with at most 1,000,000 nodes from aliases.
     *
     * @param name of the text in errors, such as the path of its file
     * @throws KustomizeException if the text is not YAML, a document is no manifest, or a limit is reached
     */
    public static List<Manifest> parse(String text, String name) {
        requireNonNull(name, "name");
        var manifests = new ArrayList<Manifest>();
        for (MapNode document : new YamlReader(YamlLimits.DEFAULT).readResources(requireNonNull(text, "text"), name)) {
            try {
                manifests.add(new Manifest(document.toPlain()));
            } catch (IllegalArgumentException e) {
                throw new KustomizeException(
                        Reason.INVALID_YAML, name + ": document " + (manifests.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(manifests);
    }
}
