package io.gitopstoolkit.source.git;

/**
 * How much a repository may make us read.
 *
 * @param packBytes of one transfer
 * @param objects in one transfer, and entries in one tree
 * @param fileBytes of one file, unpacked
 * @param packs in the cache, before it starts over
 */
record Limits(long packBytes, long objects, long fileBytes, int packs) {
    static final Limits DEFAULTS = new Limits(1L << 30, 1_000_000, 100L << 20, 64);

    /** How long a list of references may be. */
    static final long REFERENCE_BYTES = 64L << 20;
}
