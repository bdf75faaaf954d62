package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The anchors of a document, and the copies that its aliases stand for. */
final class Anchors {
    private final YamlLimits limits;
    /** The node of each anchor; a mark of its own for a node that has not ended. */
    private final Map<String, Object> nodes = new HashMap<>();

    private int copied;

    Anchors(YamlLimits limits) {
        this.limits = limits;
    }

    void define(String name, Node node) {
        nodes.put(name, node);
    }

    /** Notes that a collection with an anchor begins; the mark is for its end. */
    Object begin(String name) {
        var mark = new Object();
        nodes.put(name, mark);
        return mark;
    }

    /** Notes that a collection ended, unless another node took its anchor since. */
    void end(String name, Object mark, Node node) {
        if (nodes.get(name) == mark) {
            nodes.put(name, node);
        }
    }

    /**
     * A copy of an anchor's node.
     *
     * @param depth at which it is to stand
     * @param at the byte where the alias stands
     */
    Node copy(String name, int depth, int at) {
        @Nullable Object target = nodes.get(name);
        if (target == null) {
            throw new YamlProblem("the anchor '" + name + "' is not defined", at);
        }
        if (!(target instanceof Node node)) {
            throw new YamlProblem("the anchor '" + name + "' contains itself", at);
        }
        count(node, depth, at);
        return node.copy();
    }

    private void count(Node node, int depth, int at) {
        if (++copied > limits.maxAliasedNodes()) {
            throw new YamlProblem(
                    Reason.LIMIT_EXCEEDED,
                    "aliases add more than the limit of " + limits.maxAliasedNodes() + " nodes",
                    at);
        }
        if (node instanceof MapNode map) {
            checkDepth(depth + 1, at);
            for (int i = 0; i < map.size(); i++) {
                count(map.valueAt(i), depth + 1, at);
            }
        } else if (node instanceof ListNode list) {
            checkDepth(depth + 1, at);
            for (int i = 0; i < list.size(); i++) {
                count(list.get(i), depth + 1, at);
            }
        }
    }

    /** Checks how many collections stand within one another. */
    void checkDepth(int depth, int at) {
        if (depth > limits.maxDepth()) {
            throw new YamlProblem(
                    Reason.LIMIT_EXCEEDED, "more than the limit of " + limits.maxDepth() + " levels deep", at);
        }
    }
}
