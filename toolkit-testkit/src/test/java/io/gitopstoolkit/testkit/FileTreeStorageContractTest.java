package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.FileTree.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract holds for a storage that is right, and tells of one that is not. */
class FileTreeStorageContractTest implements FileTreeStorageContract {
    @Override
    public Storage storage() {
        return new Fixed();
    }

    @Test
    void tellsOfEntriesThatAreNotWhatTheySay() {
        FileTreeStorageContract contract = () -> new Fixed() {
            @Override
            public List<Entry> list(String directory) {
                return directory.equals("d") ? List.of(new Entry("b", Kind.EXECUTABLE)) : super.list(directory);
            }
        };
        assertThatThrownBy(contract::listsWhatIsThere).hasMessageContaining("the kind of 'd/b'");
    }

    @Test
    void tellsOfSizesThatAreWrong() {
        FileTreeStorageContract contract = () -> new Fixed() {
            @Override
            public long size(String path) {
                return 99;
            }
        };
        assertThatThrownBy(contract::tellsSizeAndDigestOfTheBytes).hasMessageContaining("the size of 'a'");
    }

    @Test
    void tellsOfDigestsThatAreTheSameForDifferentContent() {
        FileTreeStorageContract contract = () -> new Fixed() {
            @Override
            public Digest digest(String path) {
                return Digest.sha256(new byte[0]);
            }
        };
        assertThatThrownBy(contract::tellsSizeAndDigestOfTheBytes).isInstanceOf(AssertionError.class);
    }

    @Test
    void tellsOfArraysThatAreShared() {
        var shared = new Fixed() {
            private final byte[] bytes = {1, 2};

            @Override
            public byte[] read(String path) {
                return bytes;
            }
        };
        FileTreeStorageContract contract = () -> shared;
        assertThatThrownBy(contract::givesAFreshArray).isInstanceOf(AssertionError.class);
    }

    @Test
    void tellsOfPathsThatAreThereTwice() {
        FileTreeStorageContract contract = () -> new Fixed() {
            @Override
            public Optional<Kind> kind(String path) {
                return path.endsWith(" ") ? super.kind(path.strip()) : super.kind(path);
            }
        };
        assertThatThrownBy(contract::hasNothingElse).hasMessageContaining("something is at 'a '");
    }

    private static class Fixed implements Storage {
        private static final Map<String, String> FILES = Map.of("a", "one", "d/b", "two", "d/link", "b");

        @Override
        public Optional<Kind> kind(String path) {
            if (path.isEmpty() || path.equals("d")) {
                return Optional.of(Kind.DIRECTORY);
            }
            return FILES.containsKey(path)
                    ? Optional.of(path.equals("d/link") ? Kind.SYMLINK : Kind.FILE)
                    : Optional.empty();
        }

        @Override
        public List<Entry> list(String directory) {
            return directory.isEmpty()
                    ? List.of(new Entry("a", Kind.FILE), new Entry("d", Kind.DIRECTORY))
                    : List.of(new Entry("b", Kind.FILE), new Entry("link", Kind.SYMLINK));
        }

        @Override
        public byte[] read(String path) {
            return requireNonNull(FILES.get(path), path).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public long size(String path) {
            return read(path).length;
        }

        @Override
        public Digest digest(String path) {
            return Digest.sha256(read(path));
        }
    }
}
