package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.Arrays;

/** The entries and items of the collections that have not ended, those of the innermost last. */
final class OpenParts {
    private String[] keys = new String[32];
    private int[] starts = new int[32];
    private Node[] nodes = new Node[32];
    private int size;

    /** Where the parts of a collection that begins now will be. */
    int mark() {
        return size;
    }

    void add(Node item) {
        if (size == nodes.length) {
            grow();
        }
        nodes[size++] = item;
    }

    void add(String key, int start, Node value) {
        if (size == nodes.length) {
            grow();
        }
        keys[size] = key;
        starts[size] = start;
        nodes[size++] = value;
    }

    /** The list of the items since a mark, which are forgotten. */
    ListNode takeList(int mark) {
        var list = ListNode.of(Arrays.copyOfRange(nodes, mark, size));
        Arrays.fill(nodes, mark, size, null);
        size = mark;
        return list;
    }

    /** The map of the entries since a mark, which are forgotten. No key may stand twice among them. */
    MapNode takeMap(int mark) {
        if (size == mark) {
            return new MapNode();
        }
        var map = MapNode.of(Arrays.copyOfRange(keys, mark, size), Arrays.copyOfRange(nodes, mark, size));
        int repeated = map.findRepeatedKey();
        if (repeated >= 0) {
            throw new YamlProblem(
                    "the key '" + map.keyAt(repeated) + "' stands twice in one map", starts[mark + repeated]);
        }
        Arrays.fill(nodes, mark, size, null);
        size = mark;
        return map;
    }

    private void grow() {
        int capacity = size * 2;
        keys = Arrays.copyOf(keys, capacity);
        starts = Arrays.copyOf(starts, capacity);
        nodes = Arrays.copyOf(nodes, capacity);
    }
}
