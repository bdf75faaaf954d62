package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cases below {@code src/test/resources/io/gitopstoolkit/kustomize/patch}: a directory each, with {@code base.yaml},
 * {@code patch.yaml}, and either {@code expected.yaml}, which the reference made of them, or {@code refused.txt}, our
 * message where it refuses. Those with names that begin with {@code json} are JSON patches.
 */
final class PatchCases {
    private static final Path ROOT = Path.of("src/test/resources/io/gitopstoolkit/kustomize/patch");
    private static final YamlReader READER = new YamlReader(YamlLimits.DEFAULT);

    private PatchCases() {}

    static Stream<Path> all() {
        try (Stream<Path> directories = Files.list(ROOT)) {
            return directories.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isJson(Path directory) {
        return directory.getFileName().toString().startsWith("json-");
    }

    /** What we make of a case; a message where we refuse it. */
    static String ours(Path directory) throws IOException {
        MapNode base = READER.readResources(Files.readString(directory.resolve("base.yaml")), "base.yaml")
                .get(0);
        String patch = Files.readString(directory.resolve("patch.yaml"));
        try {
            MapNode patched = isJson(directory)
                    ? JsonPatch.parse(patch, "patch.yaml", READER).apply(base)
                    : new StrategicMerge(Schema.builtin())
                            .apply(
                                    base,
                                    READER.readResources(patch, "patch.yaml").get(0));
            return patched == null ? "" : YamlWriter.write(List.of(patched));
        } catch (KustomizeException e) {
            return e.getMessage() + "\n";
        }
    }
}
