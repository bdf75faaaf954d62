package io.gitopstoolkit.kustomize.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlCasesTest {
    static Stream<Path> cases() {
        return YamlCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAndWritesAsExpected(Path directory) throws IOException {
        Path expected = directory.resolve("expected.yaml");
        Path file = Files.exists(expected) ? expected : directory.resolve("refused.txt");
        assertThat(YamlCases.ours(directory)).isEqualTo(Files.readString(file));
    }
}
