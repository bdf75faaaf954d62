package io.gitopstoolkit.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The programs that are compared, as {@code compare-rendering} found and made them. An empty path is a missing one. */
final class Programs {
    private final List<String> pin = words("pin");
    private final List<String> java = words("java");
    private final Path output;

    /** Programs that write what they render to a file. */
    Programs(Path output) {
        this.output = output;
    }

    /** What one build costs: nanoseconds, bytes, and KiB. */
    record Cost(long median, long least, long allocated, long peak) {}

    boolean has(String program) {
        return !System.getProperty(program, "").isEmpty();
    }

    /**
     * What is built, and how often.
     *
     * @param directory the root of the tree
     * @param path of the kustomization in it
     * @param warmUp seconds of builds before those that count
     * @param builds that count
     */
    record Builds(Path directory, String path, int warmUp, int builds) {
        String at() {
            return directory.resolve(path).toString();
        }
    }

    /** The median time of a whole process that renders a directory, as often as there are builds. */
    long cold(String program, Builds builds) throws Exception {
        List<String> command = switch (program) {
            case "kustomize" -> List.of(System.getProperty(program), "build", builds.at());
            case "kubectl" -> List.of(System.getProperty(program), "kustomize", builds.at());
            default ->
                with(java, words("cold"), RenderDirectory.class.getName(), builds.directory.toString(), builds.path);
        };
        var times = new long[builds.builds];
        for (int run = 0; run < times.length; run++) {
            long start = System.nanoTime();
            run(command, Redirect.to(output.toFile()));
            times[run] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    /** kustomize's library in a loop on one core. */
    Cost library(Builds builds) throws Exception {
        return measured(with(
                pin,
                List.of("env", "GOMAXPROCS=1", System.getProperty("library")),
                builds.at(),
                Integer.toString(builds.warmUp),
                Integer.toString(builds.builds),
                output.toString()));
    }

    /** The toolkit in a loop on one core; see {@link RenderLoop} for the modes. */
    Cost toolkit(Builds builds, String mode, String... flags) throws Exception {
        return measured(with(
                pin,
                with(
                        java,
                        words("warm"),
                        with(List.of(flags), List.of(), RenderLoop.class.getName())
                                .toArray(new String[0])),
                builds.directory.toString(),
                builds.path,
                Integer.toString(builds.warmUp),
                Integer.toString(builds.builds),
                output.toString(),
                mode));
    }

    private static Cost measured(List<String> command) throws IOException, InterruptedException {
        Path result = Files.createTempFile("cost", ".txt");
        try {
            run(command, Redirect.to(result.toFile()));
            String[] numbers = Files.readString(result).strip().split(" ", -1);
            return new Cost(
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Long.parseLong(numbers[2]),
                    Long.parseLong(numbers[3]));
        } finally {
            Files.delete(result);
        }
    }

    private static void run(List<String> command, Redirect output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }

    private static List<String> words(String property) {
        String value = System.getProperty(property, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split(" +"));
    }

    private static List<String> with(List<String> first, List<String> second, String... rest) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(List.of(rest));
        return all;
    }
}
