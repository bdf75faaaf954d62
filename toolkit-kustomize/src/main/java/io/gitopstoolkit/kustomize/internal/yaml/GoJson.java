package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.GoNumbers;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import java.util.Arrays;

/** JSON as Go's {@code encoding/json} writes it: keys sorted, no blanks, {@code <}, {@code >} and {@code &} escaped. */
public final class GoJson {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder();

    private GoJson() {}

    /** The JSON of a tree. */
    public static String write(Node node) {
        var writer = new GoJson();
        writer.append(node);
        return writer.json.toString();
    }

    private void append(Node node) {
        if (node instanceof MapNode map) {
            appendMap(map);
        } else if (node instanceof ListNode list) {
            char before = '[';
            for (Node item : list) {
                json.append(before);
                append(item);
                before = ',';
            }
            json.append(before == '[' ? "[]" : "]");
        } else {
            appendScalar((ScalarNode) node);
        }
    }

    private void appendMap(MapNode map) {
        var keys = new String[map.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = map.keyAt(i);
        }
        Arrays.sort(keys, GoJson::compareCodePoints);
        char before = '{';
        for (String key : keys) {
            json.append(before);
            appendString(key);
            json.append(':');
            append(map.valueAt(map.indexOf(key)));
            before = ',';
        }
        json.append(before == '{' ? "{}" : "}");
    }

    private void appendScalar(ScalarNode scalar) {
        switch (scalar.type()) {
            case NULL -> json.append(scalar.isPrintedAsNull() ? "null" : "\"\"");
            case BOOL -> json.append(ScalarResolver.isTrue(scalar.text()));
            case STRING, TIMESTAMP, BINARY -> appendString(scalar.stringValue());
            case INT, FLOAT -> {
                Number number = ScalarResolver.number(scalar.text());
                json.append(number == null ? "null" : GoNumbers.formatJson(number.doubleValue()));
            }
        }
    }

    private void appendString(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> appendEscape(c);
                default -> {
                    if (c < ' ') {
                        appendEscape(c);
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private void appendEscape(char c) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            json.append(HEX.charAt((c >> shift) & 0xF));
        }
    }

    /** The order of the bytes in UTF-8. */
    private static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean surrogates = Character.isSurrogate(left) != Character.isSurrogate(right);
                return surrogates ? (Character.isSurrogate(left) ? 1 : -1) : Character.compare(left, right);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
