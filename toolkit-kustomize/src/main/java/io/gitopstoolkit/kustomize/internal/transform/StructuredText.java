package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.NOT_SUPPORTED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.transform.ReplacementPath.Place;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.StyledYamlWriter;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The text of a scalar that is itself YAML or JSON, such as a configuration file in a ConfigMap. */
final class StructuredText {
    /** How many maps and lists are looked at for brackets. */
    private static final int MAX_TRIES = 500;

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
        Set<Node> flow = json ? Set.of() : flow();
        StructuredLayout layout =
                json ? null : StructuredLayout.of(firstDocument(), StyledYamlWriter.write(content, flow));
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
        String written = layout == null ? null : layout.apply(StyledYamlWriter.write(content, flow));
        if (written == null) {
            throw new KustomizeException(
                    NOT_SUPPORTED,
                    "the path '" + path
                            + "' leads into a text in YAML with anchors, tags, folded lines or unusual spaces, which"
                            + " is not supported; write it more simply");
        }
        return written.strip();
    }

    /** The maps and lists that the text has in brackets, found by trying, as far as they are. */
    private Set<Node> flow() {
        String document = firstDocument();
        Set<Node> flow = Collections.newSetFromMap(new IdentityHashMap<>());
        int accepted = StructuredLayout.accepted(document, StyledYamlWriter.write(content, flow));
        if (document.indexOf('[') < 0 && document.indexOf('{') < 0) {
            return flow;
        }
        var candidates = new ArrayList<Node>();
        collect(content, candidates);
        int tries = 0;
        for (int i = 0; i < candidates.size() && tries < MAX_TRIES; i++, tries++) {
            flow.add(candidates.get(i));
            int now = StructuredLayout.accepted(document, StyledYamlWriter.write(content, flow));
            if (now > accepted) {
                accepted = now;
            } else {
                flow.remove(candidates.get(i));
            }
        }
        return flow;
    }

    private static void collect(Node node, List<Node> found) {
        if (node instanceof MapNode map && !map.isEmpty()) {
            found.add(map);
            for (int i = 0; i < map.size(); i++) {
                collect(map.valueAt(i), found);
            }
        } else if (node instanceof ListNode list && !list.isEmpty()) {
            found.add(list);
            list.forEach(item -> collect(item, found));
        }
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
