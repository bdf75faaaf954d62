package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;

/**
 * What some scalars become when kustomize prints a resource and reads it back, as it does before it writes: within braces
 * and brackets a value that was left out becomes an empty string, and a time of day a string as it stands.
 */
final class Printed {
    /** What stands for a value that was left out. */
    static final ScalarNode IN_BLOCK = ScalarNode.of("", ScalarType.NULL, ScalarStyle.PLAIN);
    /** The same within braces or brackets. */
    static final ScalarNode IN_FLOW = ScalarNode.of("", ScalarType.NULL, ScalarStyle.SINGLE_QUOTED);

    private Printed() {}

    static boolean isLeftOut(Node node) {
        return node == IN_BLOCK || node == IN_FLOW;
    }

    /** A node as it is printed in its place. */
    static Node placed(Node node, boolean inFlow) {
        if (!inFlow) {
            return node == IN_FLOW ? IN_BLOCK : node;
        }
        if (node instanceof MapNode map) {
            for (int i = 0; i < map.size(); i++) {
                map.setValueAt(i, placed(map.valueAt(i), true));
            }
        } else if (node instanceof ListNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, placed(list.get(i), true));
            }
        }
        if (node instanceof ScalarNode scalar
                && scalar.type() == ScalarType.TIMESTAMP
                && scalar.style() == ScalarStyle.PLAIN
                && scalar.text().indexOf(':') >= 0) {
            return ScalarNode.of(scalar.text(), ScalarType.STRING, ScalarStyle.SINGLE_QUOTED);
        }
        return node == IN_BLOCK ? IN_FLOW : node;
    }

    /** Does the same for the values of a map that is to be merged into another, or of each in a list. */
    static void placeEntries(Node source, boolean inFlow) {
        if (source instanceof MapNode map) {
            for (int i = 0; i < map.size(); i++) {
                map.setValueAt(i, placed(map.valueAt(i), inFlow));
            }
        } else if (source instanceof ListNode list) {
            for (Node item : list) {
                placeEntries(item, inFlow);
            }
        }
    }
}
