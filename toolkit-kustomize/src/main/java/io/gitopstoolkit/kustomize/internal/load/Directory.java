package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.CYCLE;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_NOT_FOUND;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_OUTSIDE_ROOT;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.LIMIT_EXCEEDED;

import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTreeException;
import io.gitopstoolkit.kustomize.HelmChart;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.remote.RemoteFile;
import io.gitopstoolkit.kustomize.internal.remote.RepoSpec;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory of a kustomization, from which its paths start, and the directories of those that led to it. */
final class Directory {
    private final Build build;
    private final Checkout checkout;
    private final String root;
    private final @Nullable Directory referrer;
    private final int depth;

    private Directory(Build build, Checkout checkout, String root, @Nullable Directory referrer) {
        this.build = build;
        this.checkout = checkout;
        this.root = root;
        this.referrer = referrer;
        this.depth = referrer == null ? 1 : referrer.depth + 1;
    }

    /** Where a build starts. */
    static Directory start(Build build, SeenTree files, String path) {
        var checkout = new Checkout(files, build.options().rootOnly(), null);
        return new Directory(build, checkout, realDirectory(checkout, path, path), null);
    }

    /** The path of this directory, for messages. */
    String shown() {
        return checkout.shown(root);
    }

    /** A directory, for someone else to read. */
    HelmChart.Files files(String path) {
        return new HelmChart.Files(checkout.files(), realDirectory(checkout, resolve(path), path));
    }

    /** The name of this directory; nothing for the root of the tree, which has none. */
    String name() {
        return root.substring(root.lastIndexOf('/') + 1);
    }

    /** The path of something in this directory, for messages. */
    String pathOf(String name) {
        return RemoteFile.isRemote(name) ? RemoteFile.shown(name) : checkout.shown(inside(name));
    }

    private String inside(String name) {
        return root.isEmpty() ? name : root + '/' + name;
    }

    /** The directory of another kustomization, which this one names. */
    Directory open(String path) {
        if (path.isEmpty()) {
            throw new KustomizeException(FILE_NOT_FOUND, "new root cannot be empty, name a directory");
        }
        checkDepth();
        RepoSpec repository = RepoSpec.parse(path);
        return repository == null ? openLocal(path) : openRepository(repository);
    }

    private Directory openLocal(String path) {
        String real = realDirectory(checkout, resolve(path), RemoteFile.shown(path));
        for (Directory visited = this; visited != null; visited = visited.referrer) {
            if (visited.checkout == checkout && isIn(visited.root, real)) {
                throw new KustomizeException(
                        CYCLE,
                        "cycle detected: candidate root '" + checkout.shown(real) + "' contains visited root '"
                                + visited.shown() + "'");
            }
        }
        return new Directory(build, checkout, real, this);
    }

    /** As in kustomize, no file from outside of a repository can be read there, whatever the renderer allows. */
    private Directory openRepository(RepoSpec repository) {
        for (Directory visited = this; visited != null; visited = visited.referrer) {
            RepoSpec from = visited.checkout.repository();
            if (from != null && from.raw().startsWith(repository.raw())) {
                throw new KustomizeException(
                        CYCLE, "cycle detected: '" + repository + "' is named by what was loaded from '" + from + "'");
            }
        }
        var loaded = new Checkout(new SeenTree(build.remotes().repository(repository), null), true, repository);
        return new Directory(build, loaded, realDirectory(loaded, repository.path(), repository.path()), this);
    }

    private void checkDepth() {
        if (depth >= build.options().limits().depth()) {
            throw new KustomizeException(
                    LIMIT_EXCEEDED,
                    "more than " + build.options().limits().depth()
                            + " kustomizations within each other, the limit of the renderer");
        }
    }

    /** The kustomization file for what is in this directory, as Flux generates it. */
    MapNode generated() {
        return new PlainDirectory(build, checkout.files(), root).kustomization();
    }

    /** Whether there is something at a path that is in the artifact. */
    boolean exists(String path) {
        try {
            return kind(resolve(path)).isPresent();
        } catch (KustomizeException e) {
            return false;
        }
    }

    /** Whether a path leads to a directory. */
    boolean isDirectory(String path) {
        return !path.isEmpty() && kind(resolve(path)).orElse(null) == FileTree.Kind.DIRECTORY;
    }

    /** Whether a path leads to a file that may be read; a file that may not is as good as none. */
    boolean hasFile(String path) {
        try {
            realFile(path);
            return true;
        } catch (KustomizeException e) {
            return false;
        }
    }

    /** The bytes of a file; the caller's to change. */
    byte[] read(String path) {
        return content(path).bytes().clone();
    }

    /** The content of a file. */
    FileContent content(String path) {
        return RemoteFile.isRemote(path) ? build.download(path) : build.read(checkout.files(), realFile(path));
    }

    private String realFile(String path) {
        String resolved = resolve(path);
        Optional<FileTree.Kind> kind = kind(resolved);
        if (kind.isEmpty()) {
            throw new KustomizeException(
                    FILE_NOT_FOUND, "'" + path + "' does not exist, there is no '" + resolved + "'");
        }
        if (kind.get() == FileTree.Kind.DIRECTORY) {
            throw new KustomizeException(FILE_NOT_FOUND, "'" + path + "' must resolve to a file, it is a directory");
        }
        String real = checkout.files().realPath(resolved);
        int slash = real.lastIndexOf('/');
        if (checkout.rootOnly() && !isIn(slash < 0 ? "" : real.substring(0, slash), root)) {
            throw new KustomizeException(
                    FILE_OUTSIDE_ROOT,
                    "security; file '" + checkout.shown(real) + "' is not in or below '" + shown()
                            + "'; move it there, or allow it by the renderer's load restriction");
        }
        return real;
    }

    private Optional<FileTree.Kind> kind(String resolved) {
        try {
            return checkout.files().kind(resolved);
        } catch (FileTreeException e) {
            throw outside(e);
        }
    }

    private static String realDirectory(Checkout checkout, String path, String shown) {
        try {
            Optional<FileTree.Kind> kind = checkout.files().kind(path);
            if (kind.isEmpty()) {
                throw new KustomizeException(
                        FILE_NOT_FOUND, "'" + shown + "' does not exist, there is no '" + checkout.shown(path) + "'");
            }
            if (kind.get() != FileTree.Kind.DIRECTORY) {
                throw new KustomizeException(FILE_NOT_FOUND, "'" + shown + "' must resolve to a directory");
            }
            return checkout.files().realPath(path);
        } catch (FileTreeException e) {
            throw outside(e);
        }
    }

    private static KustomizeException outside(FileTreeException e) {
        return new KustomizeException(FILE_OUTSIDE_ROOT, String.valueOf(e.getMessage()), e);
    }

    /** The path from the root of the tree, its dots resolved as text, as kustomize does before it follows links. */
    private String resolve(String path) {
        if (path.startsWith("/")) {
            throw new KustomizeException(
                    FILE_OUTSIDE_ROOT, "'" + path + "' is absolute; name it relative to '" + shown() + "'");
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : inside(path).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    throw new KustomizeException(
                            FILE_OUTSIDE_ROOT,
                            "'" + path + "' in '" + shown() + "' leads out of the "
                                    + (checkout.repository() == null ? "artifact" : "repository"));
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static boolean isIn(String path, String directory) {
        return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + '/');
    }
}
