package io.gitopstoolkit.source.git;

import static io.gitopstoolkit.source.git.GitBackend.git;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches what the git command made, from Git's own server and from its directory; needs the git command. */
@Tag("peer")
class GitPeerIT {
    private static final int LARGE = 1_000_000;

    @TempDir
    Path directory;

    private Path work;
    private GitBackend backend;

    @BeforeEach
    void makeRepository() throws IOException {
        work = Files.createDirectory(directory.resolve("shop"));
        git(work, "init", "-q", "-b", "main");
        write("first.txt", "first\n");
        commit("Begin");
        var large = new byte[LARGE];
        new Random(7).nextBytes(large);
        Files.write(work.resolve("large.bin"), large);
        Files.createFile(work.resolve("empty"));
        write("deploy/base/windows.yaml", "a: 1\r\nb: 2\r\n");
        write("deploy/übung ö.yaml", "a: ä\n");
        Path script = write("bin/run.sh", "#!/bin/sh\n");
        git(work, "add", "-A");
        git(work, "update-index", "--chmod=+x", "bin/run.sh");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(work.resolve("deploy/link.yaml"), Path.of("base/windows.yaml"));
        Files.createSymbolicLink(work.resolve("linked"), Path.of("deploy/base"));
        commit("Add files of all kinds");
        git(work, "tag", "-a", "-m", "One", "v1.0.0");
        backend = new GitBackend(directory);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsExactlyTheFilesOfACheckout(boolean http) throws IOException {
        try (var source = source(http, new GitReference.Branch("main"), directory.resolve("cache"))) {
            Artifact artifact = fetch(source);
            assertThat(artifact.revision()).hasToString("main@sha1:" + git(work, "rev-parse", "HEAD"));
            assertThat(contentOf(artifact.files())).isEqualTo(contentOf(FileTree.directory(checkout())));
            assertThat(artifact.files().digest("large.bin").hex()).isEqualTo(git(work, "rev-parse", "HEAD:large.bin"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transfersOnlyWhatIsNew(boolean http) throws IOException {
        Path cache = directory.resolve("cache");
        try (var source = source(http, new GitReference.Branch("main"), cache)) {
            fetch(source);
            for (int i = 0; i < 3; i++) {
                write("first.txt", "change " + i + '\n');
                commit("Change " + i);
                Artifact artifact = fetch(source);
                assertThat(text(artifact, "first.txt")).isEqualTo("change " + i + '\n');
                assertThat(artifact.files().size("large.bin")).isEqualTo(LARGE);
            }
        }
        assertThat(bytesIn(cache)).isBetween((long) LARGE, LARGE + 20_000L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void followsAPackedAnnotatedTagToItsCommit(boolean http) throws IOException {
        String tagged = git(work, "rev-parse", "HEAD");
        write("first.txt", "later\n");
        commit("Go on");
        git(work, "gc", "-q");
        for (var reference : new GitReference[] {new GitReference.Tag("v1.0.0"), new GitReference.SemVer("1.x")}) {
            try (var source = source(http, reference, directory.resolve("cache"))) {
                Artifact artifact = fetch(source);
                assertThat(artifact.revision()).hasToString("v1.0.0@sha1:" + tagged);
                assertThat(text(artifact, "first.txt")).isEqualTo("first\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fetchesACommitThatNoBranchPointsAt(boolean http) throws IOException {
        String first = git(work, "rev-parse", "HEAD~1");
        try (var source = source(http, new GitReference.Commit(first), directory.resolve("cache"))) {
            assertThat(contentOf(fetch(source).files())).containsOnlyKeys("first.txt");
        }
    }

    @Test
    void fetchesTheBranchThatWasForcedBack() throws IOException {
        try (var source = source(true, new GitReference.Branch("main"), directory.resolve("cache"))) {
            fetch(source);
            git(work, "reset", "-q", "--hard", "HEAD~1");
            write("other.txt", "other\n");
            commit("Go another way");
            assertThat(contentOf(fetch(source).files())).containsOnlyKeys("first.txt", "other.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheServerDoesNotHaveTheCommit(boolean http) {
        var nowhere = new GitReference.Commit("0123456789012345678901234567890123456789");
        try (var source = source(http, nowhere, directory.resolve("cache"))) {
            assertThatThrownBy(() -> fetch(source))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.why()).isEqualTo(Reason.COMMIT_NOT_FOUND))
                    .hasMessageContaining(nowhere.id());
        }
    }

    @Test
    void leavesOutSubmodules() throws IOException {
        git(work, "-c", "protocol.file.allow=always", "submodule", "add", "-q", work.toString(), "module");
        commit("Add a submodule");
        try (var source = source(true, new GitReference.Branch("main"), directory.resolve("cache"))) {
            FileTree files = fetch(source).files();
            assertThat(files.kind("module")).isEmpty();
            assertThat(files.kind("first.txt")).contains(Kind.FILE);
        }
    }

    private GitSource source(boolean http, GitReference reference, Path cache) {
        URI uri = http ? backend.uri("shop/.git") : work.toUri();
        return GitSource.builder(uri).reference(reference).cacheDirectory(cache).build();
    }

    private static Artifact fetch(GitSource source) {
        var deadline = Deadline.after(Duration.ofSeconds(60));
        Revision revision = source.resolve(deadline);
        return source.fetch(revision, deadline);
    }

    private Path checkout() {
        git(directory, "clone", "-q", work.toString(), "checkout");
        return directory.resolve("checkout");
    }

    /** Kind and content by path; of a directory behind a link, as often as it is reached. */
    private static SortedMap<String, String> contentOf(FileTree files) {
        var content = new TreeMap<String, String>();
        addContent(files, "", content);
        return content;
    }

    private static void addContent(FileTree files, String directory, SortedMap<String, String> content) {
        for (FileTree.Entry entry : files.list(directory)) {
            String path = directory.isEmpty() ? entry.name() : directory + '/' + entry.name();
            if (path.equals(".git")) {
                continue;
            }
            if (entry.kind() == Kind.DIRECTORY) {
                addContent(files, path, content);
            } else {
                content.put(path, entry.kind() + " " + Arrays.hashCode(files.read(path)));
            }
        }
    }

    private static String text(Artifact artifact, String path) {
        return new String(artifact.files().read(path), UTF_8);
    }

    private Path write(String path, String text) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void commit(String message) {
        git(work, "add", "-A");
        git(work, "commit", "-q", "-m", message);
    }

    private static long bytesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
