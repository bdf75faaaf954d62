package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.FileTreeException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree over a storage that a user wrote. */
class StorageFileTreeTest extends LinkedFileTreeContract {
    @Override
    FileTree tree(Map<String, String> files) {
        return FileTree.of(new UserStorage(files));
    }

    @Test
    void takesALinkWithoutATargetForOneThatLeadsNowhere() {
        FileTree tree = tree(Map.of("a", "x", "empty", "-> "));
        assertThat(tree.kind("empty")).isEmpty();
        assertThat(tree.kind("empty/a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\u0000", "/\u0000"})
    void refusesLinksWithAZeroByte(String target) {
        FileTree tree = tree(Map.of("a", "x", "link", "-> " + target));
        fails(() -> tree.read("link"), Reason.ESCAPES, "link");
    }

    @Test
    void refusesLinksThatAreTooLongWithoutReadingThem() {
        FileTree tree = tree(Map.of(
                "a", "x", "link", "-> " + "./".repeat(2_048) + "a", "longest", "-> " + "./".repeat(2_047) + "a"));
        fails(() -> tree.read("link"), Reason.ESCAPES, "link");
        assertThat(text(tree, "longest")).isEqualTo("x");
    }

    @Test
    void hasTheNameOfItsStorage() {
        assertThat(tree(Map.of())).hasToString("user's files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\u0000"})
    void hasEntriesOfOneNameEach(String name) {
        assertThatThrownBy(() -> new Entry(name, Kind.FILE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsWhichEntriesAreFiles() {
        assertThat(new Entry("a", Kind.FILE).isFile()).isTrue();
        assertThat(new Entry("a", Kind.EXECUTABLE).isFile()).isTrue();
        assertThat(new Entry("a", Kind.DIRECTORY).isFile()).isFalse();
        assertThat(new Entry("a", Kind.SYMLINK).isFile()).isFalse();
    }

    /** Asked for plain paths of the right kind alone, or it fails. */
    private static final class UserStorage implements FileTree.Storage {
        private final TreeMap<String, String> files;

        UserStorage(Map<String, String> files) {
            this.files = new TreeMap<>(files);
        }

        @Override
        public Optional<Kind> kind(String path) {
            checkPlain(path);
            String content = files.get(path);
            if (content == null) {
                boolean directory = path.isEmpty() || files.keySet().stream().anyMatch(f -> f.startsWith(path + "/"));
                return directory ? Optional.of(Kind.DIRECTORY) : Optional.empty();
            }
            return Optional.of(
                    content.startsWith("-> ") ? Kind.SYMLINK : content.startsWith("#!") ? Kind.EXECUTABLE : Kind.FILE);
        }

        @Override
        public List<Entry> list(String directory) {
            assertThat(kind(directory)).contains(Kind.DIRECTORY);
            String prefix = directory.isEmpty() ? "" : directory + "/";
            List<Entry> entries = new ArrayList<>(files.keySet().stream()
                    .filter(file -> file.startsWith(prefix))
                    .map(file -> file.substring(prefix.length()).split("/", 2)[0])
                    .distinct()
                    .map(name -> new Entry(name, kind(prefix + name).orElseThrow()))
                    .toList());
            Collections.reverse(entries);
            return Collections.unmodifiableList(entries);
        }

        @Override
        public byte[] read(String path) {
            assertThat(kind(path)).isPresent().get().isNotEqualTo(Kind.DIRECTORY);
            String content = requireNonNull(files.get(path));
            return (content.startsWith("-> ") ? content.substring(3) : content).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public long size(String path) {
            return read(path).length;
        }

        @Override
        public Digest digest(String path) {
            return Digest.sha256(read(path));
        }

        @Override
        public String toString() {
            return "user's files";
        }

        private static void checkPlain(String path) {
            if (!path.isEmpty()) {
                assertThat(path.split("/", -1)).doesNotContain("", ".", "..");
            }
            assertThat(path).doesNotContain("\u0000");
        }
    }
}
