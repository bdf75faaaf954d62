package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program that is the truth: {@code kubectl kustomize}, from the folder that kube-api-test downloads to. */
public final class ReferenceKustomize {
    private ReferenceKustomize() {}

    /** What a build printed. */
    public record Result(int exitCode, String output, String error) {
        /** Whether the reference accepted the input. */
        public boolean accepted() {
            return exitCode == 0;
        }

        /**
         * Checks that a case expects this. With {@code -Dcases.write=true} it is made to, before.
         *
         * @param ours what we say of a case that the reference refuses
         */
        public void checkExpected(Path directory, Callable<String> ours) throws Exception {
            Path expected = directory.resolve("expected.yaml");
            if (Boolean.getBoolean("cases.write")) {
                Files.deleteIfExists(expected);
                Files.deleteIfExists(directory.resolve("refused.txt"));
                if (accepted()) {
                    Files.writeString(expected, output);
                } else {
                    Files.writeString(directory.resolve("refused.txt"), ours.call());
                }
            }
            assertThat(Files.exists(expected)).isEqualTo(accepted());
            if (accepted()) {
                assertThat(output).isEqualTo(Files.readString(expected));
            }
        }
    }

    /** Builds the kustomization in a directory. */
    public static Result build(Path directory) throws IOException, InterruptedException {
        Path output = Files.createTempFile("kustomize", ".out");
        Path error = Files.createTempFile("kustomize", ".err");
        try {
            Process process = new ProcessBuilder(kubectl().toString(), "kustomize", directory.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(error.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("kubectl ends").isTrue();
            return new Result(process.exitValue(), Files.readString(output), Files.readString(error));
        } finally {
            Files.delete(output);
            Files.delete(error);
        }
    }

    /** Builds a kustomization of one file of resources, in the order of the file. */
    public static Result build(Path scratch, String resources) throws IOException, InterruptedException {
        Files.writeString(scratch.resolve("resources.yaml"), resources);
        Files.writeString(
                scratch.resolve("kustomization.yaml"), "resources: [resources.yaml]\nsortOptions: {order: fifo}\n");
        return build(scratch);
    }

    private static Path kubectl() throws IOException {
        String configured = System.getenv("KUBE_API_TEST_DIR");
        Path root = configured == null ? Path.of(System.getProperty("user.home"), ".kubeapitest") : Path.of(configured);
        try (Stream<Path> versions = Files.list(root.resolve("k8s"))) {
            List<Path> found = versions.map(version -> version.resolve("kubectl"))
                    .filter(Files::isExecutable)
                    .sorted()
                    .toList();
            assertThat(found).as("kubectl below " + root).isNotEmpty();
            return found.get(found.size() - 1);
        }
    }
}
