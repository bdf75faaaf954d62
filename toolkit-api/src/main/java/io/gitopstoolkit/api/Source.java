package io.gitopstoolkit.api;

/**
 * Where files come from: a Git repository, a registry, a bucket.
 *
 * <p>Ask {@link #resolve} often and {@link #fetch} when its answer has changed. Both block, and are safe between
 * threads.
 */
public interface Source {
    /**
     * Asks which revision there is now, and downloads nothing else.
     *
     * @throws ToolkitException if the source cannot be asked, or there is no such revision
     */
    Revision resolve(Deadline deadline);

    /**
     * Fetches that revision.
     *
     * @param revision one that {@link #resolve} gave, of this source
     * @throws ToolkitException if it cannot be fetched, or is not what it claims to be
     */
    Artifact fetch(Revision revision, Deadline deadline);
}
