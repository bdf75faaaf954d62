package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.remote.RepoSpec;
import org.jspecify.annotations.Nullable;

/** The files that a kustomization can see: those of the artifact, or of a repository that it was loaded from. */
final class Checkout {
    private final SeenTree files;
    private final boolean rootOnly;
    private final @Nullable RepoSpec repository;

    /**
     * Files to build from.
     *
     * @param rootOnly whether files must lie in or below the directory of the kustomization that names them
     * @param repository where the files come from; null for the artifact
     */
    Checkout(SeenTree files, boolean rootOnly, @Nullable RepoSpec repository) {
        this.files = files;
        this.rootOnly = rootOnly;
        this.repository = repository;
    }

    SeenTree files() {
        return files;
    }

    boolean rootOnly() {
        return rootOnly;
    }

    /** Where the files come from; null for the artifact. */
    @Nullable
    RepoSpec repository() {
        return repository;
    }

    /** A path for messages. */
    String shown(String path) {
        String inside = path.isEmpty() ? "." : path;
        return repository == null ? inside : repository + "//" + inside;
    }
}
