package io.gitopstoolkit.source.git;

import static io.gitopstoolkit.source.git.GitTests.fetch;
import static io.gitopstoolkit.source.git.GitTests.in30Seconds;
import static io.gitopstoolkit.source.git.GitTests.main;
import static io.gitopstoolkit.source.git.GitTests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class GitSourceCacheTest {
    private static final int THREADS = 8;

    private final GitServer server = GitServer.start();
    private final ServedRepository shop = server.repository("shop");

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void movesACommitOnceForManyThreads() throws Exception {
        shop.commit("First", Map.of("a", "1"));
        try (var source = main(shop).build()) {
            assertThat(together(() -> text(fetch(source).files(), "a"))).containsOnly("1");
        }
        assertThat(server.packsRequested()).isEqualTo(1);
    }

    @Test
    void sharesADirectoryBetweenSources() throws Exception {
        var commits = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            commits.add(shop.commit("Commit " + i, Map.of("a", "text " + i)));
        }
        try (var one = main(shop).cacheDirectory(directory).build();
                var two = main(shop).cacheDirectory(directory).build()) {
            assertThat(together(() -> {
                        boolean all = true;
                        for (int i = 0; i < commits.size(); i++) {
                            var source = i % 2 == 0 ? one : two;
                            var revision = Revision.parse("sha1:" + commits.get(i));
                            all &= text(source.fetch(revision, in30Seconds()).files(), "a")
                                    .equals("text " + i);
                        }
                        return all;
                    }))
                    .containsOnly(true);
        }
        assertThat(server.packsRequested()).isEqualTo(commits.size());
    }

    @Test
    void keepsRepositoriesOfOneDirectoryApart() {
        var other = server.repository("other");
        shop.commit("First", Map.of("a", "shop"));
        other.commit("First", Map.of("a", "other"));
        try (var one = main(shop).cacheDirectory(directory).build();
                var two = main(other).cacheDirectory(directory).build()) {
            assertThat(text(fetch(one).files(), "a")).isEqualTo("shop");
            assertThat(text(fetch(two).files(), "a")).isEqualTo("other");
        }
    }

    @Test
    void waitsNoLongerThanTheDeadlineForAnotherWriter() throws IOException {
        shop.commit("First", Map.of("a", "1"));
        try (var source = main(shop).cacheDirectory(directory).build()) {
            var revision = source.resolve(in30Seconds());
            try (var channel = FileChannel.open(find("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                assertThat(lock.isValid()).isTrue();
                assertThatThrownBy(() -> source.fetch(revision, Deadline.after(Duration.ofMillis(200))))
                        .isInstanceOf(DeadlineException.class)
                        .hasMessageContaining("lock the cache directory");
            }
            assertThat(text(source.fetch(revision, in30Seconds()).files(), "a")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"pack, 0", "pack, 40", "idx, 0", "idx, 900", "state, 3", "current, 0", "current, 9"})
    void healsADamagedDirectoryByStartingOver(String file, int length) throws IOException {
        shop.commit("First", Map.of("a", "1", "b/c", "2"));
        try (var source = main(shop).cacheDirectory(directory).build()) {
            fetch(source);
        }
        damage(file, length);
        try (var source = main(shop).cacheDirectory(directory).build()) {
            assertThat(text(fetch(source).files(), "b/c")).isEqualTo("2");
            shop.commit("Second", Map.of("a", "3"));
            assertThat(text(fetch(source).files(), "a")).isEqualTo("3");
        }
        assertThat(server.packsRequested()).isBetween(3, 4);
    }

    @ParameterizedTest
    @CsvSource({"pack, 40", "idx, 900"})
    void healsWhatIsFoundDamagedOnlyOnTheNextCommit(String file, int length) throws IOException {
        shop.commit("First", Map.of("a", "1", "b/c", "2".repeat(1000)));
        try (var source = main(shop).cacheDirectory(directory).build()) {
            fetch(source);
        }
        damage(file, length);
        shop.commit("Second", Map.of("a", "3"));
        try (var source = main(shop).cacheDirectory(directory).build()) {
            assertThat(text(fetch(source).files(), "b/c")).hasSize(1000);
        }
    }

    @Test
    void startsOverAfterAFileCouldNotBeRead() throws IOException {
        shop.edit("First").file("a", "1".repeat(300_000)).commit();
        Artifact artifact;
        try (var source = main(shop).cacheDirectory(directory).build()) {
            fetch(source);
        }
        flipBytes(find(".pack"));
        try (var source = main(shop).cacheDirectory(directory).build()) {
            artifact = fetch(source);
            assertThatThrownBy(() -> artifact.files().read("a"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("could not read a from the cache");
            assertThat(text(fetch(source).files(), "a")).hasSize(300_000);
        }
    }

    @Test
    void readsAnArtifactWhileTheCacheMovesOn() {
        shop.commit("First", Map.of("a", "1"));
        try (var source = main(shop).cacheDirectory(directory).maxPacks(4).build()) {
            var first = fetch(source);
            for (int i = 0; i < 5; i++) {
                shop.commit("Commit " + i, Map.of("a", "text " + i));
                assertThat(text(fetch(source).files(), "a")).isEqualTo("text " + i);
            }
            assertThat(text(first.files(), "a")).isEqualTo("1");
            assertThat(countOfPacks()).isEqualTo(6);
        }
    }

    @Test
    void keepsTheCacheBounded() {
        try (var source = main(shop).cacheDirectory(directory).maxPacks(3).build()) {
            for (int i = 0; i < 20; i++) {
                shop.commit("Commit " + i, Map.of("a", "text " + i));
                assertThat(text(fetch(source).files(), "a")).isEqualTo("text " + i);
                assertThat(countOfPacks()).isLessThanOrEqualTo(6);
            }
        }
    }

    private long countOfPacks() {
        return files().filter(path -> path.toString().endsWith(".pack")).count();
    }

    @Test
    void removesOnlyADirectoryOfItsOwn() throws IOException {
        shop.commit("First", Map.of("a", "1"));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = count(temporary);
        var source = main(shop).build();
        fetch(source);
        assertThat(count(temporary)).isEqualTo(before + 1);
        source.close();
        source.close();
        assertThat(count(temporary)).isEqualTo(before);
        assertThatThrownBy(() -> source.resolve(in30Seconds())).hasMessage("the source is closed");

        var kept = main(shop).cacheDirectory(directory).build();
        var artifact = fetch(kept);
        kept.close();
        assertThat(text(artifact.files(), "a")).isEqualTo("1");
    }

    private static long count(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(path -> path.getFileName().toString().startsWith("gitops-toolkit-git-"))
                    .count();
        }
    }

    private <T> List<T> together(Callable<T> work) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var results = new ArrayList<T>();
            for (Future<T> result : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private void damage(String file, int length) throws IOException {
        try (var channel = FileChannel.open(find(file), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static void flipBytes(Path pack) throws IOException {
        byte[] bytes = Files.readAllBytes(pack);
        // The content of the only file is most of the pack; its last bytes before the checksum are its own checksum.
        for (int i = 12; i < bytes.length - 20; i++) {
            if (bytes[i] == 0 && bytes[i - 1] == 0 && bytes[i + 1] == 0) {
                bytes[i] = 85;
            }
        }
        Files.write(pack, bytes);
    }

    private Path find(String suffix) {
        return files().filter(path -> path.toString().endsWith(suffix))
                .findFirst()
                .orElseGet(() -> child(suffix));
    }

    private Path child(String name) {
        return files().filter(path -> directory.equals(path.getParent()))
                .findFirst()
                .orElseThrow()
                .resolve(name);
    }

    private Stream<Path> files() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
