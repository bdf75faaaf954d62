package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cases below {@code src/test/resources/io/gitopstoolkit/kustomize/yaml}: a directory each, with {@code input.yaml}
 * and either {@code expected.yaml}, which the reference made of it, or {@code refused.txt}, our message where it refuses.
 */
final class YamlCases {
    private static final Path ROOT = Path.of("src/test/resources/io/gitopstoolkit/kustomize/yaml");

    private YamlCases() {}

    static Stream<Path> all() {
        try (Stream<Path> directories = Files.list(ROOT)) {
            return directories.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What we write for a case; a message where we refuse it. */
    static String ours(Path directory) throws IOException {
        try {
            List<MapNode> documents = new YamlReader(YamlLimits.DEFAULT)
                    .readResources(Files.readAllBytes(directory.resolve("input.yaml")), "input.yaml");
            documents.removeIf(MapNode::isEmpty);
            return YamlWriter.write(documents);
        } catch (KustomizeException e) {
            return e.getMessage() + "\n";
        }
    }
}
