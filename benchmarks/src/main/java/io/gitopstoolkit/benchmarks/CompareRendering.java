package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import io.gitopstoolkit.kustomize.ManifestYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Renders each input with kustomize and with toolkit-kustomize, both from files to text, in turn, and prints the medians
 * and their ratio. The texts are compared as well: a faster answer that differs is none.
 */
public final class CompareRendering {
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final String kubectl;
    private final int runs;

    private CompareRendering(String kubectl, int runs) {
        this.kubectl = kubectl;
        this.runs = runs;
    }

    /** Takes the path of kubectl, and how often each program renders each input. */
    public static void main(String[] arguments) throws Exception {
        var comparison = new CompareRendering(arguments[0], Integer.parseInt(arguments[1]));
        System.out.println("| input | objects | kustomize, a process | toolkit, in process, warm | ratio |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        for (RenderInput input : RenderInput.values()) {
            System.out.println(comparison.row(input));
        }
    }

    private String row(RenderInput input) throws Exception {
        Path directory = Files.createTempDirectory("compare-rendering");
        try {
            input.writeTo(directory);
            String theirs = kustomize(directory.resolve(input.path()));
            String ours = toolkit(directory, input);
            if (!theirs.equals(ours)) {
                throw new IllegalStateException(input + ": the outputs differ");
            }
            warmUp(directory, input);
            var their = new long[runs];
            var our = new long[runs];
            for (int run = 0; run < runs; run++) {
                their[run] = time(() -> kustomize(directory.resolve(input.path())));
                our[run] = time(() -> toolkit(directory, input));
            }
            long theirMedian = median(their);
            long ourMedian = median(our);
            return String.format(
                    "| %s | %d | %.1f ms | %.2f ms | %.0f |",
                    input.name().toLowerCase(java.util.Locale.ROOT),
                    ours.lines().filter(line -> line.startsWith("kind:")).count(),
                    theirMedian / 1e6,
                    ourMedian / 1e6,
                    (double) theirMedian / ourMedian);
        } finally {
            delete(directory);
        }
    }

    private static void warmUp(Path directory, RenderInput input) {
        long end = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() - end < 0) {
            toolkit(directory, input);
        }
    }

    private static String toolkit(Path directory, RenderInput input) {
        // A fresh renderer on a fresh tree: nothing is kept from one run to the next.
        FileTree files = FileTree.directory(directory);
        Artifact artifact = Artifact.of(Revision.parse("benchmark"), files);
        ManifestSet manifests =
                KustomizeRenderer.at(input.path()).render(artifact, Deadline.after(Duration.ofMinutes(1)));
        return ManifestYaml.write(manifests);
    }

    private String kustomize(Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(kubectl, "kustomize", directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("kubectl kustomize failed on " + directory);
        }
        return output;
    }

    private static long time(Callable<String> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return System.nanoTime() - start;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
