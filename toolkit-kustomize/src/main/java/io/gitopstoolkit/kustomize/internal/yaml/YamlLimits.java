package io.gitopstoolkit.kustomize.internal.yaml;

/**
 * How much a file may hold.
 *
 * @param maxBytes of one file
 * @param maxDepth levels of maps and lists
 * @param maxAliasedNodes nodes that aliases and merge keys of one file add to it
 */
public record YamlLimits(int maxBytes, int maxDepth, int maxAliasedNodes) {
    /** 64 MiB, 500 levels, 1,000,000 nodes. */
    public static final YamlLimits DEFAULT = new YamlLimits(64 << 20, 500, 1_000_000);

    /** Checks that each is positive. */
    public YamlLimits {
        if (maxBytes <= 0 || maxDepth <= 0 || maxAliasedNodes <= 0) {
            throw new IllegalArgumentException("a limit must be positive");
        }
    }
}
