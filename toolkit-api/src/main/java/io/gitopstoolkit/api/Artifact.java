package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a {@link Source} fetched.
 *
 * <p>The files are read when they are asked for. A source that keeps them somewhere, such as a cache on disk, says how
 * long an artifact of it can be read; closing the source ends it.
 *
 * @param revision the state of the source that this is
 * @param digest the digest of the content: equal for equal files, whatever revision or packaging they came in, within
 *     one kind of source
 * @param files the content, after ignore rules
 * @param metadata more that the source tells, such as {@code org.opencontainers.image.source}; in the order given
 */
public record Artifact(Revision revision, Digest digest, FileTree files, Map<String, String> metadata) {
    /** Copies the metadata. */
    public Artifact {
        requireNonNull(revision, "revision");
        requireNonNull(digest, "digest");
        requireNonNull(files, "files");
        metadata = Trees.freezeStrings(metadata);
    }

    /** An artifact of {@code files}, its digest made from them; it reads the digest of every file. */
    public static Artifact of(Revision revision, FileTree files) {
        return new Artifact(revision, files.contentDigest(), files, Map.of());
    }

    /** The revision and the digest; never the content. */
    @Override
    public String toString() {
        return "Artifact[" + revision + ", " + digest + "]";
    }
}
