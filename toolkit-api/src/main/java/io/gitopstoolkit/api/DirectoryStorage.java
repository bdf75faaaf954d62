package io.gitopstoolkit.api;

import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files below a directory of the machine. */
final class DirectoryStorage implements FileTree.Storage {
    private final Path root;
    private final Class<? extends BasicFileAttributes> attributesType;

    private DirectoryStorage(Path root) {
        this.root = root;
        boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.attributesType = posix ? PosixFileAttributes.class : BasicFileAttributes.class;
    }

    static DirectoryStorage of(Path root) {
        if (!Files.isDirectory(root)) {
            throw new FileTreeException(
                    Files.exists(root) ? FileTreeException.Reason.WRONG_KIND : FileTreeException.Reason.NOT_FOUND,
                    root.toString(),
                    "'" + root + "' is not a directory");
        }
        return new DirectoryStorage(root.toAbsolutePath());
    }

    @Override
    public Optional<Kind> kind(String path) {
        try {
            return Optional.ofNullable(kindOf(at(path)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public List<Entry> list(String directory) {
        var entries = new ArrayList<Entry>();
        try (Stream<Path> children = Files.list(at(directory))) {
            for (Path child : (Iterable<Path>) children::iterator) {
                Kind kind = kindOf(child);
                if (kind != null) {
                    entries.add(new Entry(child.getFileName().toString(), kind));
                }
            }
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
        return entries;
    }

    @Override
    public byte[] read(String path) {
        Path file = at(path);
        // A file that becomes a link after it was looked at is not followed.
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readAllBytes();
        } catch (IOException e) {
            return readLink(path, file, e);
        }
    }

    private byte[] readLink(String path, Path file, IOException notAFile) {
        try {
            if (!Files.isSymbolicLink(file)) {
                throw unreadable(path, notAFile);
            }
            String target = Files.readSymbolicLink(file).toString().replace(File.separatorChar, '/');
            return target.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public long size(String path) {
        try {
            return Files.readAttributes(at(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public Digest digest(String path) {
        return Digest.sha256(read(path));
    }

    @Override
    public String toString() {
        return "FileTree[" + root + "]";
    }

    private Path at(String path) {
        return path.isEmpty() ? root : root.resolve(path);
    }

    private @Nullable Kind kindOf(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, attributesType, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
        if (attributes.isSymbolicLink()) {
            return Kind.SYMLINK;
        }
        if (attributes.isDirectory()) {
            return Kind.DIRECTORY;
        }
        if (!attributes.isRegularFile()) {
            return null;
        }
        boolean executable = attributes instanceof PosixFileAttributes posix
                ? posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
                : Files.isExecutable(file);
        return executable ? Kind.EXECUTABLE : Kind.FILE;
    }

    private UncheckedIOException unreadable(String path, IOException cause) {
        return new UncheckedIOException("cannot read '" + path + "' in " + root + ": " + cause.getMessage(), cause);
    }
}
