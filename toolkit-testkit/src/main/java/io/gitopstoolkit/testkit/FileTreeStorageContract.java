package io.gitopstoolkit.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.FileTree.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What {@link FileTree} expects of a {@link Storage}, as tests for one that you write. A JUnit test class implements
 * this interface and gives a storage with a few files, directories and, if it can hold them, links.
 */
public interface FileTreeStorageContract {
    /** The storage to test; at least two files of different content, one of them in a directory. */
    Storage storage();

    /** The root is a directory, and there is enough below it for the other tests to mean something. */
    @Test
    default void hasADirectoryAtItsRoot() {
        Storage storage = storage();
        assertEquals(Optional.of(Kind.DIRECTORY), storage.kind(""), "the root is a directory");
        List<String> paths = paths(storage);
        assertTrue(files(storage).size() >= 2, "there are two files");
        assertTrue(paths.stream().anyMatch(path -> path.indexOf('/') > 0), "there is a directory with an entry");
    }

    /** A listing tells of each name once, and of the kind that {@link Storage#kind} tells. */
    @Test
    default void listsWhatIsThere() {
        Storage storage = storage();
        for (String directory : directories(storage)) {
            var names = new HashSet<String>();
            for (Entry entry : storage.list(directory)) {
                assertTrue(names.add(entry.name()), () -> "'" + entry.name() + "' is listed once");
                String path = join(directory, entry);
                assertEquals(Optional.of(entry.kind()), storage.kind(path), () -> "the kind of '" + path + "'");
            }
        }
    }

    /** The size and the digest are those of the bytes, and stay the same. */
    @Test
    default void tellsSizeAndDigestOfTheBytes() {
        Storage storage = storage();
        var byDigest = new HashMap<Digest, ByteBuffer>();
        var byContent = new HashMap<ByteBuffer, Digest>();
        for (String path : files(storage)) {
            byte[] bytes = storage.read(path);
            Digest digest = storage.digest(path);
            assertEquals(bytes.length, storage.size(path), () -> "the size of '" + path + "'");
            assertEquals(digest, storage.digest(path), () -> "the digest of '" + path + "', asked for again");
            ByteBuffer content = ByteBuffer.wrap(bytes);
            byDigest.putIfAbsent(digest, content);
            byContent.putIfAbsent(content, digest);
            assertEquals(byDigest.get(digest), content, () -> "the content that has the digest of '" + path + "'");
            assertEquals(byContent.get(content), digest, () -> "the digest that has the content of '" + path + "'");
        }
        assertTrue(byContent.size() >= 2, "there are two files of different content");
    }

    /** What a caller does to the bytes is not seen by the next one. */
    @Test
    default void givesAFreshArray() {
        Storage storage = storage();
        for (String path : files(storage)) {
            byte[] first = storage.read(path);
            byte[] kept = first.clone();
            Arrays.fill(first, (byte) 0x55);
            assertNotSame(first, storage.read(path));
            assertArrayEquals(kept, storage.read(path), () -> "the bytes of '" + path + "', read again");
        }
    }

    /** There is nothing at a path that is not listed, below a file, or that differs in case. */
    @Test
    default void hasNothingElse() {
        Storage storage = storage();
        var all = new HashSet<>(paths(storage));
        for (String path : files(storage)) {
            for (String other : List.of(path + "/below", path + ".other", path + " ", path.toUpperCase(Locale.ROOT))) {
                assertEquals(
                        all.contains(other), storage.kind(other).isPresent(), () -> "something is at '" + other + "'");
            }
        }
        assertFalse(storage.kind("no/such/path").isPresent());
    }

    /** A tree over it reads every file, and has a digest that stays the same. */
    @Test
    default void makesATree() {
        FileTree tree = FileTree.of(storage());
        assertEquals(tree.contentDigest(), FileTree.of(storage()).contentDigest());
        for (String path : files(storage())) {
            if (storage().kind(path).orElseThrow() != Kind.SYMLINK) {
                assertArrayEquals(storage().read(path), tree.read(path), () -> "the bytes of '" + path + "'");
            }
        }
    }

    private static List<String> files(Storage storage) {
        return paths(storage).stream()
                .filter(path -> storage.kind(path).orElseThrow() != Kind.DIRECTORY)
                .toList();
    }

    private static List<String> directories(Storage storage) {
        var directories = new ArrayList<>(paths(storage).stream()
                .filter(path -> storage.kind(path).orElseThrow() == Kind.DIRECTORY)
                .toList());
        directories.add("");
        return directories;
    }

    private static List<String> paths(Storage storage) {
        var paths = new ArrayList<String>();
        var ahead = new ArrayList<>(List.of(""));
        while (!ahead.isEmpty()) {
            String directory = ahead.remove(ahead.size() - 1);
            for (Entry entry : storage.list(directory)) {
                String path = join(directory, entry);
                paths.add(path);
                if (entry.kind() == Kind.DIRECTORY) {
                    ahead.add(path);
                }
            }
        }
        return paths;
    }

    private static String join(String directory, Entry entry) {
        return directory.isEmpty() ? entry.name() : directory + '/' + entry.name();
    }
}
