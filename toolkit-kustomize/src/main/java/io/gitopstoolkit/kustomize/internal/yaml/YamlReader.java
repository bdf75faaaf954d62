package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.DocumentSplitter.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML and JSON files as kustomize does. Safe for use by several threads.
 *
 * <p>Errors name the file, line and column, and keys at most: never a value, which may be secret.
 */
public final class YamlReader {
    private final YamlLimits limits;

    /** A reader that refuses what is larger than the limits. */
    public YamlReader(YamlLimits limits) {
        this.limits = limits;
    }

    /**
     * The documents of a file with resources or strategic merge patches, in order, without the empty ones.
     *
     * @param name of the file, for errors
     * @throws KustomizeException if the file is not YAML, a document is no map, or a limit is reached
     */
    public List<MapNode> readResources(byte[] content, String name) {
        return readResources(decode(content, name), name);
    }

    /**
     * The documents of a text with resources or strategic merge patches, in order, without the empty ones.
     *
     * @param name of the text, for errors
     * @throws KustomizeException if the text is not YAML, a document is no map, or a limit is reached
     */
    public List<MapNode> readResources(String content, String name) {
        checkSize(content.length(), name);
        List<Part> parts = DocumentSplitter.split(DocumentSplitter.normalize(content));
        Part bad = DocumentSplitter.badSeparator(parts);
        if (bad != null) {
            throw new KustomizeException(
                    Reason.INVALID_YAML,
                    name + ":" + bad.line() + ": a --- line may hold a comment behind the dashes and nothing else");
        }
        var documents = new ArrayList<MapNode>(parts.size());
        for (Part part : parts) {
            Node document = parse(part, name, Dialect.RESOURCE);
            if (document == null || document.isNull() || (document instanceof ListNode list && list.isEmpty())) {
                continue;
            }
            if (!(document instanceof MapNode map)) {
                throw new KustomizeException(
                        Reason.INVALID_YAML, name + ":" + part.line() + ": expected a map, an object of Kubernetes");
            }
            documents.add(map);
        }
        return documents;
    }

    /**
     * The first document of a text, or null where it is empty: a {@code kustomization.yaml}, a JSON patch, a value.
     *
     * @param name of the text, for errors
     * @throws KustomizeException if the text is not YAML, or a limit is reached
     */
    public @Nullable Node readOne(String content, String name, Dialect dialect) {
        checkSize(content.length(), name);
        return parse(new Part(DocumentSplitter.normalize(content), 1, 0), name, dialect);
    }

    /**
     * The first document of a file, or null where it is empty.
     *
     * @param name of the file, for errors
     * @throws KustomizeException if the file is not YAML, or a limit is reached
     */
    public @Nullable Node readOne(byte[] content, String name, Dialect dialect) {
        return readOne(decode(content, name), name, dialect);
    }

    /** Without positions first, which cost time; where that fails, once more for the sake of the message. */
    private @Nullable Node parse(Part part, String name, Dialect dialect) {
        try {
            return new TreeBuilder(part.text(), dialect, limits, false).build();
        } catch (YamlProblem fast) {
            try {
                new TreeBuilder(part.text(), dialect, limits, true).build();
            } catch (YamlProblem exact) {
                throw exact.explain(name, part.line());
            }
            throw fast.explain(name, part.line());
        }
    }

    private String decode(byte[] content, String name) {
        checkSize(content.length, name);
        String text = Utf8.decode(content);
        if (text == null) {
            throw new KustomizeException(Reason.INVALID_YAML, name + ": not a text in UTF-8");
        }
        return text;
    }

    private void checkSize(int size, String name) {
        if (size > limits.maxBytes()) {
            throw new KustomizeException(
                    Reason.LIMIT_EXCEEDED, name + ": larger than the limit of " + limits.maxBytes() + " bytes");
        }
    }

    /** The bytes of a text in the only encoding that is written. */
    public static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
