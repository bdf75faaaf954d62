package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.FileTreeException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one guard of paths: follows links within a storage and refuses what leaves it. */
final class LinkedTree implements FileTree {
    private final Storage storage;

    LinkedTree(Storage storage) {
        this.storage = storage;
    }

    @Override
    public List<Entry> list(String directory) {
        String real = require(directory, Kind.DIRECTORY);
        var entries = new ArrayList<Entry>();
        for (Entry entry : storage.list(real)) {
            entries.add(entry.kind() == Kind.SYMLINK ? followed(real, entry) : entry);
        }
        entries.sort(null);
        return List.copyOf(entries);
    }

    @Override
    public Optional<Kind> kind(String path) {
        Found found = find(path);
        return found == null ? Optional.empty() : Optional.of(found.kind);
    }

    @Override
    public String realPath(String path) {
        return found(path).path;
    }

    @Override
    public byte[] read(String path) {
        return storage.read(require(path, Kind.FILE));
    }

    @Override
    public long size(String path) {
        return storage.size(require(path, Kind.FILE));
    }

    @Override
    public Digest digest(String path) {
        return storage.digest(require(path, Kind.FILE));
    }

    @Override
    public Digest contentDigest() {
        return ContentDigest.of(storage);
    }

    @Override
    public String toString() {
        return storage.toString();
    }

    private Entry followed(String directory, Entry link) {
        try {
            Found target = find(directory.isEmpty() ? link.name() : directory + '/' + link.name());
            return target == null ? link : new Entry(link.name(), target.kind);
        } catch (FileTreeException e) {
            return link;
        }
    }

    private String require(String path, Kind kind) {
        Found found = found(path);
        boolean isDirectory = found.kind == Kind.DIRECTORY;
        if (isDirectory != (kind == Kind.DIRECTORY)) {
            throw new FileTreeException(
                    Reason.WRONG_KIND,
                    path,
                    "'" + path + "' is a " + (isDirectory ? "directory, not a file" : "file, not a directory"));
        }
        return found.path;
    }

    private Found found(String path) {
        Found found = find(path);
        if (found == null) {
            throw new FileTreeException(Reason.NOT_FOUND, path, "'" + path + "' does not exist");
        }
        return found;
    }

    private @Nullable Found find(String path) {
        return new Walk(requireNonNull(path, "path")).toTheEnd();
    }

    private static void checkRelative(String path, String target) {
        if (target.startsWith("/") || target.indexOf('\0') >= 0) {
            throw escapes(path);
        }
    }

    private static FileTreeException escapes(String path) {
        return new FileTreeException(Reason.ESCAPES, path, "'" + path + "' leads out of the tree");
    }

    private record Found(String path, Kind kind) {}

    /** One path on its way through the storage, part by part. */
    private final class Walk {
        private final String path;
        private final Deque<String> ahead = new ArrayDeque<>();
        private final List<String> done = new ArrayList<>();
        private int links;

        Walk(String path) {
            this.path = path;
            push(path);
        }

        @Nullable
        Found toTheEnd() {
            Kind kind = Kind.DIRECTORY;
            while (!ahead.isEmpty()) {
                String part = ahead.pop();
                if (part.isEmpty() || part.equals(".")) {
                    continue;
                }
                if (kind != Kind.DIRECTORY) {
                    ahead.push(part);
                    return nothing();
                }
                if (part.equals("..")) {
                    goUp();
                    continue;
                }
                done.add(part);
                Kind stored = storage.kind(here()).orElse(null);
                if (stored == null) {
                    return nothing();
                }
                if (stored == Kind.SYMLINK && !follow()) {
                    return nothing();
                }
                kind = stored == Kind.SYMLINK ? Kind.DIRECTORY : stored;
            }
            return new Found(here(), kind);
        }

        private String here() {
            return String.join("/", done);
        }

        private void goUp() {
            if (done.isEmpty()) {
                throw escapes(path);
            }
            done.remove(done.size() - 1);
        }

        /** Goes on with the target of the link that is here; false for one without a target. */
        private boolean follow() {
            if (++links > MAX_LINKS) {
                throw refused("goes through more than " + MAX_LINKS + " symbolic links");
            }
            String link = here();
            if (storage.size(link) > MAX_LINK_BYTES) {
                throw refused("goes through a symbolic link of more than " + MAX_LINK_BYTES + " bytes");
            }
            String target = new String(storage.read(link), StandardCharsets.UTF_8);
            if (target.isEmpty()) {
                return false;
            }
            done.remove(done.size() - 1);
            push(target);
            return true;
        }

        private void push(String target) {
            checkRelative(path, target);
            String[] parts = target.split("/", -1);
            for (int i = parts.length - 1; i >= 0; i--) {
                ahead.push(parts[i]);
            }
        }

        /** A path that leaves the tree is told from one that merely is not there, even beyond where it ends. */
        private @Nullable Found nothing() {
            int level = done.size();
            for (String part : ahead) {
                if (part.equals("..")) {
                    level--;
                } else if (!part.isEmpty() && !part.equals(".")) {
                    level++;
                }
                if (level < 0) {
                    throw escapes(path);
                }
            }
            return null;
        }

        private FileTreeException refused(String problem) {
            return new FileTreeException(Reason.ESCAPES, path, "'" + path + "' " + problem);
        }
    }
}
