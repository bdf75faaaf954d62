package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.CYCLE;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_NOT_FOUND;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_OUTSIDE_ROOT;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.LIMIT_EXCEEDED;

import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTreeException;
import io.gitopstoolkit.kustomize.KustomizeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory of a kustomization, from which its paths start, and the directories of those that led to it. */
final class Directory {
    private final Build build;
    private final String root;
    private final @Nullable Directory referrer;
    private final int depth;

    private Directory(Build build, String root, @Nullable Directory referrer) {
        this.build = build;
        this.root = root;
        this.referrer = referrer;
        this.depth = referrer == null ? 1 : referrer.depth + 1;
    }

    /** Where a build starts. */
    static Directory start(Build build, String path) {
        return new Directory(build, realDirectory(build, path, path), null);
    }

    /** The path from the root of the tree, without links; nothing for the root. */
    String root() {
        return root;
    }

    /** The path of something in this directory, for messages. */
    String pathOf(String name) {
        return root.isEmpty() ? name : root + '/' + name;
    }

    /** The directory of another kustomization, which this one names. */
    Directory open(String path) {
        if (path.isEmpty()) {
            throw new KustomizeException(FILE_NOT_FOUND, "new root cannot be empty, name a directory");
        }
        String real = realDirectory(build, resolve(path), path);
        for (Directory visited = this; visited != null; visited = visited.referrer) {
            if (isIn(visited.root, real)) {
                throw new KustomizeException(
                        CYCLE,
                        "cycle detected: candidate root '" + shown(real) + "' contains visited root '"
                                + shown(visited.root) + "'");
            }
        }
        if (depth >= build.options().limits().depth()) {
            throw new KustomizeException(
                    LIMIT_EXCEEDED,
                    "more than " + build.options().limits().depth()
                            + " kustomizations within each other, the limit of the renderer");
        }
        return new Directory(build, real, this);
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

    /** The bytes of a file. */
    byte[] read(String path) {
        return build.read(realFile(path));
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
        String real = build.files().realPath(resolved);
        int slash = real.lastIndexOf('/');
        if (build.options().rootOnly() && !isIn(slash < 0 ? "" : real.substring(0, slash), root)) {
            throw new KustomizeException(
                    FILE_OUTSIDE_ROOT,
                    "security; file '" + real + "' is not in or below '" + shown(root)
                            + "'; move it there, or allow it by the renderer's load restriction");
        }
        return real;
    }

    private Optional<FileTree.Kind> kind(String resolved) {
        try {
            return build.files().kind(resolved);
        } catch (FileTreeException e) {
            throw outside(e);
        }
    }

    private static String realDirectory(Build build, String path, String shown) {
        try {
            Optional<FileTree.Kind> kind = build.files().kind(path);
            if (kind.isEmpty()) {
                throw new KustomizeException(
                        FILE_NOT_FOUND, "'" + shown + "' does not exist, there is no '" + shown(path) + "'");
            }
            if (kind.get() != FileTree.Kind.DIRECTORY) {
                throw new KustomizeException(FILE_NOT_FOUND, "'" + shown + "' must resolve to a directory");
            }
            return build.files().realPath(path);
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
                    FILE_OUTSIDE_ROOT, "'" + path + "' is absolute; name it relative to '" + shown(root) + "'");
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : pathOf(path).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    throw new KustomizeException(
                            FILE_OUTSIDE_ROOT, "'" + path + "' in '" + shown(root) + "' leads out of the artifact");
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

    private static String shown(String path) {
        return path.isEmpty() ? "." : path;
    }
}
