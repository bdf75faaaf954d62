package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.LIMIT_EXCEEDED;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.NOT_SUPPORTED;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.REMOTE_FAILED;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.ToolkitException;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.RemoteLoader;
import io.gitopstoolkit.kustomize.RemoteLoader.Repository;
import io.gitopstoolkit.kustomize.internal.remote.RemoteFile;
import io.gitopstoolkit.kustomize.internal.remote.RepoSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one build has loaded from elsewhere, each thing once. */
final class Remotes {
    private final @Nullable RemoteLoader loader;
    private final Deadline deadline;
    private final int maxBytes;
    private final Map<Repository, FileTree> repositories = new HashMap<>();
    private final Map<String, byte[]> files = new HashMap<>();
    private boolean used;

    Remotes(@Nullable RemoteLoader loader, Deadline deadline, int maxBytes) {
        this.loader = loader;
        this.deadline = deadline;
        this.maxBytes = maxBytes;
    }

    /** Whether the build stands on something from elsewhere, which may be something else the next time. */
    boolean used() {
        return used;
    }

    FileTree repository(RepoSpec spec) {
        var repository =
                new Repository(spec.cloneUrl(), spec.query().ref(), spec.query().submodules());
        FileTree known = repositories.get(repository);
        if (known != null) {
            return known;
        }
        FileTree loaded =
                loaded(repository.toString(), loader -> loader.repository(repository, deadline.atMost(spec.timeout())));
        repositories.put(repository, loaded);
        return loaded;
    }

    byte[] file(String url) {
        byte[] known = files.get(url);
        if (known != null) {
            return known.clone();
        }
        String shown = RemoteFile.shown(url);
        byte[] loaded =
                loaded(shown, loader -> loader.file(url, maxBytes, deadline).orElse(null));
        if (loaded.length > maxBytes) {
            throw new KustomizeException(
                    LIMIT_EXCEEDED,
                    "'" + shown + "' has " + loaded.length + " bytes, the limit of the renderer is " + maxBytes);
        }
        files.put(url, loaded.clone());
        return loaded;
    }

    @FunctionalInterface
    private interface Load<T> {
        @Nullable
        T from(RemoteLoader loader);
    }

    private <T> T loaded(String shown, Load<T> load) {
        if (loader == null) {
            throw new KustomizeException(
                    NOT_SUPPORTED,
                    "'" + shown
                            + "' is remote, which is not supported without a loader; give the renderer one, or put the"
                            + " files into the artifact and name their path");
        }
        deadline.check("load " + shown);
        used = true;
        try {
            T loaded = load.from(loader);
            if (loaded == null) {
                throw new KustomizeException(REMOTE_FAILED, "HTTP Error: the server has no '" + shown + "'");
            }
            return loaded;
        } catch (DeadlineException e) {
            deadline.check("load " + shown);
            throw failed(shown, e);
        } catch (ToolkitException e) {
            throw e instanceof KustomizeException ? e : failed(shown, e);
        }
    }

    private static KustomizeException failed(String shown, ToolkitException e) {
        return new KustomizeException(REMOTE_FAILED, "cannot load '" + shown + "': " + e.getMessage(), e);
    }
}
