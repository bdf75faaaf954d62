package io.gitopstoolkit.kustomize.internal.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatchCasesTest {
    static Stream<Path> cases() {
        return PatchCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void patchesAsExpected(Path directory) throws IOException {
        Path expected = directory.resolve("expected.yaml");
        Path file = Files.exists(expected) ? expected : directory.resolve("refused.txt");
        assertThat(PatchCases.ours(directory)).isEqualTo(Files.readString(file));
    }
}
