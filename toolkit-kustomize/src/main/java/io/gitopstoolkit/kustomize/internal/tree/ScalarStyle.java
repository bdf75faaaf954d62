package io.gitopstoolkit.kustomize.internal.tree;

/** How a scalar stood in its document. The writer does not care: it chooses the style as kustomize does. */
public enum ScalarStyle {
    /** Without quotes. */
    PLAIN,
    /** In single quotes. */
    SINGLE_QUOTED,
    /** In double quotes. */
    DOUBLE_QUOTED,
    /** A block after {@code |}. */
    LITERAL,
    /** A block after {@code >}. */
    FOLDED
}
