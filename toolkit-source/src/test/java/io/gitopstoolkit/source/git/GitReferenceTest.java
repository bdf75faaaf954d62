package io.gitopstoolkit.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitReferenceTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a..b", "-x~", "a^", "/a", "a/", "a.lock", "a\nb", "@{1}", "a:b"})
    void refusesWhatGitDoes(String name) {
        assertThatThrownBy(() -> new GitReference.Branch(name)).hasMessageContaining("Git allows no branch named");
        assertThatThrownBy(() -> new GitReference.Tag(name)).hasMessageContaining("Git allows no tag named");
        assertThatThrownBy(() -> new GitReference.Name("refs/heads/" + name)).hasMessageContaining("Git allows no ref");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "release/1.x", "user@feature", "ünïcode"})
    void takesWhatGitDoes(String name) {
        assertThat(new GitReference.Branch(name).name()).isEqualTo(name);
        assertThat(new GitReference.Tag(name).name()).isEqualTo(name);
        assertThat(new GitReference.Name("refs/heads/" + name).ref()).endsWith(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "heads/main", "head", ""})
    void refusesANameThatIsNotFull(String name) {
        assertThatThrownBy(() -> new GitReference.Name(name)).hasMessageContaining("a ref is written in full");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5394cb7",
                "5394CB7F48332B2DE7C17DD8B8384BBC84B7E738",
                "g394cb7f48332b2de7c17dd8b8384bbc84b7e738"
            })
    void refusesWhatIsNoCommit(String id) {
        assertThatThrownBy(() -> new GitReference.Commit(id)).hasMessageContaining("40 hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "six", ">>1"})
    void refusesWhatIsNoRange(String range) {
        assertThatThrownBy(() -> new GitReference.SemVer(range)).hasMessageContaining("not a version range");
    }
}
