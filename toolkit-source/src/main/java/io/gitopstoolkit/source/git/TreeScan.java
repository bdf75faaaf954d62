package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.source.IgnoreRules;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import io.gitopstoolkit.source.git.GitTree.Blob;
import io.gitopstoolkit.source.internal.IgnoreMatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Reads the directories of a commit, and no file but the ignore files. Not safe between threads. */
final class TreeScan {
    private static final int MAX_PATH = 4096;
    private static final int MAX_TREE_BYTES = 64 << 20;
    private static final int MAX_IGNORE_BYTES = 1 << 20;
    private static final int CHECK_EVERY = 1024;

    private record Directory(String path, ObjectId tree) {}

    private final ObjectReader reader;
    private final Limits limits;
    private final Deadline deadline;
    private final Map<String, Blob> blobs = new HashMap<>();
    private final Map<String, String> ignoreFiles = new HashMap<>();
    private final Deque<Directory> open = new ArrayDeque<>();
    private long entries;

    private TreeScan(ObjectReader reader, Limits limits, Deadline deadline) {
        this.reader = reader;
        this.limits = limits;
        this.deadline = deadline;
    }

    /**
     * The files of {@code tree} that {@code rules} leave in.
     *
     * @throws IOException if an object is missing or damaged; so afterwards all are there
     */
    static Map<String, Blob> files(
            ObjectReader reader, ObjectId tree, IgnoreRules rules, Limits limits, Deadline deadline)
            throws IOException {
        var scan = new TreeScan(reader, limits, deadline);
        scan.open.add(new Directory("", tree));
        while (!scan.open.isEmpty()) {
            scan.read(scan.open.remove());
        }
        var matcher = IgnoreMatcher.of(scan.ignoreFiles, rules);
        scan.blobs.keySet().removeIf(matcher::isIgnored);
        return scan.blobs;
    }

    private void read(Directory directory) throws IOException {
        var parser = new CanonicalTreeParser();
        parser.reset(reader.open(directory.tree(), Constants.OBJ_TREE).getBytes(MAX_TREE_BYTES));
        for (; !parser.eof(); parser.next()) {
            count();
            String name = nameOf(parser, directory);
            String path = directory.path().isEmpty() ? name : directory.path() + '/' + name;
            if (path.length() > MAX_PATH) {
                throw Failures.tooLarge("a path of more than " + MAX_PATH + " characters");
            }
            add(path, name, parser);
        }
    }

    private void add(String path, String name, CanonicalTreeParser parser) throws IOException {
        FileMode mode = parser.getEntryFileMode();
        ObjectId id = parser.getEntryObjectId();
        if (mode == FileMode.TREE) {
            open.add(new Directory(path, id));
            return;
        }
        Kind kind = kind(mode);
        if (kind == null) {
            return;
        }
        if (!reader.has(id)) {
            throw new MissingObjectException(id, Constants.OBJ_BLOB);
        }
        blobs.put(path, new Blob(kind, id));
        if (kind != Kind.SYMLINK && name.equals(IgnoreMatcher.FILE_NAME)) {
            ignoreFiles.put(
                    path.substring(0, Math.max(0, path.length() - name.length() - 1)), readIgnoreFile(path, id));
        }
    }

    /** Null for what is no file: the commit of a submodule. */
    private static @Nullable Kind kind(FileMode mode) {
        if (mode == FileMode.EXECUTABLE_FILE) {
            return Kind.EXECUTABLE;
        }
        if (mode == FileMode.SYMLINK) {
            return Kind.SYMLINK;
        }
        return mode == FileMode.REGULAR_FILE ? Kind.FILE : null;
    }

    private String readIgnoreFile(String path, ObjectId id) throws IOException {
        try {
            byte[] bytes = reader.open(id, Constants.OBJ_BLOB).getBytes(MAX_IGNORE_BYTES);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (LargeObjectException e) {
            throw new SourceException(
                    Reason.SOURCE_IGNORE_ERROR,
                    path + " has more than 1 MiB; make it smaller or give rules instead",
                    e);
        }
    }

    private static String nameOf(CanonicalTreeParser parser, Directory directory) {
        String name = parser.getEntryPathString();
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            throw new SourceException(
                    Reason.GIT_OPERATION_FAILED,
                    "the repository holds an entry named '" + name + "' in '" + directory.path()
                            + "', which no file can have; remove it");
        }
        return name;
    }

    private void count() {
        if (++entries > limits.objects()) {
            throw Failures.tooLarge("a tree of more than " + limits.objects() + " entries");
        }
        if (entries % CHECK_EVERY == 0) {
            deadline.check("read the tree of a commit");
        }
    }
}
