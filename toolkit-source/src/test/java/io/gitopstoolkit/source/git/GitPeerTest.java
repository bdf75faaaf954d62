package io.gitopstoolkit.source.git;

import static io.gitopstoolkit.source.git.GitTests.fetch;
import static io.gitopstoolkit.source.git.GitTests.in30Seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.source.IgnoreRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same repositories through the real Git: what it serves, and what it has in its archives. */
@Tag("peer")
@Timeout(120)
class GitPeerTest {
    @TempDir
    private Path directory;

    private GitProgram git;
    private GitHttpBackend backend;

    @BeforeEach
    void start() throws Exception {
        git = GitProgram.init(directory.resolve("shop"));
        backend = GitHttpBackend.start(directory);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void givesWhatGitArchiveGives() throws Exception {
        fill(300);
        Files.createSymbolicLink(git.directory().resolve("link"), Path.of("dir-1"));
        Files.createSymbolicLink(git.directory().resolve("dangling"), Path.of("nowhere"));
        Path run = Files.writeString(git.directory().resolve("run.sh"), "#!/bin/sh\n");
        assertThat(run.toFile().setExecutable(true)).isTrue();
        Files.writeString(git.directory().resolve("ünïcode ф.txt"), "text");
        git.commit("All kinds");
        for (URI uri : new URI[] {backend.uri("shop"), git.directory().toUri()}) {
            try (var source = source(uri)) {
                assertSame(fetch(source), "HEAD");
            }
        }
    }

    @Test
    void followsManyCommitsIncrementally() throws Exception {
        var random = new Random(5);
        fill(200);
        git.commit("First");
        try (var source = source(backend.uri("shop"))) {
            for (int i = 0; i < 12; i++) {
                fetch(source);
                for (int skipped = random.nextInt(3); skipped >= 0; skipped--) {
                    Files.writeString(
                            git.directory().resolve("dir-" + random.nextInt(5)).resolve("new-" + i), "x" + skipped);
                    Files.deleteIfExists(git.directory().resolve("dir-1/file-" + (i * 5 + 1)));
                    git.commit("Commit " + i);
                }
                assertSame(fetch(source), "HEAD");
            }
        }
    }

    @Test
    void findsReferencesAsGitDoes() throws Exception {
        fill(5);
        git.commit("First");
        git.run("tag", "-a", "v1.2.0", "-m", "Released");
        git.run("tag", "1.10.0");
        git.run("branch", "feature/x");
        git.run("pack-refs", "--all");
        String head = git.run("rev-parse", "HEAD");
        Map<GitReference, String> expected = Map.of(
                new GitReference.Branch("feature/x"), "feature/x",
                new GitReference.Tag("v1.2.0"), "v1.2.0",
                new GitReference.SemVer("1.x"), "1.10.0",
                new GitReference.SemVer("~1.2"), "v1.2.0",
                new GitReference.Name("HEAD"), "HEAD",
                new GitReference.Name("refs/tags/v1.2.0"), "refs/tags/v1.2.0");
        for (URI uri : new URI[] {backend.uri("shop"), git.directory().toUri()}) {
            expected.forEach((reference, name) -> {
                try (var source = GitSource.builder(uri).reference(reference).build()) {
                    assertThat(source.resolve(in30Seconds())).isEqualTo(new Revision(name, new Digest("sha1", head)));
                }
            });
        }
    }

    @Test
    void fetchesACommitThatIsNoTipAndFailsForOneThatIsNotThere() throws Exception {
        fill(5);
        git.commit("First");
        String first = git.run("rev-parse", "HEAD");
        fill(9);
        git.commit("Second");
        try (var source = source(backend.uri("shop"))) {
            fetch(source);
            var artifact = source.fetch(Revision.parse("sha1:" + first), in30Seconds());
            assertSame(artifact, first);
            assertThat(catchThrowable(() -> source.fetch(Revision.parse("sha1:" + "ab".repeat(20)), in30Seconds())))
                    .hasMessageContaining("does not give the commit abab");
        }
    }

    private static GitSource source(URI uri) {
        return GitSource.builder(uri)
                .reference(GitTests.MAIN)
                .ignoreRules(IgnoreRules.of("# none but those of version control\n!*"))
                .build();
    }

    private void fill(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Path file = git.directory().resolve("dir-" + i % 5).resolve("file-" + i);
            Files.createDirectories(file.getParent());
            var bytes = new byte[i * 7];
            new Random(i).nextBytes(bytes);
            Files.write(file, bytes);
        }
    }

    private void assertSame(Artifact artifact, String commit) throws Exception {
        Path archive = extract(commit);
        assertThat(contentOf(artifact.files())).isEqualTo(contentOf(archive));
        assertThat(artifact.digest())
                .isEqualTo(FileTree.of(new ExtractedFiles(archive)).contentDigest());
    }

    private Path extract(String commit) throws Exception {
        Path to = Files.createTempDirectory(directory, "archive");
        git.run("archive", "--format=tar", "-o", to + ".tar", commit);
        GitProgram.run(to, "tar", "-xf", to + ".tar");
        return to;
    }

    /** Each file by path, links followed: its kind, and its bytes in hexadecimal. */
    private static Map<String, String> contentOf(FileTree files) {
        var content = new TreeMap<String, String>();
        for (String path : GitTests.paths(files)) {
            content.put(
                    path,
                    files.kind(path)
                            .map(kind -> kind + HexFormat.of().formatHex(files.read(path)))
                            .orElse("DANGLING"));
        }
        return content;
    }

    private static Map<String, String> contentOf(Path root) throws IOException {
        var content = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(path -> !Files.isDirectory(path)).toList()) {
                String text = "DANGLING";
                if (Files.exists(file)) {
                    text = (Files.isExecutable(file) ? "EXECUTABLE" : "FILE")
                            + HexFormat.of().formatHex(Files.readAllBytes(file));
                }
                content.put(root.relativize(file).toString(), text);
            }
        }
        return content;
    }
}
