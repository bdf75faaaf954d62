package io.gitopstoolkit.source.git;

/**
 * How much a repository may make us read.
 *
 * @param packBytes of one transfer
 * @param objects in one transfer, and entries in one tree
 * @param fileBytes of one file, unpacked
 */
record Limits(long packBytes, long objects, long fileBytes) {
    static final Limits DEFAULTS = new Limits(1L << 30, 1_000_000, 100L << 20);

    /** How long a list of references may be. */
    static final long REFERENCE_BYTES = 64L << 20;
}
