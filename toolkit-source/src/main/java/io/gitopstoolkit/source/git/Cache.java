package io.gitopstoolkit.source.git;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a cache directory that belongs to one address. It goes through generations: where one is damaged, or has
 * grown to many packs, the next begins empty. The one before is kept, for those who still read from it.
 *
 * <p>Writing is under a lock of the file system, which excludes threads, other sources and other processes. Reading
 * needs none: nothing that is there changes.
 */
final class Cache implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final String CURRENT = "current";
    private static final String DAMAGED = "damaged";
    private static final String GENERATION = "generation-";

    private final Path directory;
    private final Limits limits;
    private final @Nullable Path temporary;
    private @Nullable Generation open;

    /** One generation, and its repository. */
    static final class Generation {
        private final Path directory;
        private final CacheRepository repository;
        private volatile CacheState seen = CacheState.EMPTY;

        Generation(Path directory, Limits limits) {
            this.directory = directory;
            this.repository = CacheRepository.open(directory, limits);
        }

        Path directory() {
            return directory;
        }

        CacheRepository repository() {
            return repository;
        }

        /** What is there now; from then on the repository knows it too. */
        CacheState state() throws IOException {
            CacheState now = CacheState.read(directory);
            if (!now.equals(seen)) {
                repository.scanForChanges();
                seen = now;
            }
            return now;
        }

        /** Notes that something in here cannot be read, so that the next fetch starts over. */
        void markDamaged() {
            try {
                Files.writeString(directory.resolve(DAMAGED), "");
            } catch (IOException e) {
                // Who reads next finds the damage again.
                return;
            }
        }

        boolean isDamaged() {
            return Files.exists(directory.resolve(DAMAGED));
        }
    }

    private Cache(Path directory, Limits limits, @Nullable Path temporary) {
        this.directory = directory;
        this.limits = limits;
        this.temporary = temporary;
    }

    /** In {@code root}, or without one in a directory of its own that ends with it. */
    static Cache open(@Nullable Path root, URI uri, Limits limits) {
        try {
            Path parent = root == null ? Files.createTempDirectory("gitops-toolkit-git-") : root;
            String name = Digest.sha256(uri.toString().getBytes(StandardCharsets.UTF_8))
                    .hex()
                    .substring(0, 32);
            Path directory = parent.resolve(name);
            Files.createDirectories(directory);
            return new Cache(directory, limits, root == null ? parent : null);
        } catch (IOException e) {
            throw failure("could not create the cache directory " + (root == null ? "" : root), e);
        }
    }

    /** What can be done under the lock. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does {@code work} while nobody else writes to this cache. */
    <T> T locked(Deadline deadline, Work<T> work) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
                FileLock lock = lock(channel, deadline)) {
            if (!lock.isValid()) {
                throw new IOException("lost the lock of the cache directory");
            }
            return work.run();
        }
    }

    private static FileLock lock(FileChannel channel, Deadline deadline) throws IOException {
        String doing = "lock the cache directory";
        while (true) {
            deadline.check(doing);
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            deadline.pause(POLL, doing);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The generation to read from; null before the first fetch and after damage. */
    @Nullable
    Generation current() throws IOException {
        Path generation = currentDirectory();
        if (generation == null || Files.exists(generation.resolve(DAMAGED))) {
            return null;
        }
        return opened(generation);
    }

    /** The generation to write to, a new one where there is none that can grow; under the lock. */
    Generation writable() throws IOException {
        Generation generation = current();
        if (generation == null || generation.state().packs().size() >= limits.packs()) {
            return startOver();
        }
        return generation;
    }

    /** Begins an empty generation; under the lock. */
    Generation startOver() throws IOException {
        Path old = currentDirectory();
        Path next = Files.createDirectory(directory.resolve(GENERATION + UUID.randomUUID()));
        CacheState.replace(directory.resolve(CURRENT), next.getFileName().toString());
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> outdated = all.filter(
                            path -> path.getFileName().toString().startsWith(GENERATION))
                    .filter(path -> !path.equals(next) && !path.equals(old))
                    .toList();
            outdated.forEach(Cache::delete);
        }
        return opened(next);
    }

    private synchronized Generation opened(Path generation) {
        if (open == null || !open.directory().equals(generation)) {
            open = new Generation(generation, limits);
        }
        return open;
    }

    private @Nullable Path currentDirectory() throws IOException {
        try {
            String name = Files.readString(directory.resolve(CURRENT));
            Path generation = directory.resolve(name);
            boolean plain = name.startsWith(GENERATION) && directory.equals(generation.getParent());
            return plain && Files.isDirectory(generation) ? generation : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void delete(Path path) {
        try (Stream<Path> below = Files.walk(path)) {
            below.sorted(Comparator.reverseOrder()).toList().forEach(Cache::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            // What is left is tried again when the next generation begins.
            return;
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SourceException failure(String message, IOException cause) {
        return new SourceException(
                Reason.CACHE_OPERATION_FAILED,
                message + ": " + cause.getMessage() + "; check that the directory is writable and has space left",
                cause);
    }

    /** Removes the directory where it is this one's own. */
    @Override
    public void close() {
        if (temporary != null) {
            delete(temporary);
        }
    }
}
