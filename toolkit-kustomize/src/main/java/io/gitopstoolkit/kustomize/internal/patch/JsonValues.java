package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.internal.tree.GoNumbers;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import java.util.Objects;

/** Values as they are after a way through Go's JSON. */
final class JsonValues {
    private JsonValues() {}

    /** Makes every number of an object the 64-bit float that Go's JSON makes of it, and every timestamp a string. */
    static MapNode normalize(MapNode root) {
        for (int i = 0; i < root.size(); i++) {
            root.setValueAt(i, normalizeValue(root.valueAt(i)));
        }
        return root;
    }

    private static Node normalizeValue(Node node) {
        if (node instanceof MapNode map) {
            return normalize(map);
        }
        if (node instanceof ListNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, normalizeValue(list.get(i)));
            }
            return list;
        }
        var scalar = (ScalarNode) node;
        return switch (scalar.type()) {
            case INT, FLOAT -> normalizeNumber(scalar);
            case STRING, TIMESTAMP, BINARY -> ScalarNode.string(scalar.stringValue());
            case BOOL -> ScalarNode.bool(ScalarResolver.isTrue(scalar.text()));
            case NULL -> scalar.isPrintedAsNull() ? ScalarNode.NULL : ScalarNode.string("");
        };
    }

    private static ScalarNode normalizeNumber(ScalarNode scalar) {
        Number number = ScalarResolver.number(scalar.text());
        return number == null ? scalar : ScalarNode.plain(GoNumbers.formatShortest(number.doubleValue()));
    }

    /** Whether two values are the same JSON. */
    static boolean areEqual(Node one, Node other) {
        if (one instanceof MapNode map) {
            return other instanceof MapNode otherMap && areEqual(map, otherMap);
        }
        if (one instanceof ListNode list) {
            return other instanceof ListNode otherList && areEqual(list, otherList);
        }
        return other instanceof ScalarNode scalar && Objects.equals(jsonOf((ScalarNode) one), jsonOf(scalar));
    }

    private static boolean areEqual(MapNode one, MapNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            Node value = other.get(one.keyAt(i));
            if (value == null || !areEqual(one.valueAt(i), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqual(ListNode one, ListNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!areEqual(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Text that two scalars have in common where their JSON is the same. */
    private static String jsonOf(ScalarNode scalar) {
        return switch (scalar.type()) {
            case NULL -> "null";
            case STRING, TIMESTAMP, BINARY -> '"' + scalar.stringValue();
            case BOOL -> Boolean.toString(ScalarResolver.isTrue(scalar.text()));
            case INT, FLOAT -> {
                Number number = ScalarResolver.number(scalar.text());
                yield number instanceof Double value ? GoNumbers.formatJson(value) : String.valueOf(number);
            }
        };
    }
}
