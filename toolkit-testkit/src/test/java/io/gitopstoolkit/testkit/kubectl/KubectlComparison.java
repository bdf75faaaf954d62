package io.gitopstoolkit.testkit.kubectl;

import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.RealKubernetes;
import io.gitopstoolkit.testkit.kubectl.Kubectl.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs the same commands against both servers at once, and tells where they say different things. */
final class KubectlComparison {
    private KubectlComparison() {}

    /** The commands of a file beside the manifests, which is empty but for them, blank lines and comments. */
    static List<String> commands(String file) throws IOException {
        try (InputStream in = KubectlComparison.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    static List<String> differences(RealKubernetes real, EmbeddedKubernetes embedded, Path directory, String file)
            throws IOException {
        List<String> commands = commands(file);
        Path manifests =
                Path.of(KubectlComparison.class.getResource("manifests").getPath());
        String namespace = "kubectl-" + Long.toString(System.nanoTime(), 36);
        var truth = new Kubectl(directory.resolve("real"), manifests, real.kubeconfig(), namespace);
        var subject = new Kubectl(directory.resolve("embedded"), manifests, embedded.kubeconfig(), namespace);
        CompletableFuture<List<Outcome>> expected = CompletableFuture.supplyAsync(() -> run(truth, commands));
        List<Outcome> actual = run(subject, commands);
        var differences = new ArrayList<String>();
        for (int i = 0; i < commands.size(); i++) {
            Outcome one = expected.join().get(i);
            if (!one.equals(actual.get(i))) {
                differences.add("$ " + commands.get(i) + "\nexpected: " + one + "\nbut was:  " + actual.get(i));
            }
        }
        return differences;
    }

    private static List<Outcome> run(Kubectl kubectl, List<String> commands) {
        var outcomes = new ArrayList<Outcome>();
        for (String command : commands) {
            try {
                outcomes.add(kubectl.run(command));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted at " + command, e);
            }
        }
        return outcomes;
    }
}
