package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.NOT_SUPPORTED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.transform.ReplacementPath.Place;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.StyledYamlWriter;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The text of a scalar that is itself YAML or JSON, such as a configuration file in a ConfigMap. */
final class StructuredText {
    private static final YamlReader READER = new YamlReader(YamlLimits.DEFAULT);

    private final String text;
    private final Node content;

    private StructuredText(String text, Node content) {
        this.text = text;
        this.content = content;
    }

    /** What a text holds; null where it is not YAML. */
    static @Nullable StructuredText of(String text) {
        try {
            Node content = READER.readOne(text, "text", Dialect.RESOURCE);
            return content == null ? null : new StructuredText(text, content);
        } catch (KustomizeException e) {
            return null;
        }
    }

    Node content() {
        return content;
    }

    /**
     * The text with other values at the places that a path leads to; null where there are none, or the values do not fit,
     * and the text stays as it is.
     *
     * @throws KustomizeException with {@code NOT_SUPPORTED} if the text has a layout that would be lost
     */
    @Nullable
    String with(ReplacementPath path, @Nullable Supplier<Node> leaf, Function<Node, Node> change) {
        boolean json = text.strip().startsWith("{") || text.strip().startsWith("[");
        StructuredLayout layout = json ? null : StructuredLayout.of(firstDocument(), StyledYamlWriter.write(content));
        List<Place> places;
        try {
            places = path.match(content, leaf);
        } catch (KustomizeException e) {
            return null;
        }
        if (places.isEmpty()) {
            return null;
        }
        places.forEach(place -> place.set(change.apply(place.value())));
        if (json) {
            return StructuredJson.write(content, text.contains("\n") && text.contains("  "));
        }
        String written = layout == null ? null : layout.apply(StyledYamlWriter.write(content));
        if (written == null) {
            throw new KustomizeException(
                    NOT_SUPPORTED,
                    "the path '" + path
                            + "' leads into a text in YAML with brackets, anchors, tags or folded lines, which"
                            + " is not supported; write it in block style");
        }
        return written.strip();
    }

    /** Others are lost. */
    private String firstDocument() {
        String body = text.startsWith("---\n") ? text.substring("---\n".length()) : text;
        int end = body.indexOf("\n---");
        return end < 0 ? body : body.substring(0, end);
    }

    /** What becomes of a value in a text: a scalar keeps its type and quotes, whether the new text fits or not. */
    static Node changed(Node old, Node value) {
        if (!(old instanceof ScalarNode scalar)) {
            return value.copy();
        }
        String text = value instanceof ScalarNode given ? given.text() : "";
        return ScalarNode.of(text, scalar.type(), scalar.style());
    }
}
