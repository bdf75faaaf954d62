package io.gitopstoolkit.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of the machine with Git's blob ids as digests, made by the rule of Git and not by JGit. */
record ExtractedFiles(Path root) implements FileTree.Storage {
    @Override
    public Optional<Kind> kind(String path) {
        return Optional.of(kind(root.resolve(path)));
    }

    @Override
    public List<Entry> list(String directory) {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(file -> new Entry(file.getFileName().toString(), kind(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(String path) {
        try {
            Path file = root.resolve(path);
            return Files.isSymbolicLink(file)
                    ? Files.readSymbolicLink(file).toString().getBytes(UTF_8)
                    : Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long size(String path) {
        return read(path).length;
    }

    @Override
    public Digest digest(String path) {
        try {
            byte[] bytes = read(path);
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(("blob " + bytes.length + '\0').getBytes(UTF_8));
            return new Digest("gitblob-sha1", HexFormat.of().formatHex(sha1.digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Kind kind(Path file) {
        if (Files.isSymbolicLink(file)) {
            return Kind.SYMLINK;
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return Kind.DIRECTORY;
        }
        return Files.isExecutable(file) ? Kind.EXECUTABLE : Kind.FILE;
    }
}
