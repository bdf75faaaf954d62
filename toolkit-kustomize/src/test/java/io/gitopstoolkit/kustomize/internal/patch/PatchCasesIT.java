package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.ReferenceKustomize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the expected files are what the reference makes. With {@code -Dcases.write=true} they are made anew. */
@Tag("cluster")
class PatchCasesIT {
    @TempDir
    Path scratch;

    static Stream<Path> cases() {
        return PatchCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void expectsWhatTheReferenceMakes(Path directory) throws Exception {
        for (String file : List.of("base.yaml", "patch.yaml")) {
            Files.copy(directory.resolve(file), scratch.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        String target = PatchCases.isJson(directory) ? ", target: {name: app}" : "";
        Files.writeString(
                scratch.resolve("kustomization.yaml"),
                "resources: [base.yaml]\npatches: [{path: patch.yaml" + target
                        + ", options: {allowNameChange: true, allowKindChange: true}}]\n");
        ReferenceKustomize.build(scratch).checkExpected(directory, () -> PatchCases.ours(directory));
    }
}
