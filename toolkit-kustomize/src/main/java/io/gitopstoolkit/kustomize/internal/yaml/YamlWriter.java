package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.GoNumbers;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;

/**
 * Writes documents byte for byte as kustomize does: keys sorted at every level, lists not indented under their key, two
 * blanks per level, {@code ---} between documents. Made for one text; not safe for use by several threads.
 *
 * <p>It does what libyaml's emitter does, including its state of three: where the line stands, whether blank space was
 * just written, and whether the line holds nothing but indention so far.
 */
public final class YamlWriter {
    /** A key longer than this, in bytes of UTF-8, is written after a question mark. */
    private static final int SIMPLE_KEY_LIMIT = 128;

    private static final int LONGEST_KEY = 1024;

    private final TextOutput out;

    /** A writer with room for a text of about {@code capacity} characters. */
    public YamlWriter(int capacity) {
        out = new TextOutput(capacity);
    }

    /**
     * Writes documents as one text.
     *
     * @throws KustomizeException if a scalar's text does not fit its type
     */
    public static String write(Iterable<MapNode> documents) {
        var writer = new YamlWriter(4096);
        for (MapNode document : documents) {
            writer.append(document);
        }
        return writer.text();
    }

    /**
     * Appends a document.
     *
     * @throws KustomizeException if a scalar's text does not fit its type
     */
    public void append(MapNode document) {
        if (!out.isEmpty()) {
            out.raw("---\n");
        }
        out.startDocument();
        try {
            writeMap(document, -1);
        } catch (UnfitScalarException e) {
            throw e.explain();
        }
        out.endDocument();
    }

    /** What was written so far. */
    public String text() {
        return out.toString();
    }

    private void writeNode(Node node, int indent, boolean inMap) {
        if (node instanceof ScalarNode scalar) {
            writeScalar(scalar, indent);
        } else if (node instanceof MapNode map) {
            writeMap(map, indent);
        } else if (node instanceof ListNode list) {
            writeList(list, indent, inMap);
        }
    }

    private void writeMap(MapNode map, int outer) {
        if (map.isEmpty()) {
            out.indicator("{}", true, false);
            return;
        }
        int indent = outer < 0 ? 0 : outer + 2;
        for (int position : KeyOrder.sortedPositions(map)) {
            out.indent(indent);
            try {
                writeKey(map.keyAt(position), indent);
                writeNode(map.valueAt(position), indent, true);
            } catch (UnfitScalarException e) {
                throw e.under(map.keyAt(position));
            }
        }
    }

    private void writeKey(String key, int indent) {
        int marks = ScalarAnalysis.of(key);
        if (!ScalarAnalysis.isMultiline(marks) && Utf8.length(key) <= SIMPLE_KEY_LIMIT) {
            writeSimpleKey(key, marks);
            out.indicator(":", false, false);
            return;
        }
        checkLength(key);
        out.indicator("?", true, true);
        writeString(key, marks, indent + 2);
        out.indent(indent);
        out.indicator(":", true, true);
    }

    /** Kustomize reads back the JSON of what it writes, where a key has 1024 characters with its quotes. */
    private static void checkLength(String key) {
        if (key.length() > LONGEST_KEY / 6
                && GoJson.write(ScalarNode.string(key)).length() > LONGEST_KEY) {
            throw new UnfitScalarException("the key has more than 1024 characters as JSON");
        }
    }

    private void writeSimpleKey(String key, int marks) {
        if (ScalarResolver.isAmbiguous(key)) {
            ScalarOutput.doubleQuoted(out, key, TextOutput.NO_FOLD);
        } else if (ScalarAnalysis.allowsPlain(marks)) {
            out.word(key);
        } else if (ScalarAnalysis.allowsSingleQuotes(marks)) {
            ScalarOutput.singleQuoted(out, key, TextOutput.NO_FOLD);
        } else {
            ScalarOutput.doubleQuoted(out, key, TextOutput.NO_FOLD);
        }
    }

    private void writeList(ListNode list, int outer, boolean inMap) {
        if (list.isEmpty()) {
            out.indicator("[]", true, false);
            return;
        }
        int indent = outer < 0 ? 0 : inMap && !out.isAtIndention() ? outer : outer + 2;
        for (int i = 0; i < list.size(); i++) {
            out.indent(indent);
            out.indicator("-", true, true);
            try {
                writeNode(list.get(i), indent, false);
            } catch (UnfitScalarException e) {
                throw e.under("[" + i + "]");
            }
        }
    }

    private void writeScalar(ScalarNode scalar, int indent) {
        switch (scalar.type()) {
            case STRING, TIMESTAMP, BINARY -> writeString(scalar.stringValue(), indent);
            case NULL -> out.word(scalar.isPrintedAsNull() ? "null" : "\"\"");
            case BOOL -> out.word(ScalarResolver.isTrue(scalar.text()) ? "true" : "false");
            case INT, FLOAT -> out.word(number(scalar));
        }
    }

    private void writeString(String text, int indent) {
        writeString(text, ScalarAnalysis.of(text), indent < 0 ? 2 : indent + 2);
    }

    private void writeString(String text, int marks, int indent) {
        if (text.indexOf('\n') >= 0) {
            if (ScalarAnalysis.allowsBlock(marks)) {
                ScalarOutput.literal(out, text, indent);
            } else {
                ScalarOutput.doubleQuoted(out, text, indent);
            }
        } else if (ScalarResolver.isAmbiguous(text)) {
            ScalarOutput.doubleQuoted(out, text, indent);
        } else if (ScalarAnalysis.allowsPlain(marks)) {
            ScalarOutput.plain(out, text, indent);
        } else if (ScalarAnalysis.allowsSingleQuotes(marks)) {
            ScalarOutput.singleQuoted(out, text, indent);
        } else {
            ScalarOutput.doubleQuoted(out, text, indent);
        }
    }

    private static String number(ScalarNode scalar) {
        String text = scalar.text();
        if (scalar.type() == ScalarType.INT && isCanonical(text)) {
            return text;
        }
        Number number = ScalarResolver.number(text);
        if (number == null) {
            throw new UnfitScalarException("its text is no value of type " + scalar.type());
        }
        return scalar.type() == ScalarType.FLOAT ? GoNumbers.formatYaml(number.doubleValue()) : number.toString();
    }

    /** Whether a whole number is written as it stands. */
    private static boolean isCanonical(String text) {
        if (text.isEmpty() || text.length() > 18 || (text.charAt(0) == '0' && text.length() > 1)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
