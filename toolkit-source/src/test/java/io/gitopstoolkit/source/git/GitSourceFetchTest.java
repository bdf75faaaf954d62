package io.gitopstoolkit.source.git;

import static io.gitopstoolkit.source.git.GitTests.in30Seconds;
import static io.gitopstoolkit.source.git.GitTests.main;
import static io.gitopstoolkit.source.git.GitTests.paths;
import static io.gitopstoolkit.source.git.GitTests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.FileTreeException;
import io.gitopstoolkit.api.Observer;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.source.IgnoreRules;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceFetchTest {
    private final GitServer server = GitServer.start();
    private final ServedRepository shop = server.repository("shop");

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsFilesLinksAndTheExecutableBit() {
        shop.edit("All kinds")
                .file("deploy/shop.yaml", "kind: Deployment\n")
                .executable("bin/run", "#!/bin/sh\n")
                .symlink("current", "deploy")
                .symlink("deploy/out", "../../outside")
                .file("ünïcode/ф", "x")
                .commit();
        try (var source = main(shop).build()) {
            var files = fetch(source).files();
            assertThat(files.list(""))
                    .containsExactly(
                            new Entry("bin", Kind.DIRECTORY),
                            new Entry("current", Kind.DIRECTORY),
                            new Entry("deploy", Kind.DIRECTORY),
                            new Entry("ünïcode", Kind.DIRECTORY));
            assertThat(files.kind("bin/run")).contains(Kind.EXECUTABLE);
            assertThat(text(files, "current/shop.yaml")).isEqualTo("kind: Deployment\n");
            assertThat(text(files, "ünïcode/ф")).isEqualTo("x");
            assertThat(files.size("deploy/shop.yaml")).isEqualTo(17);
            assertThat(files.digest("current/shop.yaml"))
                    .hasToString("gitblob-sha1:6c24b02fa77b35d6dbac97cab22e75e6021b674b");
            assertThatThrownBy(() -> files.read("deploy/out")).isInstanceOf(FileTreeException.class);
            assertThat(files.kind("nothing")).isEmpty();
        }
    }

    @Test
    void tellsCommitTimeAndSubject() {
        var commit = shop.edit("Raise the replicas\n\nBecause of the sale.")
                .file("a", "1")
                .commit();
        try (var source = main(shop).build()) {
            assertThat(fetch(source).metadata())
                    .containsExactly(
                            Map.entry(GitSource.COMMIT_ID, commit),
                            Map.entry(GitSource.COMMIT_TIME, "2026-01-01T00:00:00Z"),
                            Map.entry(GitSource.COMMIT_SUBJECT, "Raise the replicas"));
        }
    }

    @Test
    void movesNothingForACommitThatIsThere() {
        shop.commit("First", Map.of("a", "1"));
        var cached = directory.resolve("cache");
        try (var source = main(shop).cacheDirectory(cached).build()) {
            var revision = source.resolve(in30Seconds());
            source.fetch(revision, in30Seconds());
            int before = server.requests().size();
            assertThat(text(source.fetch(revision, in30Seconds()).files(), "a")).isEqualTo("1");
            assertThat(server.requests()).hasSize(before);
            try (var next = main(shop).cacheDirectory(cached).build()) {
                assertThat(text(next.fetch(revision, in30Seconds()).files(), "a"))
                        .isEqualTo("1");
            }
            assertThat(server.requests()).hasSize(before);
        }
    }

    @Test
    void movesOnlyWhatIsNew() throws IOException {
        var bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        shop.edit("Large").file("large.bin", bytes).file("a", "1").commit();
        try (var source = main(shop).cacheDirectory(directory).build()) {
            fetch(source);
            long first = packBytes();
            shop.commit("Never fetched", Map.of("a", "?"));
            shop.commit("Small", Map.of("a", "2"));
            var artifact = fetch(source);
            assertThat(text(artifact.files(), "a")).isEqualTo("2");
            assertThat(artifact.files().read("large.bin")).isEqualTo(bytes);
            assertThat(first).isGreaterThan(bytes.length);
            assertThat(packBytes() - first).isBetween(1L, 4096L);
        }
    }

    @Test
    void fetchesNoHistory() throws IOException {
        var bytes = new byte[1 << 20];
        new Random(2).nextBytes(bytes);
        shop.edit("Large").file("large.bin", bytes).commit();
        shop.edit("Without").remove("large.bin").file("a", "1").commit();
        try (var source = main(shop).cacheDirectory(directory).build()) {
            assertThat(paths(fetch(source).files())).containsExactly("a");
            assertThat(packBytes()).isLessThan(4096);
        }
    }

    @Test
    void writesNoWorkTree() throws IOException {
        shop.commit("First", Map.of("visible-name.yaml", "visible text"));
        try (var source = main(shop).cacheDirectory(directory).build();
                Stream<Path> all = Files.walk(directory)) {
            fetch(source);
            assertThat(all.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains("visible"));
        }
    }

    @Test
    void fetchesACommitThatNoReferencePointsAt() {
        var first = shop.commit("First", Map.of("a", "1"));
        shop.commit("Second", Map.of("a", "2"));
        try (var source = GitSource.builder(shop.uri())
                .reference(new GitReference.Commit(first))
                .build()) {
            var artifact = fetch(source);
            assertThat(artifact.revision()).hasToString("sha1:" + first);
            assertThat(text(artifact.files(), "a")).isEqualTo("1");
        }
    }

    @Test
    void findsACommitInTheHistoryWhereTheServerGivesNoneById() {
        var first = shop.commit("First", Map.of("a", "1"));
        var second = shop.commit("Second", Map.of("a", "2"));
        var third = shop.commit("Third", Map.of("a", "3"));
        server.refuseUnadvertised();
        try (var source = main(shop).build()) {
            assertThat(text(fetch(source).files(), "a")).isEqualTo("3");
            assertThat(text(fetch(source, "main@sha1:" + first).files(), "a")).isEqualTo("1");
            assertThat(text(fetch(source, "sha1:" + second).files(), "a")).isEqualTo("2");
            shop.commit("Fourth", Map.of("a", "4"));
            assertThat(text(fetch(source).files(), "a")).isEqualTo("4");
            assertThat(text(fetch(source, "sha1:" + third).files(), "a")).isEqualTo("3");
        }
    }

    @Test
    void followsABranchThatWasRewritten() {
        var first = shop.commit("First", Map.of("a", "1"));
        shop.commit("Second", Map.of("a", "2"));
        try (var source = main(shop).build()) {
            fetch(source);
            shop.branch("main", first);
            shop.commit("Other", Map.of("a", "other"));
            assertThat(text(fetch(source).files(), "a")).isEqualTo("other");
        }
    }

    @Test
    void saysThatACommitIsNotThere() {
        shop.commit("First", Map.of("a", "1"));
        try (var source = main(shop).build()) {
            assertThatThrownBy(() -> fetch(source, "main@sha1:0123456789abcdef0123456789abcdef01234567"))
                    .hasMessageContaining("does not give the commit 0123456789abcdef0123456789abcdef01234567")
                    .hasMessageContaining("check that it was pushed");
        }
    }

    @Test
    void refusesARevisionThatIsNoCommit() {
        try (var source = main(shop).build()) {
            assertThatThrownBy(() -> fetch(source, "main")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> fetch(source, "latest@sha256:" + "0".repeat(64)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void hasTheSameDigestForTheSameContentOfAnotherCommit() {
        shop.edit("First").file("a", "1").file("README.md", "one").commit();
        try (var source = main(shop).ignoreRules(IgnoreRules.of("*.md")).build()) {
            var first = fetch(source);
            shop.commit("Docs", Map.of("README.md", "two"));
            var second = fetch(source);
            assertThat(second.revision()).isNotEqualTo(first.revision());
            assertThat(second.digest()).isEqualTo(first.digest());
            shop.edit("Mode").executable("a", "1").commit();
            assertThat(fetch(source).digest()).isNotEqualTo(first.digest());
        }
    }

    @Test
    void leavesOutWhatTheRulesSay() {
        shop.edit("Files")
                .file("a.yaml", "1")
                .file("logo.png", "1")
                .file(".github/workflows/ci.yaml", "1")
                .file("sub/.gitignore", "1")
                .commit();
        try (var source = main(shop).build()) {
            assertThat(paths(fetch(source).files())).containsExactly("a.yaml");
            shop.commit("Own rules", Map.of("sub/.sourceignore", "*.txt", "sub/x.txt", "1", "x.txt", "1"));
            assertThat(paths(fetch(source).files()))
                    .containsExactly(".github/workflows/ci.yaml", "a.yaml", "logo.png", "sub/.sourceignore", "x.txt");
        }
    }

    @Test
    void fetchesFromADirectoryOfThisMachine() throws Exception {
        try (var git = org.eclipse.jgit.api.Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()) {
            Files.writeString(directory.resolve("a b.yaml"), "1");
            git.add().addFilepattern(".").call();
            git.commit().setMessage("First").setSign(false).call();
            try (var source = GitSource.builder(directory.toUri())
                    .reference(GitTests.MAIN)
                    .build()) {
                assertThat(text(fetch(source).files(), "a b.yaml")).isEqualTo("1");
                Files.writeString(directory.resolve("a b.yaml"), "2");
                git.add().addFilepattern(".").call();
                git.commit().setMessage("Second").setSign(false).call();
                assertThat(text(fetch(source).files(), "a b.yaml")).isEqualTo("2");
            }
        }
    }

    @Test
    void tellsTheObserver() {
        var seen = new CopyOnWriteArrayList<String>();
        Observer observer = (operation, tags) -> failure -> seen.add(operation + tags + (failure == null));
        shop.commit("First", Map.of("a", "1"));
        try (var source = main(shop).observer(observer).build()) {
            fetch(source);
        }
        assertThat(seen).containsExactly("source.resolve{kind=git}true", "source.fetch{kind=git}true");
    }

    @Test
    void refusesMoreThanTheLimits() {
        shop.edit("Files")
                .file("a", "1")
                .file("b", "2")
                .file("c", "x".repeat(5000))
                .commit();
        List<GitSource> sources = List.of(
                main(shop).maxObjects(4).build(),
                main(shop).maxPackBytes(100).build(),
                main(shop).maxFileBytes(4999).build());
        var messages = new ArrayList<String>();
        for (GitSource limited : sources) {
            try (limited) {
                assertThatThrownBy(() -> fetch(limited)).isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.why()).isEqualTo(Reason.LIMIT_EXCEEDED);
                    messages.add(e.getMessage());
                });
            }
        }
        assertThat(messages)
                .hasSize(3)
                .allSatisfy(message -> assertThat(message).contains("raise the limit"));
        try (var enough =
                main(shop).maxObjects(5).maxPackBytes(10_000).maxFileBytes(5000).build()) {
            assertThat(paths(fetch(enough).files())).containsExactly("a", "b", "c");
        }
    }

    private static Artifact fetch(GitSource source) {
        return GitTests.fetch(source);
    }

    private static Artifact fetch(GitSource source, String revision) {
        return source.fetch(Revision.parse(revision), in30Seconds());
    }

    private long packBytes() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            long bytes = 0;
            for (Path pack :
                    all.filter(path -> path.toString().endsWith(".pack")).toList()) {
                bytes += Files.size(pack);
            }
            return bytes;
        }
    }
}
