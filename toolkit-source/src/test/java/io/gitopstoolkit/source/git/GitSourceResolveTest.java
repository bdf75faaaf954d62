package io.gitopstoolkit.source.git;

import static io.gitopstoolkit.source.git.GitTests.in30Seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceResolveTest {
    private final GitServer server = GitServer.start();
    private final ServedRepository shop = server.repository("team/shop");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void followsTheBranchMasterUnlessToldOtherwise() {
        var commit = shop.edit("First").on("master").file("a", "1").commit();
        try (var source = GitSource.builder(shop.uri()).build()) {
            assertThat(source.resolve(in30Seconds())).hasToString("master@sha1:" + commit);
        }
    }

    @Test
    void seesANewCommitOfABranch() {
        shop.commit("First", Map.of("a", "1"));
        try (var source = source(new GitReference.Branch("main"))) {
            source.resolve(in30Seconds());
            var second = shop.commit("Second", Map.of("a", "2"));
            assertThat(source.resolve(in30Seconds())).hasToString("main@sha1:" + second);
        }
    }

    @Test
    void takesABranchAndATagOfOneNameForDifferentThings() {
        var first = shop.commit("First", Map.of("a", "1"));
        var second = shop.commit("Second", Map.of("a", "2"));
        shop.branch("release/1.0", first);
        shop.tag("release/1.0", second);
        assertThat(resolve(new GitReference.Branch("release/1.0"))).isEqualTo("release/1.0@sha1:" + first);
        assertThat(resolve(new GitReference.Tag("release/1.0"))).isEqualTo("release/1.0@sha1:" + second);
    }

    @Test
    void peelsAnAnnotatedTagToItsCommit() {
        var commit = shop.commit("First", Map.of("a", "1"));
        shop.annotatedTag("v1", commit, "The first");
        assertThat(resolve(new GitReference.Tag("v1"))).isEqualTo("v1@sha1:" + commit);
        assertThat(resolve(new GitReference.Name("refs/tags/v1"))).isEqualTo("refs/tags/v1@sha1:" + commit);
    }

    @Test
    void writesTheFullNameOfARef() {
        var commit = shop.commit("First", Map.of("a", "1"));
        shop.ref("refs/pull/1/head", commit);
        assertThat(resolve(new GitReference.Name("refs/pull/1/head"))).isEqualTo("refs/pull/1/head@sha1:" + commit);
        assertThat(resolve(new GitReference.Name("refs/heads/main"))).isEqualTo("refs/heads/main@sha1:" + commit);
        assertThat(resolve(new GitReference.Name("HEAD"))).isEqualTo("HEAD@sha1:" + commit);
    }

    @Test
    void asksNobodyForACommit() {
        String id = "0123456789abcdef0123456789abcdef01234567";
        assertThat(resolve(new GitReference.Commit(id))).isEqualTo("sha1:" + id);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void asksForReferencesAndForNoPack() {
        var commit = shop.commit("First", Map.of("a", "1"));
        shop.tag("1.0.0", commit);
        resolve(new GitReference.Branch("main"));
        resolve(new GitReference.SemVer("1.x"));
        assertThat(server.packsRequested()).isZero();
        assertThat(server.requests()).hasSize(4).allMatch(request -> request.contains("/team/shop.git/"));
    }

    @Test
    void takesTheHighestVersionOfARange() {
        var old = shop.commit("Old", Map.of("a", "1"));
        var newer = shop.commit("New", Map.of("a", "2"));
        shop.tag("6.9.0", old);
        shop.annotatedTag("v6.10.0", newer, "Released");
        shop.tag("6.11.0-rc.1", old);
        shop.tag("7.0.0", old);
        shop.tag("6.12", old);
        shop.tag("release-6.13.0", old);
        assertThat(resolve(new GitReference.SemVer("6.x"))).isEqualTo("v6.10.0@sha1:" + newer);
        assertThat(resolve(new GitReference.SemVer(">=6.0.0-0 <7"))).isEqualTo("6.11.0-rc.1@sha1:" + old);
        assertThat(resolve(new GitReference.SemVer("*"))).isEqualTo("7.0.0@sha1:" + old);
    }

    @Test
    void takesTheNewestCommitOfEqualVersions() {
        var newest = shop.edit("A")
                .on("a")
                .at(Instant.parse("2026-03-01T00:00:00Z"))
                .file("a", "1")
                .commit();
        var older = shop.edit("B")
                .on("b")
                .at(Instant.parse("2026-02-01T00:00:00Z"))
                .file("a", "2")
                .commit();
        var oldest = shop.edit("C")
                .on("c")
                .at(Instant.parse("2026-01-01T00:00:00Z"))
                .file("a", "3")
                .commit();
        shop.tag("1.0.0+b", older);
        shop.annotatedTag("1.0.0+a", newest, "This one");
        shop.tag("v1.0.0", oldest);
        assertThat(resolve(new GitReference.SemVer("1.x"))).isEqualTo("1.0.0+a@sha1:" + newest);
    }

    @Test
    void takesTheLastByNameOfEqualVersionsOfOneCommit() {
        var commit = shop.commit("First", Map.of("a", "1"));
        shop.tag("1.0.0", commit);
        shop.tag("v1.0.0", commit);
        assertThat(resolve(new GitReference.SemVer("1.x"))).isEqualTo("v1.0.0@sha1:" + commit);
        assertThat(server.packsRequested()).isZero();
    }

    @Test
    void namesTheBranchThatIsNotThereAndThoseThatAre() {
        var commit = shop.commit("First", Map.of("a", "1"));
        shop.branch("develop", commit);
        assertThatThrownBy(() -> resolve(new GitReference.Branch("nope")))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.why()).isEqualTo(Reason.REFERENCE_NOT_FOUND))
                .hasMessage(
                        shop.uri() + " has no branch nope; it has develop, main; check the reference of the source");
    }

    @Test
    void namesTheTagThatIsNotThere() {
        shop.commit("First", Map.of("a", "1"));
        assertThatThrownBy(() -> resolve(new GitReference.Tag("v9")))
                .hasMessage(shop.uri() + " has no tag v9; it has none of that kind; check the reference of the source");
        assertThatThrownBy(() -> resolve(new GitReference.Name("refs/pull/7/head")))
                .hasMessageContaining("has no ref refs/pull/7/head");
    }

    @Test
    void namesTheRangeAndTheHighestTagsWhereNoneMatches() {
        var commit = shop.commit("First", Map.of("a", "1"));
        for (String tag : new String[] {"1.0.0", "1.1.0", "1.2.0", "1.10.0", "0.1.0", "0.2.0", "other"}) {
            shop.tag(tag, commit);
        }
        assertThatThrownBy(() -> resolve(new GitReference.SemVer(">=2")))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.why()).isEqualTo(Reason.NO_MATCHING_VERSION))
                .hasMessage(shop.uri() + " has no tag in the version range '>=2'; its highest are"
                        + " 1.10.0, 1.2.0, 1.1.0, 1.0.0, 0.2.0 and 1 more; check the range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"branch", "tag", "semver", "HEAD"})
    void saysThatARepositoryIsEmpty(String kind) {
        GitReference reference = switch (kind) {
            case "branch" -> new GitReference.Branch("main");
            case "tag" -> new GitReference.Tag("v1");
            case "semver" -> new GitReference.SemVer("*");
            default -> new GitReference.Name("HEAD");
        };
        assertThatThrownBy(() -> resolve(reference))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.why()).isEqualTo(Reason.EMPTY_REPOSITORY))
                .hasMessage(shop.uri() + " is empty; push a first commit to it");
    }

    private String resolve(GitReference reference) {
        try (var source = source(reference)) {
            return source.resolve(in30Seconds()).toString();
        }
    }

    private GitSource source(GitReference reference) {
        return GitSource.builder(shop.uri()).reference(reference).build();
    }
}
