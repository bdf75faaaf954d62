package io.gitopstoolkit.kustomize.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.kustomize.ReferenceKustomize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the expected files are what the reference makes. With {@code -Dcases.write=true} they are made anew. */
@Tag("cluster")
class YamlCasesIT {
    @TempDir
    Path scratch;

    static Stream<Path> cases() {
        return YamlCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void expectsWhatTheReferenceMakes(Path directory) throws Exception {
        Files.copy(directory.resolve("input.yaml"), scratch.resolve("input.yaml"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                scratch.resolve("kustomization.yaml"), "resources: [input.yaml]\nsortOptions: {order: fifo}\n");
        ReferenceKustomize.Result reference = ReferenceKustomize.build(scratch);
        if (Boolean.getBoolean("cases.write")) {
            write(directory, reference);
        }
        assertThat(Files.exists(directory.resolve("expected.yaml"))).isEqualTo(reference.accepted());
        if (reference.accepted()) {
            assertThat(reference.output()).isEqualTo(Files.readString(directory.resolve("expected.yaml")));
        }
    }

    private static void write(Path directory, ReferenceKustomize.Result reference) throws IOException {
        Files.deleteIfExists(directory.resolve("expected.yaml"));
        Files.deleteIfExists(directory.resolve("refused.txt"));
        if (reference.accepted()) {
            Files.writeString(directory.resolve("expected.yaml"), reference.output());
        } else {
            Files.writeString(directory.resolve("refused.txt"), YamlCases.ours(directory));
        }
    }
}
