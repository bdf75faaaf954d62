package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Writes a document in block style as it was read: keys in their order, scalars in their quotes, and a tag where a text is
 * not of the type that it is said to be. Lines are not folded. Made for one text; not safe for use by several threads.
 */
public final class StyledYamlWriter {
    private final TextOutput out = new TextOutput(256);

    private final Set<Node> flow;

    private StyledYamlWriter(Set<Node> flow) {
        this.flow = flow;
    }

    /**
     * The text of a document.
     *
     * @param flow maps and lists, known by their identity, that are written in brackets
     */
    public static String write(Node document, Set<Node> flow) {
        var writer = new StyledYamlWriter(flow);
        writer.out.startDocument();
        writer.writeNode(document, -1, false);
        writer.out.endDocument();
        return writer.out.toString();
    }

    private void writeNode(Node node, int indent, boolean inMap) {
        if (flow.contains(node)) {
            out.space();
            out.raw(flowText(node));
            out.inText();
        } else if (node instanceof MapNode map) {
            writeMap(map, indent);
        } else if (node instanceof ListNode list) {
            writeList(list, indent, inMap);
        } else if (node instanceof ScalarNode scalar) {
            writeScalar(scalar, indent < 0 ? 2 : indent + 2);
        }
    }

    private void writeMap(MapNode map, int outer) {
        if (map.isEmpty()) {
            out.indicator("{}", true, false);
            return;
        }
        int indent = outer < 0 ? 0 : outer + 2;
        for (int i = 0; i < map.size(); i++) {
            out.indent(indent);
            int marks = ScalarAnalysis.of(map.keyAt(i));
            if (ScalarAnalysis.allowsPlain(marks)) {
                out.word(map.keyAt(i));
            } else {
                quoted(map.keyAt(i), marks, TextOutput.NO_FOLD);
            }
            out.indicator(":", false, false);
            writeNode(map.valueAt(i), indent, true);
        }
    }

    private void writeList(ListNode list, int outer, boolean inMap) {
        if (list.isEmpty()) {
            out.indicator("[]", true, false);
            return;
        }
        int indent = outer < 0 ? 0 : inMap && !out.isAtIndention() ? outer : outer + 2;
        for (Node item : list) {
            out.indent(indent);
            out.indicator("-", true, true);
            writeNode(item, indent, false);
        }
    }

    private static String flowText(Node node) {
        var text = new StringJoiner(", ", node instanceof MapNode ? "{" : "[", node instanceof MapNode ? "}" : "]");
        if (node instanceof MapNode map) {
            for (int i = 0; i < map.size(); i++) {
                text.add(flowScalar(ScalarNode.plain(map.keyAt(i))) + ": " + flowText(map.valueAt(i)));
            }
        } else if (node instanceof ListNode list) {
            list.forEach(item -> text.add(flowText(item)));
        } else if (node instanceof ScalarNode scalar) {
            return flowScalar(scalar);
        }
        return text.toString();
    }

    private static String flowScalar(ScalarNode scalar) {
        var writer = new StyledYamlWriter(Set.of());
        writer.out.startDocument();
        boolean open =
                scalar.style() == ScalarStyle.PLAIN && scalar.text().chars().anyMatch(c -> ",?[]{}".indexOf(c) >= 0);
        if (open || scalar.text().indexOf('\n') >= 0) {
            writer.quoted(scalar.text(), ScalarAnalysis.of(scalar.text()), TextOutput.NO_FOLD);
        } else {
            writer.writeScalar(scalar, 0);
        }
        return writer.out.toString().strip();
    }

    private void writeScalar(ScalarNode scalar, int indent) {
        String text = scalar.text();
        int marks = ScalarAnalysis.of(text);
        boolean fits = ScalarResolver.typeOf(text) == scalar.type();
        if (scalar.style() == ScalarStyle.PLAIN && scalar.type() != ScalarType.STRING) {
            if (!fits) {
                out.indicator("!!" + tag(scalar.type()), true, false);
            }
            plain(text, marks);
        } else if (scalar.style() == ScalarStyle.PLAIN && fits && text.indexOf('\n') < 0) {
            plain(text, marks);
        } else if (scalar.style() == ScalarStyle.SINGLE_QUOTED) {
            quoted(text, marks, TextOutput.NO_FOLD);
        } else if (text.indexOf('\n') >= 0
                && scalar.style() != ScalarStyle.DOUBLE_QUOTED
                && ScalarAnalysis.allowsBlock(marks)) {
            ScalarOutput.literal(out, text, indent);
        } else {
            ScalarOutput.doubleQuoted(out, text, TextOutput.NO_FOLD);
        }
    }

    private void plain(String text, int marks) {
        if (text.isEmpty()) {
            return;
        }
        if (ScalarAnalysis.allowsPlain(marks)) {
            out.word(text);
        } else {
            quoted(text, marks, TextOutput.NO_FOLD);
        }
    }

    private void quoted(String text, int marks, int indent) {
        if (ScalarAnalysis.allowsSingleQuotes(marks)) {
            ScalarOutput.singleQuoted(out, text, indent);
        } else {
            ScalarOutput.doubleQuoted(out, text, indent);
        }
    }

    private static String tag(ScalarType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
