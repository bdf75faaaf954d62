package io.gitopstoolkit.kustomize.internal.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to order the output.
 *
 * @param order {@code fifo} or {@code legacy}
 * @param legacy which kinds come first and last, or null for those of kustomize
 */
public record SortOptions(String order, @Nullable Legacy legacy) {
    /** The legacy order with kustomize's lists of kinds. */
    public static final SortOptions LEGACY = new SortOptions("legacy", null);

    /**
     * Which kinds come first and last.
     *
     * @param orderFirst kinds in the order in which they come first
     * @param orderLast kinds in the order in which they come last
     */
    public record Legacy(List<String> orderFirst, List<String> orderLast) {}
}
