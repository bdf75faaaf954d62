package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
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
    private final KnownTexts resource = new KnownTexts(Dialect.RESOURCE);
    private final KnownTexts configuration = new KnownTexts(Dialect.CONFIGURATION);

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
        checkSize(content.length, name);
        YamlText text = YamlText.of(content).withUnixLineEnds();
        try {
            return resources(text);
        } catch (YamlProblem e) {
            throw e.explain(name, text);
        }
    }

    private List<MapNode> resources(YamlText text) {
        var splitter = new DocumentSplitter(text);
        var documents = new ArrayList<MapNode>();
        while (splitter.advance()) {
            Node document = parse(text, splitter.start(), splitter.end(), Dialect.RESOURCE);
            if (document == null || document.isNull() || (document instanceof ListNode list && list.isEmpty())) {
                continue;
            }
            if (!(document instanceof MapNode map)) {
                throw new YamlProblem("expected a map, an object of Kubernetes", splitter.start());
            }
            documents.add(map);
        }
        return documents;
    }

    /**
     * The documents of a text with resources or strategic merge patches, in order, without the empty ones.
     *
     * @param name of the text, for errors
     * @throws KustomizeException if the text is not YAML, a document is no map, or a limit is reached
     */
    public List<MapNode> readResources(String content, String name) {
        checkSize(content.length(), name);
        return readResources(encode(content), name);
    }

    /**
     * The first document of a text, or null where it is empty: a {@code kustomization.yaml}, a JSON patch, a value.
     *
     * @param name of the text, for errors
     * @throws KustomizeException if the text is not YAML, or a limit is reached
     */
    public @Nullable Node readOne(String content, String name, Dialect dialect) {
        checkSize(content.length(), name);
        return readOne(encode(content), name, dialect);
    }

    /**
     * The first document of a file, or null where it is empty.
     *
     * @param name of the file, for errors
     * @throws KustomizeException if the file is not YAML, or a limit is reached
     */
    public @Nullable Node readOne(byte[] content, String name, Dialect dialect) {
        checkSize(content.length, name);
        YamlText text = YamlText.of(content);
        try {
            return parse(text, 0, text.length, dialect);
        } catch (YamlProblem e) {
            throw e.explain(name, text);
        }
    }

    private @Nullable Node parse(YamlText text, int from, int to, Dialect dialect) {
        YamlProblem illegal = text.findIllegal(from, to);
        int end = illegal == null ? to : illegal.at();
        byte[] bytes = illegal == null ? text.bytes : text.bytesUpTo(end);
        var cursor = new Cursor(bytes, Math.min(text.contentStart(from), end), end);
        KnownTexts texts = dialect == Dialect.RESOURCE ? resource : configuration;
        try {
            Node document = new TreeParser(cursor, dialect, limits, texts).parse();
            if (illegal != null && illegal.isSeen(from, cursor.at)) {
                throw illegal;
            }
            return document;
        } catch (YamlProblem e) {
            throw illegal != null && (cursor.isEnd() || !illegal.isBehind(e)) ? illegal : e;
        }
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
