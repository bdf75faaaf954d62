package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.googlecode.javaewah.EWAHCompressedBitmap;
import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.CloneCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class GitServerTest {
    @TempDir
    Path directory;

    @Test
    void servesWhatWasCommitted() throws Exception {
        try (var server = GitServer.start()) {
            var shop = server.repository("shop");
            shop.commit("Add", Map.of("deploy/app.yaml", "kind: App\n"));

            try (Git clone = cloning(shop).call()) {
                assertThat(directory.resolve("deploy/app.yaml")).hasContent("kind: App\n");
                assertThat(clone.getRepository().getFullBranch()).isEqualTo("refs/heads/main");
            }
        }
    }

    @Test
    void takesWhatIsPushed() throws Exception {
        try (var server = GitServer.start()) {
            var shop = server.repository("team/shop");
            String first = shop.commit("Add", Map.of("a", "1"));
            try (Git clone = cloning(shop).call()) {
                Files.writeString(directory.resolve("a"), "2", UTF_8);
                clone.add().addFilepattern("a").call();
                clone.commit().setMessage("Change").setSign(false).call();
                clone.push().call();
            }
            assertThat(heads(shop).values())
                    .isNotEmpty()
                    .noneMatch(ref -> ref.getObjectId().name().equals(first));
        }
    }

    @Test
    void keepsFilesOfTheCommitBeforeUnlessRemoved() throws Exception {
        try (var server = GitServer.start()) {
            var shop = server.repository("shop");
            shop.commit("Add", Map.of("kept", "1", "changed", "1", "gone", "1", "old/file", "1"));
            shop.edit("Change")
                    .file("changed", "2")
                    .remove("gone")
                    .remove("old")
                    .executable("run", "#!/bin/sh\n")
                    .symlink("link", "kept")
                    .commit();

            cloning(shop).call().close();
            assertThat(directory.resolve("kept")).hasContent("1");
            assertThat(directory.resolve("changed")).hasContent("2");
            assertThat(directory.resolve("gone")).doesNotExist();
            assertThat(directory.resolve("old")).doesNotExist();
            assertThat(Files.isExecutable(directory.resolve("run"))).isTrue();
            assertThat(Files.readSymbolicLink(directory.resolve("link"))).hasToString("kept");
        }
    }

    @Test
    void givesTheSameIdsToTheSameCommits() {
        assertThat(idOfTwoCommits()).isEqualTo(idOfTwoCommits());
    }

    @Test
    void advertisesBranchesTagsAndOtherRefs() throws Exception {
        try (var server = GitServer.start()) {
            var shop = server.repository("shop");
            String commit = shop.commit("Add", Map.of("a", "1"));
            shop.branch("release", commit);
            shop.tag("v1", commit);
            shop.annotatedTag("v2", commit, "Second");
            shop.ref("refs/pull/1/head", commit);
            shop.branch("old", commit);
            shop.removeRef("refs/heads/old");

            assertThat(heads(shop))
                    .containsOnlyKeys(
                            "HEAD",
                            "refs/heads/main",
                            "refs/heads/release",
                            "refs/pull/1/head",
                            "refs/tags/v1",
                            "refs/tags/v2");
        }
    }

    @Test
    void recordsRequestsAndCountsPacks() throws Exception {
        try (var server = GitServer.start()) {
            var shop = server.repository("shop");
            shop.commit("Add", Map.of("a", "1"));
            heads(shop);
            assertThat(server.packsRequested()).isZero();
            cloning(shop).call().close();
            assertThat(server.packsRequested()).isEqualTo(1);
            assertThat(server.requests()).contains("GET /shop.git/info/refs?service=git-upload-pack");
        }
    }

    @Nested
    class WhenCredentialsAreRequired {
        @Test
        void refusesWithout() {
            try (var server = GitServer.start()) {
                var shop = server.repository("shop");
                shop.commit("Add", Map.of("a", "1"));
                server.requireBasic("ada", Secret.of("lovelace"));
                assertThatThrownBy(() -> cloning(shop).call()).isInstanceOf(TransportException.class);
            }
        }

        @Test
        void takesTheRightOnes() throws Exception {
            try (var server = GitServer.start()) {
                var shop = server.repository("shop");
                shop.commit("Add", Map.of("a", "1"));
                server.requireBasic("ada", Secret.of("lovelace"));
                cloning(shop)
                        .setCredentialsProvider(new UsernamePasswordCredentialsProvider("ada", "lovelace"))
                        .call()
                        .close();
                assertThat(directory.resolve("a")).exists();
            }
        }
    }

    @Nested
    class WhenToldToFail {
        @Test
        void answersWithTheStatus() {
            try (var server = GitServer.start()) {
                server.repository("shop").commit("Add", Map.of("a", "1"));
                server.answerNext(500);
                assertThatThrownBy(() -> heads(server.repository("shop"))).hasMessageContaining("500");
            }
        }

        @Test
        void losesTheAnswerToAPushThatItTook() throws Exception {
            try (var server = GitServer.start()) {
                var shop = server.repository("shop");
                shop.commit("Add", Map.of("a", "1"));
                try (Git clone = cloning(shop).call()) {
                    server.faultNext(1, "push", "/shop.git/", Fault.loseAnswer());
                    assertThatThrownBy(() ->
                                    clone.push().add("HEAD:refs/heads/other").call())
                            .isInstanceOf(TransportException.class);
                }
                assertThat(heads(shop)).containsKey("refs/heads/other");
            }
        }

        @Test
        void playsEachFaultForThoseRequestsAlone() throws Exception {
            try (var server = GitServer.start()) {
                server.repository("shop").commit("Add", Map.of("a", "1"));
                server.repository("other").commit("Add", Map.of("a", "1"));
                server.failNext(2, "GET", "/shop.git/", 503);
                assertThat(heads(server.repository("other"))).isNotEmpty();
                assertThatThrownBy(() -> heads(server.repository("shop"))).hasMessageContaining("503");
                server.clearFaults();
                assertThat(heads(server.repository("shop"))).isNotEmpty();
                assertThatThrownBy(() -> server.failNext(0, "GET", "/", 503))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> server.failNext(1, "GET", "/", 600))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Test
        void breaksThePackOff() {
            try (var server = GitServer.start()) {
                var shop = server.repository("shop");
                shop.commit("Add", Map.of("a", "1"));
                server.truncateNextPack();
                assertThatThrownBy(() -> cloning(shop).call()).isInstanceOf(TransportException.class);
            }
        }
    }

    @Test
    void needsSshdForSshAlone() throws Exception {
        var jars = new ArrayList<URL>();
        for (Class<?> type : List.of(
                GitServer.class, Secret.class, Repository.class, LoggerFactory.class, EWAHCompressedBitmap.class)) {
            jars.add(type.getProtectionDomain().getCodeSource().getLocation());
        }
        try (var loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(GitServer.class.getName());
            try (AutoCloseable server = (AutoCloseable) type.getMethod("start").invoke(null)) {
                type.getMethod("repository", String.class).invoke(server, "shop");
                assertThatThrownBy(() -> type.getMethod("ssh").invoke(server))
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("org.apache.sshd:sshd-core");
            }
        }
    }

    @Test
    @Tag("peer")
    void satisfiesTheGitProgram() throws IOException, InterruptedException {
        try (var server = GitServer.start()) {
            var shop = server.repository("shop");
            shop.commit("Add", Map.of("a", "1"));
            shop.commit("Change", Map.of("a", "2"));
            Process git = new ProcessBuilder(
                            "git", "clone", "-q", "--depth", "1", shop.uri().toString(), directory + "/clone")
                    .inheritIO()
                    .start();
            assertThat(git.waitFor()).isZero();
            assertThat(directory.resolve("clone/a")).hasContent("2");
        }
    }

    private CloneCommand cloning(ServedRepository served) {
        return Git.cloneRepository().setURI(served.uri().toString()).setDirectory(directory.toFile());
    }

    private static Map<String, Ref> heads(ServedRepository served) throws GitAPIException {
        return Git.lsRemoteRepository().setRemote(served.uri().toString()).callAsMap();
    }

    private static String idOfTwoCommits() {
        try (var server = GitServer.start()) {
            server.repository("shop").commit("Add", Map.of("b", "1", "a", "1"));
            return server.repository("shop").commit("Change", Map.of("a", "2"));
        }
    }
}
