package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.internal.patch.JsonPatch.JsonPatchException;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;

/** A place in a tree: a map or list, and a key or position in it that may be free. */
final class JsonPointer {
    private final Node parent;
    private final String key;

    private JsonPointer(Node parent, String key) {
        this.parent = parent;
        this.key = key;
    }

    /** Follows a path from the root to the parent of what it names. What stands before the first slash is not looked at. */
    static JsonPointer resolve(MapNode root, String path) {
        String[] parts = path.split("/", -1);
        if (parts.length < 2) {
            throw new JsonPatchException("the path needs a slash at its start");
        }
        Node node = root;
        for (int i = 1; i < parts.length - 1; i++) {
            Node next = new JsonPointer(node, decode(parts[i])).getOrNull();
            if (next instanceof ScalarNode) {
                throw new JsonPatchException("there is no map or list at '" + parts[i] + "' of the path");
            }
            node = next;
        }
        return new JsonPointer(node, decode(parts[parts.length - 1]));
    }

    private static String decode(String part) {
        return part.indexOf('~') < 0 ? part : part.replace("~1", "/").replace("~0", "~");
    }

    /** What is there; null for a key that the map does not have. */
    Node getOrNull() {
        if (parent instanceof ListNode list) {
            return list.get(position(list.size(), list.size() - 1));
        }
        Node value = ((MapNode) parent).get(key);
        return value == null ? ScalarNode.NULL : value;
    }

    void add(Node value) {
        if (parent instanceof ListNode list) {
            list.add(key.equals("-") ? list.size() : position(list.size() + 1, list.size()), value);
        } else {
            ((MapNode) parent).put(key, value);
        }
    }

    void replace(Node value) {
        if (parent instanceof ListNode list) {
            list.set(position(list.size(), list.size() - 1), value);
        } else {
            ((MapNode) parent).put(key, value);
        }
    }

    void remove() {
        if (parent instanceof ListNode list) {
            list.remove(position(list.size(), list.size() - 1));
        } else if (((MapNode) parent).remove(key) == null) {
            throw new JsonPatchException("there is no key '" + key + "' to remove");
        }
    }

    /** The position that the key stands for; a negative one counts back from {@code wrap}. */
    private int position(int wrap, int max) {
        int position;
        try {
            position = Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw new JsonPatchException("'" + key + "' is no position in a list");
        }
        int actual = position < 0 ? position + wrap : position;
        if (actual < 0 || actual > max) {
            throw new JsonPatchException("the list has no position " + position);
        }
        return actual;
    }
}
