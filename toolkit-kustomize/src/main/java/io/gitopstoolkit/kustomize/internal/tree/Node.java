package io.gitopstoolkit.kustomize.internal.tree;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of a document: a map, a list or a scalar. Maps and lists can be changed and belong to one tree; scalars are
 * immutable and shared. Not safe for use by several threads while one of them changes it.
 *
 * <p>Two nodes are equal when they hold the same content; the order of a map's keys and the style of a scalar do not
 * count.
 */
public abstract sealed class Node permits MapNode, ListNode, ScalarNode {
    Node() {}

    /** A tree of its own with the same content; scalars are shared. */
    public abstract Node copy();

    /**
     * The content as plain data: {@link Map} in order of insertion, {@link List}, {@link String}, {@link Long}
     * ({@link java.math.BigInteger} beyond its range), {@link Double}, {@link Boolean} or null. Timestamps are strings,
     * as kustomize writes them.
     */
    public abstract @Nullable Object toPlain();

    /** Whether this is the scalar null. */
    public boolean isNull() {
        return false;
    }

    /** A tree from plain data: maps, lists, strings, numbers, booleans and nulls. */
    public static Node of(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            var node = new MapNode(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof String key)) {
                    throw new IllegalArgumentException("a key that is not a string");
                }
                node.append(key, of(entry.getValue()));
            }
            return node;
        }
        if (plain instanceof List<?> list) {
            var node = new ListNode(list.size());
            for (Object item : list) {
                node.add(of(item));
            }
            return node;
        }
        return ScalarNode.ofPlain(plain);
    }
}
