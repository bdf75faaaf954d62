package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Files in memory. */
final class MemoryStorage implements FileTree.Storage {
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, List<Entry>> directories = new HashMap<>();
    private final Map<String, Digest> digests = new ConcurrentHashMap<>();

    private MemoryStorage() {
        directories.put("", new ArrayList<>());
    }

    static MemoryStorage of(Map<String, byte[]> files) {
        var storage = new MemoryStorage();
        files.forEach((path, bytes) -> storage.add(path, bytes.clone()));
        return storage;
    }

    static MemoryStorage ofText(Map<String, String> files) {
        var bytes = new LinkedHashMap<String, byte[]>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return of(bytes);
    }

    @Override
    public Optional<Kind> kind(String path) {
        if (files.containsKey(path)) {
            return Optional.of(Kind.FILE);
        }
        return directories.containsKey(path) ? Optional.of(Kind.DIRECTORY) : Optional.empty();
    }

    @Override
    public List<Entry> list(String directory) {
        return requireNonNull(directories.get(directory), directory);
    }

    @Override
    public byte[] read(String path) {
        return bytes(path).clone();
    }

    @Override
    public long size(String path) {
        return bytes(path).length;
    }

    @Override
    public Digest digest(String path) {
        byte[] bytes = bytes(path);
        return digests.computeIfAbsent(path, file -> Digest.sha256(bytes));
    }

    @Override
    public String toString() {
        return "FileTree[" + files.size() + " files in memory]";
    }

    private byte[] bytes(String path) {
        return requireNonNull(files.get(path), path);
    }

    private void add(String path, byte[] bytes) {
        if (path.startsWith("/")) {
            throw new IllegalArgumentException("the path '" + path + "' is not relative");
        }
        String parent = addParent(path, path);
        if (directories.containsKey(path)) {
            throw new IllegalArgumentException("'" + path + "' is both a file and a directory");
        }
        requireNonNull(directories.get(parent), parent).add(new Entry(path.substring(nameStart(path)), Kind.FILE));
        files.put(path, bytes);
    }

    private String addParent(String path, String file) {
        int start = nameStart(path);
        if (start == 0) {
            return "";
        }
        String parent = path.substring(0, start - 1);
        if (files.containsKey(parent)) {
            throw new IllegalArgumentException("'" + parent + "' is both a file and a directory");
        }
        if (!directories.containsKey(parent)) {
            String grandparent = addParent(parent, file);
            requireNonNull(directories.get(grandparent), grandparent)
                    .add(new Entry(parent.substring(nameStart(parent)), Kind.DIRECTORY));
            directories.put(parent, new ArrayList<>());
        }
        return parent;
    }

    private static int nameStart(String path) {
        return path.lastIndexOf('/') + 1;
    }
}
