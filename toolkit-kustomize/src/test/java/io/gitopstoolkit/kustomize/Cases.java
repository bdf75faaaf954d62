package io.gitopstoolkit.kustomize;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cases below {@code cases/}: an input and what the reference makes of it, as {@code regenerate.sh} wrote it. */
final class Cases {
    private Cases() {}

    /** All cases, by name. */
    static List<Case> all() {
        try {
            URI root = Objects.requireNonNull(Cases.class.getResource("cases"), "cases")
                    .toURI();
            try (Stream<Path> directories = Files.list(Path.of(root))) {
                return directories.sorted().map(Case::new).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a renderer made of an input: YAML, or a refusal. */
    record Outcome(@Nullable String yaml, String error) {
        static Outcome of(KustomizeRenderer renderer, Path root) {
            return of(() -> renderer.renderYaml(FileTree.directory(root), deadline()));
        }

        static Outcome ofManifests(KustomizeRenderer renderer, Path root) {
            var revision = Revision.parse("main");
            var artifact = new Artifact(revision, Digest.sha256(new byte[0]), FileTree.directory(root), Map.of());
            return of(() -> ManifestYaml.write(renderer.render(artifact, deadline())));
        }

        private static Outcome of(Supplier<String> rendering) {
            try {
                return new Outcome(rendering.get(), "");
            } catch (KustomizeException e) {
                return new Outcome(null, e.reason() + ": " + e.getMessage());
            }
        }

        private static Deadline deadline() {
            return Deadline.after(Duration.ofSeconds(60));
        }

        boolean accepted() {
            return yaml != null;
        }
    }

    /** One case. */
    record Case(Path directory) {
        String name() {
            return directory.getFileName().toString();
        }

        /** The root of the tree that is rendered. */
        Path input() {
            return directory.resolve("input");
        }

        /** The directory that is built, within the input. */
        String start() {
            return Files.isDirectory(input().resolve("overlay")) ? "overlay" : "";
        }

        /** What the reference made of it. */
        Outcome expected() throws IOException {
            Path yaml = directory.resolve("expected.yaml");
            return Files.exists(yaml)
                    ? new Outcome(Files.readString(yaml), "")
                    : new Outcome(null, Files.readString(directory.resolve("error.txt")));
        }

        /** What we make of it. */
        Outcome rendered() {
            return Outcome.of(KustomizeRenderer.at(start()), input());
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
