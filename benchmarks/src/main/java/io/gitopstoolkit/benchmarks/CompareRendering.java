package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.benchmarks.Programs.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Renders each input with kustomize and with toolkit-kustomize, both from files on disk to text, and prints one table.
 * The texts are compared before anything is timed: a faster answer that differs is none.
 */
public final class CompareRendering {
    private static final int WARM_UP_SECONDS = 8;
    private static final String CHANGING = "all/objects-50.yaml";

    private final Programs programs = new Programs();
    private final int runs;
    private final Path output;

    private CompareRendering(int runs, Path output) {
        this.runs = runs;
        this.output = output;
    }

    /** Takes how often each process runs on each input. */
    public static void main(String[] arguments) throws Exception {
        Path output = Files.createTempFile("compare-rendering", ".yaml");
        try {
            new CompareRendering(Integer.parseInt(arguments[0]), output).print();
        } finally {
            Files.delete(output);
        }
    }

    private void print() throws Exception {
        System.out.println("| input | what | kustomize | toolkit | kustomize / toolkit |");
        System.out.println("| --- | --- | ---: | ---: | ---: |");
        for (RenderInput input : RenderInput.values()) {
            in(input.files(), directory -> compare(input, directory));
        }
        in(RenderInput.LARGE.files(), this::again);
        for (int objects : new int[] {1_000, 5_000, 10_000, 50_000}) {
            in(RenderInput.large(objects), directory -> scale(objects, directory));
        }
    }

    private interface Measurement {
        void on(Path directory) throws Exception;
    }

    private static void in(Map<String, String> files, Measurement measurement) throws Exception {
        Path directory = Files.createTempDirectory("compare-rendering");
        try {
            RenderInput.write(files, directory);
            measurement.on(directory);
        } finally {
            delete(directory);
        }
    }

    private void compare(RenderInput input, Path directory) throws Exception {
        String name = input.name().toLowerCase(Locale.ROOT);
        String path = input.path();
        checkSame(directory, path);
        int builds = input == RenderInput.LARGE ? 51 : 301;
        Cost ours = programs.toolkit(directory, path, output, WARM_UP_SECONDS, builds, "fresh");
        if (programs.has("library")) {
            boolean slow = input == RenderInput.LARGE;
            Cost theirs = programs.library(directory, path, output, slow ? 0 : 2, slow ? 1 : 21);
            row(
                    name,
                    "time of a build, warm, one core",
                    millis(theirs.median()),
                    millis(ours.median()),
                    ratio(theirs.median(), ours.median()));
            row(
                    name,
                    "allocated by a build",
                    mebis(theirs.allocated()),
                    mebis(ours.allocated()),
                    ratio(theirs.allocated(), ours.allocated()));
            row(
                    name,
                    "peak memory of that process",
                    mebis(theirs.peak() << 10),
                    mebis(ours.peak() << 10),
                    ratio(theirs.peak(), ours.peak()));
        } else {
            row(name, "time of a build, warm, one core", "", millis(ours.median()), "");
            row(name, "allocated by a build", "", mebis(ours.allocated()), "");
            row(name, "peak memory of that process", "", mebis(ours.peak() << 10), "");
        }
        int times = input == RenderInput.LARGE ? 1 : runs;
        long our = programs.cold("toolkit", directory, path, output, times);
        for (String program : new String[] {"kustomize", "kubectl"}) {
            if (programs.has(program)) {
                long their = programs.cold(program, directory, path, output, times);
                row(name, "a cold process, against " + program, millis(their), millis(our), ratio(their, our));
            }
        }
    }

    private void checkSame(Path directory, String path) throws Exception {
        programs.cold("kubectl", directory, path, output, 1);
        String theirs = Files.readString(output);
        programs.cold("toolkit", directory, path, output, 1);
        if (!theirs.equals(Files.readString(output))) {
            throw new IllegalStateException("the outputs differ on " + path);
        }
    }

    private void again(Path directory) throws Exception {
        String path = RenderInput.LARGE.path();
        Cost changed = programs.toolkit(directory, path, output, WARM_UP_SECONDS, 51, CHANGING);
        row("large", "built again, one file of 222 changed", "", millis(changed.median()), "");
        row("large", "allocated by that", "", mebis(changed.allocated()), "");
        Cost same = programs.toolkit(directory, path, output, WARM_UP_SECONDS, 51, "same");
        row("large", "built again, nothing changed", "", millis(same.median()), "");
    }

    private void scale(int objects, Path directory) throws Exception {
        Cost cost = programs.toolkit(directory, RenderInput.LARGE.path(), output, WARM_UP_SECONDS, 5, "fresh");
        String perObject = String.format(Locale.ROOT, "%.1f us", cost.median() / 1e3 / objects);
        row(
                String.format(Locale.ROOT, "%,d objects", objects),
                "time for an object, warm, one core",
                "",
                perObject,
                "");
    }

    private static void row(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, nanos < 10_000_000 ? "%,.2f ms" : "%,.0f ms", nanos / 1e6);
    }

    private static String mebis(long bytes) {
        return String.format(Locale.ROOT, bytes < 10 << 20 ? "%,.2f MiB" : "%,.0f MiB", bytes / 1048576.0);
    }

    private static String ratio(long theirs, long ours) {
        return String.format(Locale.ROOT, theirs < 10 * ours ? "%,.1f" : "%,.0f", (double) theirs / ours);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
