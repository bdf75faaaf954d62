package io.gitopstoolkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.source.internal.IgnoreMatcher;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {
    @Nested
    class ByDefault {
        private final IgnoreMatcher matcher = IgnoreMatcher.of(Map.of(), IgnoreRules.DEFAULTS);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ".git/config",
                    "a/.git/config",
                    ".gitignore",
                    "a/b/.gitignore",
                    ".gitmodules",
                    ".gitattributes",
                    "a.jpg",
                    "a/b.jpeg",
                    "b.gif",
                    "c.png",
                    "d.wmv",
                    "e.flv",
                    "f.tar.gz",
                    "a/g.zip",
                    ".github/workflows/ci.yaml",
                    ".circleci/config.yml",
                    ".travis.yml",
                    ".gitlab-ci.yml",
                    "appveyor.yml",
                    ".drone.yml",
                    "cloudbuild.yaml",
                    "codeship-services.yml",
                    "codeship-steps.yml",
                    ".goreleaser.yml",
                    "a/.goreleaser.yml",
                    ".sops.yaml",
                    "a/b/.sops.yaml",
                    ".flux.yaml",
                    "a/.flux.yaml"
                })
        void leavesOut(String path) {
            assertThat(matcher.isIgnored(path)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a.yaml",
                    "a/b.yaml",
                    "jpg",
                    "a.jpg.yaml",
                    ".github",
                    "github/a",
                    "my.travis.yml",
                    ".sops.yaml.txt",
                    ".sourceignore",
                    "a.tar",
                    "README.md",
                    "A.JPG"
                })
        void leavesIn(String path) {
            assertThat(matcher.isIgnored(path)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.txt", "!*.md", "/x"})
    void anyGivenRuleTurnsTheDefaultsOffButNotThoseOfVersionControl(String rule) {
        var matcher = IgnoreMatcher.of(Map.of(), IgnoreRules.of(rule));
        assertThat(matcher.isIgnored("a.jpg")).isFalse();
        assertThat(matcher.isIgnored(".github/a")).isFalse();
        assertThat(matcher.isIgnored(".gitignore")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "# only a comment\n"})
    void aFileOrTextWithoutRulesLeavesTheDefaultsOn(String text) {
        var matcher = IgnoreMatcher.of(Map.of("", text), IgnoreRules.of(text));
        assertThat(matcher.isIgnored("a.jpg")).isTrue();
    }

    @Test
    void rulesOfAFileAreForItsDirectoryAndThoseBelow() {
        var matcher = IgnoreMatcher.of(Map.of("a", "/top.txt\n*.md\nsub/\n"), IgnoreRules.DEFAULTS);
        assertThat(matcher.isIgnored("a/top.txt")).isTrue();
        assertThat(matcher.isIgnored("a/b/top.txt")).isFalse();
        assertThat(matcher.isIgnored("top.txt")).isFalse();
        assertThat(matcher.isIgnored("a/b/c.md")).isTrue();
        assertThat(matcher.isIgnored("b/c.md")).isFalse();
        assertThat(matcher.isIgnored("ab/c.md")).isFalse();
        assertThat(matcher.isIgnored("a/b/sub/x")).isTrue();
        assertThat(matcher.isIgnored("a/b/sub")).isFalse();
        assertThat(matcher.isIgnored("x.jpg")).isFalse();
    }

    @Test
    void deeperFilesAndThenGivenRulesDecideLast() {
        var files = Map.of("", "*.md\n", "docs", "!*.md\n", "docs/old", "*.md\n");
        var matcher = IgnoreMatcher.of(files, IgnoreRules.of("!/docs/old/keep.md\n"));
        assertThat(matcher.isIgnored("a.md")).isTrue();
        assertThat(matcher.isIgnored("docs/a.md")).isFalse();
        assertThat(matcher.isIgnored("docs/old/a.md")).isTrue();
        assertThat(matcher.isIgnored("docs/old/keep.md")).isFalse();
    }

    @Test
    void takesBackInWhatIsBelowADirectoryThatIsLeftOut() {
        var matcher = IgnoreMatcher.of(Map.of(), IgnoreRules.of("/*\n!/deploy\n/deploy/**/secret.yaml\n"));
        assertThat(matcher.isIgnored("src/Main.java")).isTrue();
        assertThat(matcher.isIgnored("pom.xml")).isTrue();
        assertThat(matcher.isIgnored("deploy/base/a.yaml")).isFalse();
        assertThat(matcher.isIgnored("deploy/base/secret.yaml")).isTrue();
        var again = IgnoreMatcher.of(Map.of(), IgnoreRules.of("vendor/\n!vendor/keep.yaml\n"));
        assertThat(again.isIgnored("vendor/a.yaml")).isTrue();
        assertThat(again.isIgnored("vendor/keep.yaml")).isFalse();
    }

    @Test
    void readsTheFormsOfGit() {
        var matcher =
                IgnoreMatcher.of(Map.of(), IgnoreRules.of("a?c.txt\n[xy].md\r\n\\#hash\n**/gen/*.yaml\ndoc/*.txt\n"));
        assertThat(matcher.isIgnored("abc.txt")).isTrue();
        assertThat(matcher.isIgnored("d/x.md")).isTrue();
        assertThat(matcher.isIgnored("#hash")).isTrue();
        assertThat(matcher.isIgnored("p/gen/a.yaml")).isTrue();
        assertThat(matcher.isIgnored("p/gen/q/a.yaml")).isFalse();
        assertThat(matcher.isIgnored("doc/a.txt")).isTrue();
        assertThat(matcher.isIgnored("doc/b/a.txt")).isFalse();
    }

    @Test
    void isAValue() {
        assertThat(IgnoreRules.of("*.md")).isEqualTo(IgnoreRules.of("*.md")).hasSameHashCodeAs(IgnoreRules.of("*.md"));
        assertThat(IgnoreRules.of("")).isEqualTo(IgnoreRules.DEFAULTS);
        assertThat(IgnoreRules.of("*.md\n!a")).hasToString("IgnoreRules[[*.md, !a]]");
    }
}
