package io.gitopstoolkit.kustomize.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemotePathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a.yaml",
                "HTTP://example.org/a.yaml",
                "ssh://git@example.org/org/repo",
                "file:///srv/repo",
                "git::https://example.org/org/repo",
                "github.com/org/repo",
                "github.com/org/repo/path?ref=main",
                "GitHub.com:org/repo",
                "git@example.org:org/repo.git"
            })
    void addressesAreRemote(String path) {
        assertThat(RemotePaths.isRemote(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.yaml", "../base", "./github.com/org/repo", "github.com", "base@2", "a:b", ""})
    void pathsAreNot(String path) {
        assertThat(RemotePaths.isRemote(path)).isFalse();
    }
}
