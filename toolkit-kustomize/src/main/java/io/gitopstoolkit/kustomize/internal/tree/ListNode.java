package io.gitopstoolkit.kustomize.internal.tree;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A list of nodes. */
public final class ListNode extends Node implements Iterable<Node> {
    private final ArrayList<Node> items;

    /** An empty list. */
    public ListNode() {
        this(4);
    }

    /** An empty list with room for {@code capacity} items. */
    public ListNode(int capacity) {
        items = new ArrayList<>(capacity);
    }

    /** A list of strings. */
    public static ListNode ofStrings(Iterable<String> texts) {
        var list = new ListNode();
        for (String text : texts) {
            list.add(ScalarNode.string(text));
        }
        return list;
    }

    /** How many items it has. */
    public int size() {
        return items.size();
    }

    /** Whether it has no item. */
    public boolean isEmpty() {
        return items.isEmpty();
    }

    /** The item at a position. */
    public Node get(int position) {
        return items.get(position);
    }

    /** Puts another item in the place of the one at a position. */
    public void set(int position, Node item) {
        items.set(position, item);
    }

    /** Adds an item at the end. */
    public void add(Node item) {
        items.add(item);
    }

    /** Adds an item before the one at a position. */
    public void add(int position, Node item) {
        items.add(position, item);
    }

    /** Removes the item at a position and returns it. */
    public Node remove(int position) {
        return items.remove(position);
    }

    /** Removes each item that the condition holds for. */
    public void removeIf(Predicate<Node> condition) {
        items.removeIf(condition);
    }

    /** Removes every item. */
    public void clear() {
        items.clear();
    }

    /** The items in order; not to be changed through the iterator. */
    @Override
    public Iterator<Node> iterator() {
        return items.iterator();
    }

    @Override
    public ListNode copy() {
        var copy = new ListNode(items.size());
        for (Node item : items) {
            copy.items.add(item instanceof ScalarNode ? item : item.copy());
        }
        return copy;
    }

    @Override
    public List<@Nullable Object> toPlain() {
        var list = new ArrayList<@Nullable Object>(items.size());
        for (Node item : items) {
            list.add(item.toPlain());
        }
        return list;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListNode list && items.equals(list.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    /** The size alone: items may be secret. */
    @Override
    public String toString() {
        return "[" + items.size() + " items]";
    }
}
