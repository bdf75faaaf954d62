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

    /** What one build costs: nanoseconds, bytes, and KiB. */
    record Cost(long median, long least, long allocated, long peak) {}

    boolean has(String program) {
        return !System.getProperty(program, "").isEmpty();
    }

    /** The median time of a whole process that renders a directory. */
    long cold(String program, Path directory, String path, Path output, int runs) throws Exception {
        List<String> command = switch (program) {
            case "kustomize" -> List.of(System.getProperty(program), "build", at(directory, path));
            case "kubectl" -> List.of(System.getProperty(program), "kustomize", at(directory, path));
            default -> with(java, words("cold"), RenderDirectory.class.getName(), directory.toString(), path);
        };
        var times = new long[runs];
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            run(command, Redirect.to(output.toFile()));
            times[run] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[runs / 2];
    }

    /** kustomize's library in a loop on one core. */
    Cost library(Path directory, String path, Path output, int warmUp, int builds) throws Exception {
        String library = System.getProperty("library");
        return measured(with(
                pin,
                List.of("env", "GOMAXPROCS=1", library),
                at(directory, path),
                Integer.toString(warmUp),
                Integer.toString(builds),
                output.toString()));
    }

    /** The toolkit in a loop on one core; see {@link RenderLoop} for the modes. */
    Cost toolkit(Path directory, String path, Path output, int warmUp, int builds, String mode) throws Exception {
        return measured(with(
                pin,
                with(java, words("warm"), RenderLoop.class.getName()),
                directory.toString(),
                path,
                Integer.toString(warmUp),
                Integer.toString(builds),
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

    private static String at(Path directory, String path) {
        return directory.resolve(path).toString();
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
