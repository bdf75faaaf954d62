package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.ReferenceKustomize;
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
        ReferenceKustomize.build(scratch).checkExpected(directory, () -> YamlCases.ours(directory));
    }
}
