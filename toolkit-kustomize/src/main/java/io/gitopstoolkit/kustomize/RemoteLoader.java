package io.gitopstoolkit.kustomize;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.kustomize.internal.remote.RemoteFile;
import java.util.Optional;

/**
 * Gets what a kustomization names by an address instead of a path: Git repositories for {@code resources} and
 * {@code components}, files of web servers wherever a file may be named.
 *
 * <p>A renderer has none unless it is given one by {@link KustomizeRenderer.Builder#remoteLoader}, and refuses addresses
 * then. Which hosts may be asked, with which credentials, is the loader's business: addresses come from the artifact,
 * and from what was loaded, so a loader for content that is not trusted checks them.
 *
 * <p>A build asks at most once for the same repository at the same ref, and for the same file. Implementations are safe
 * between threads, block, and throw {@link io.gitopstoolkit.api.ToolkitException} for what fails.
 */
public interface RemoteLoader {
    /**
     * The files of a repository.
     *
     * @param deadline the build's, or that of the address ({@code timeout=}, by default 27 seconds) if it is nearer
     * @throws io.gitopstoolkit.api.ToolkitException if there is no such repository or ref, or it cannot be read
     */
    FileTree repository(Repository repository, Deadline deadline);

    /**
     * The bytes of a file; empty where the server answers that it has none, by a status other than 2xx.
     *
     * @param url with the scheme {@code http} or {@code https}, as the kustomization has it; it may hold a password
     * @param maxBytes how long the file may be; a longer one is refused, at the latest by the renderer
     * @throws io.gitopstoolkit.api.ToolkitException if the server cannot be asked
     */
    Optional<byte[]> file(String url, int maxBytes, Deadline deadline);

    /**
     * A Git repository at a ref.
     *
     * @param url in a form that Git understands: {@code https://example.org/org/repo}, {@code git@example.org:org/repo},
     *     {@code file:///srv/repo}; it may hold a password
     * @param ref a branch, a tag, the id of a commit or a full ref; empty for what the repository's {@code HEAD} is
     * @param submodules whether the files of submodules are to be there
     */
    record Repository(String url, String ref, boolean submodules) {
        /** Checks that nothing is null. */
        public Repository {
            requireNonNull(url, "url");
            requireNonNull(ref, "ref");
        }

        /** The address and the ref; neither user nor password. */
        @Override
        public String toString() {
            return RemoteFile.shown(url) + (ref.isEmpty() ? "" : "?ref=" + ref);
        }
    }
}
