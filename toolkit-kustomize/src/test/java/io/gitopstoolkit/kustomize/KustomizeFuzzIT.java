package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random kustomizations through the reference and the renderer: the same bytes, or both refuse. Properties: {@code
 * fuzz.seconds}, 20 where not set, and {@code fuzz.seed}, where to start, 1 where not set; each next input has the next
 * seed.
 */
@Tag("cluster")
class KustomizeFuzzIT {
    @Test
    void rendersWhatTheReferencePrints(@TempDir Path scratch) throws IOException, InterruptedException {
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("fuzz.seconds", 20)).toNanos();
        long seed = Long.getLong("fuzz.seed", 1);
        int accepted = 0;
        int inputs = 0;
        for (; inputs == 0 || System.nanoTime() - end < 0; inputs++, seed++) {
            if (compare(scratch.resolve(Long.toString(seed)), seed)) {
                accepted++;
            }
        }
        assertThat(accepted).as("accepted inputs of " + inputs).isGreaterThanOrEqualTo(inputs > 50 ? inputs / 10 : 0);
    }

    private static boolean compare(Path root, long seed) throws IOException, InterruptedException {
        Map<String, String> files = seed % 2 == 0 ? RandomKustomization.files(seed) : RandomBuild.files(seed);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        ReferenceKustomize.Result expected = ReferenceKustomize.build(root.resolve("start"));
        Cases.Outcome rendered = Cases.Outcome.of(KustomizeRenderer.at("start"), root);
        String input = files.entrySet().stream()
                .map(file -> "--- " + file.getKey() + "\n" + file.getValue())
                .collect(Collectors.joining());
        String where =
                "seed " + seed + "\n" + input + "\nours: " + rendered.error() + "\nreference: " + expected.error();
        if (rendered.error().startsWith("NotSupported") || rendered.error().contains("validator shouldn't modify")) {
            // Such as a Secret that a patch makes a StatefulSet: its name would get a hash of the layout of its YAML.
            // A validator may write for kustomize what is there already, if it did not come from a file.
            return false;
        }
        assertThat(rendered.accepted()).as(where).isEqualTo(expected.accepted());
        if (expected.accepted()) {
            assertThat(rendered.yaml()).as(where).isEqualTo(expected.output());
        }
        return expected.accepted();
    }
}
