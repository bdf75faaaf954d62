package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;

/**
 * What stands for a value that was left out: null, which kustomize turns into an empty string where it prints the value
 * within braces or brackets.
 */
final class LeftOut {
    static final ScalarNode IN_BLOCK = ScalarNode.of("", ScalarType.NULL, ScalarStyle.PLAIN);
    static final ScalarNode IN_FLOW = ScalarNode.of("", ScalarType.NULL, ScalarStyle.SINGLE_QUOTED);

    private LeftOut() {}

    static boolean is(Node node) {
        return node == IN_BLOCK || node == IN_FLOW;
    }

    /** A node that was read elsewhere, with what stands for values left out in its new place. */
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
