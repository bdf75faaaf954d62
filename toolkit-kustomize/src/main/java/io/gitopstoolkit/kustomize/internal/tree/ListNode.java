package io.gitopstoolkit.kustomize.internal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A list of nodes. */
public final class ListNode extends Node implements Iterable<Node> {
    private Node[] items;
    private int size;

    /** An empty list. */
    public ListNode() {
        this(4);
    }

    /** An empty list with room for {@code capacity} items. */
    public ListNode(int capacity) {
        items = new Node[capacity];
    }

    private ListNode(Node[] items) {
        this.items = items;
        this.size = items.length;
    }

    /** A list of items; the array belongs to the list from now on. */
    public static ListNode of(Node[] items) {
        return new ListNode(items);
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
        return size;
    }

    /** Whether it has no item. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The item at a position. */
    public Node get(int position) {
        return items[Objects.checkIndex(position, size)];
    }

    /** Puts another item in the place of the one at a position. */
    public void set(int position, Node item) {
        items[Objects.checkIndex(position, size)] = item;
    }

    /** Adds an item at the end. */
    public void add(Node item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, Math.max(size * 2, 4));
        }
        items[size++] = item;
    }

    /** Adds an item before the one at a position. */
    public void add(int position, Node item) {
        Objects.checkIndex(position, size + 1);
        add(item);
        System.arraycopy(items, position, items, position + 1, size - 1 - position);
        items[position] = item;
    }

    /** Removes the item at a position and returns it. */
    public Node remove(int position) {
        Node removed = get(position);
        System.arraycopy(items, position + 1, items, position, size - 1 - position);
        shrinkTo(size - 1);
        return removed;
    }

    /** Removes each item that the condition holds for. */
    public void removeIf(Predicate<Node> condition) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!condition.test(items[i])) {
                items[kept++] = items[i];
            }
        }
        shrinkTo(kept);
    }

    /** Removes every item. */
    public void clear() {
        shrinkTo(0);
    }

    private void shrinkTo(int length) {
        Arrays.fill(items, length, size, null);
        size = length;
    }

    /** The items in order; not to be changed through the iterator. */
    @Override
    public Iterator<Node> iterator() {
        return new Items();
    }

    @Override
    public ListNode copy() {
        var copy = new Node[size];
        for (int i = 0; i < size; i++) {
            Node item = items[i];
            copy[i] = item instanceof ScalarNode ? item : item.copy();
        }
        return new ListNode(copy);
    }

    @Override
    public List<@Nullable Object> toPlain() {
        var list = new ArrayList<@Nullable Object>(size);
        for (int i = 0; i < size; i++) {
            list.add(items[i].toPlain());
        }
        return list;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListNode list && Arrays.equals(items, 0, size, list.items, 0, list.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + items[i].hashCode();
        }
        return hash;
    }

    /** The size alone: items may be secret. */
    @Override
    public String toString() {
        return "[" + size + " items]";
    }

    private final class Items implements Iterator<Node> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Node next() {
            if (next >= size) {
                throw new NoSuchElementException();
            }
            return items[next++];
        }
    }
}
