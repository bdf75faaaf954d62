package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files to read: a directory, a Git commit, an archive, a map in memory. Nothing is written, and a path cannot leave
 * the tree, for it has no outside.
 *
 * <p>Paths are relative to the tree's root, with {@code /} between their parts; {@code ""} is the root. A path may hold
 * {@code .} and {@code ..} as long as it stays inside. Symbolic links are followed, on the way and at the end, as long
 * as they stay inside; at most {@value #MAX_LINKS} for one path. Names are compared exactly.
 *
 * <p>Files are read when asked for, so content that changes underneath is seen as it is then. Safe between threads as
 * far as what lies underneath is. I/O that fails is thrown as {@link UncheckedIOException}.
 *
 * <p>To make a tree of something else, implement {@link Storage}, which knows nothing of links and {@code ..}, and pass
 * it to {@link #of(Storage)}.
 */
public interface FileTree {
    /** How many symbolic links are followed for one path before it is refused. */
    int MAX_LINKS = 40;

    /** How long the target of a symbolic link may be, in bytes, before it is refused. */
    int MAX_LINK_BYTES = 4_096;

    /** What is at a path. */
    enum Kind {
        /** A file. */
        FILE,
        /** A file that its owner may execute. */
        EXECUTABLE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link; only {@link Storage} tells of it, a tree follows it. */
        SYMLINK
    }

    /**
     * One name in a directory.
     *
     * @param name the last part of the path; neither empty nor {@code .} nor {@code ..}, and without {@code /} and
     *     the zero character
     * @param kind what is there; in the listing of a tree a link that is followed has the kind of its target
     */
    record Entry(String name, Kind kind) implements Comparable<Entry> {
        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if it is not one name
         */
        public Entry {
            requireNonNull(kind, "kind");
            boolean dots = name.equals(".") || name.equals("..");
            if (name.isEmpty() || dots || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("not the name of an entry: '" + name + "'");
            }
        }

        /** Whether this is a file, executable or not. */
        public boolean isFile() {
            return kind == Kind.FILE || kind == Kind.EXECUTABLE;
        }

        /** Orders by name. */
        @Override
        public int compareTo(Entry other) {
            return name.compareTo(other.name);
        }
    }

    /**
     * The entries of a directory, by name. Links that lead nowhere, or out of the tree, are left in as
     * {@link Kind#SYMLINK}.
     *
     * @throws FileTreeException if there is no such directory
     */
    List<Entry> list(String directory);

    /**
     * What is at {@code path}, links followed; empty where there is nothing, or a link that leads nowhere.
     *
     * @throws FileTreeException if the path, or a link on it, leaves the tree
     */
    Optional<Kind> kind(String path);

    /**
     * The path of the same place without links, {@code .} and {@code ..}: two paths are the same file or directory if
     * their real paths are equal.
     *
     * @throws FileTreeException if there is nothing, or the path or a link on it leaves the tree
     */
    String realPath(String path);

    /**
     * The bytes of a file; a fresh array.
     *
     * @throws FileTreeException if there is no such file
     */
    byte[] read(String path);

    /**
     * How many bytes a file has, so that a caller can refuse it before reading.
     *
     * @throws FileTreeException if there is no such file
     */
    long size(String path);

    /**
     * The digest of a file's content. Its algorithm is the tree's choice: what comes for free.
     *
     * @throws FileTreeException if there is no such file
     */
    Digest digest(String path);

    /**
     * The digest of all files of the tree: of their paths, whether they can be executed, and their content. A link
     * counts as its text. Equal for trees of one algorithm with equal content; it reads the digest of every file.
     */
    Digest contentDigest();

    /** A tree over entries as they are stored. */
    static FileTree of(Storage storage) {
        return new LinkedTree(requireNonNull(storage, "storage"));
    }

    /**
     * A tree in memory, of files by path. The bytes are copied.
     *
     * @throws IllegalArgumentException if a path is not relative and plain, or is both a file and a directory
     */
    static FileTree of(Map<String, byte[]> files) {
        return of(MemoryStorage.of(files));
    }

    /**
     * A tree in memory, of text files by path, in UTF-8.
     *
     * @throws IllegalArgumentException if a path is not relative and plain, or is both a file and a directory
     */
    static FileTree ofText(Map<String, String> files) {
        return of(MemoryStorage.ofText(files));
    }

    /**
     * A tree over a directory of the machine. A link is followed as far as it stays below {@code root}; special files
     * such as devices and sockets are not there. The directory belongs to the caller.
     *
     * @throws FileTreeException if {@code root} is not a directory
     */
    static FileTree directory(Path root) {
        return of(DirectoryStorage.of(root));
    }

    /**
     * Entries as they are stored: no link is followed, paths are plain ({@code a/b}, no {@code .}, {@code ..}, or
     * {@code /} at an end; {@code ""} is the root). {@link FileTree#of(Storage)} adds links and checks.
     */
    interface Storage {
        /** What is stored at {@code path}; empty where there is nothing. */
        Optional<Kind> kind(String path);

        /** The entries of a directory in any order; called for directories alone. */
        List<Entry> list(String directory);

        /** The bytes of a file, or the target of a symbolic link in UTF-8; called for these alone. */
        byte[] read(String path);

        /** How many bytes {@link #read} would give. */
        long size(String path);

        /** The digest of what {@link #read} would give. */
        Digest digest(String path);
    }
}
