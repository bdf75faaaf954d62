package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.source.git.Cache.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * The files of one commit after ignore rules. The names are in memory, the content is read from the cache. Safe between
 * threads.
 */
final class GitTree implements FileTree.Storage {
    /** A file or link. */
    record Blob(Kind kind, ObjectId id) {}

    private final Generation generation;
    private final long maxFileBytes;
    private final Map<String, Blob> blobs;
    private final Map<String, List<Entry>> directories;

    /** A tree of these files by path; a directory is there if a file below it is. */
    GitTree(Generation generation, Map<String, Blob> blobs, Limits limits) {
        this.generation = generation;
        this.maxFileBytes = limits.fileBytes();
        this.blobs = Map.copyOf(blobs);
        this.directories = directoriesOf(blobs);
    }

    private static Map<String, List<Entry>> directoriesOf(Map<String, Blob> blobs) {
        var directories = new HashMap<String, List<Entry>>();
        directories.put("", new ArrayList<>());
        blobs.forEach((path, blob) -> directory(directories, parent(path))
                .add(new Entry(path.substring(path.lastIndexOf('/') + 1), blob.kind())));
        directories.replaceAll((path, entries) -> List.copyOf(entries));
        return directories;
    }

    private static List<Entry> directory(Map<String, List<Entry>> directories, String path) {
        List<Entry> entries = directories.get(path);
        if (entries == null) {
            entries = new ArrayList<>();
            directories.put(path, entries);
            directory(directories, parent(path))
                    .add(new Entry(path.substring(path.lastIndexOf('/') + 1), Kind.DIRECTORY));
        }
        return entries;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    @Override
    public Optional<Kind> kind(String path) {
        Blob blob = blobs.get(path);
        if (blob != null) {
            return Optional.of(blob.kind());
        }
        return directories.containsKey(path) ? Optional.of(Kind.DIRECTORY) : Optional.empty();
    }

    @Override
    public List<Entry> list(String directory) {
        return directories.getOrDefault(directory, List.of());
    }

    @Override
    public byte[] read(String path) {
        try (ObjectReader reader = generation.repository().newObjectReader()) {
            return reader.open(blob(path).id(), Constants.OBJ_BLOB)
                    .getBytes((int) Math.min(maxFileBytes, Integer.MAX_VALUE));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public long size(String path) {
        try (ObjectReader reader = generation.repository().newObjectReader()) {
            return reader.getObjectSize(blob(path).id(), Constants.OBJ_BLOB);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public Digest digest(String path) {
        return new Digest("gitblob-sha1", blob(path).id().name());
    }

    private Blob blob(String path) {
        @Nullable Blob blob = blobs.get(path);
        if (blob == null) {
            throw new IllegalArgumentException("not a file: " + path);
        }
        return blob;
    }

    private UncheckedIOException unreadable(String path, IOException cause) {
        generation.markDamaged();
        String message = "could not read " + path + " from the cache of the Git source, which is damaged or closed;"
                + " fetch again";
        return new UncheckedIOException(message, new IOException(Failures.text(cause), cause));
    }
}
