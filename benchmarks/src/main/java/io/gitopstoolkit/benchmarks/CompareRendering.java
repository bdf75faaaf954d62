package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.benchmarks.Programs.Builds;
import io.gitopstoolkit.benchmarks.Programs.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Renders each input with kustomize and with toolkit-kustomize, both from files on disk to text, and prints one table.
 * The texts are compared before anything is timed: a faster answer that differs is none.
 */
public final class CompareRendering {
    private static final int WARM_UP_SECONDS = 8;
    private static final String CHANGING = "all/objects-50.yaml";

    /** The loops of the comparison have little memory, so that its peak says something; others have all they want. */
    private static final String BIG_HEAP = "-Xmx3g";

    private final Programs programs;
    private final int runs;
    private final Path output;

    private CompareRendering(int runs, Path output) {
        this.programs = new Programs(output);
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
        String text = checkSame(new Builds(directory, input.path(), 0, 1));
        boolean slow = input == RenderInput.LARGE;
        var loop = new Builds(directory, input.path(), WARM_UP_SECONDS, slow ? 51 : 301);
        Cost ours = programs.toolkit(loop, "fresh");
        Cost theirs = programs.has("library")
                ? programs.library(new Builds(directory, input.path(), slow ? 0 : 2, slow ? 1 : 21))
                : null;
        check(text, "a loop", input.path());
        String name = input.name().toLowerCase(Locale.ROOT);
        row(name, "time of a build, warm, one core", theirs, ours, Cost::median, CompareRendering::millis);
        row(name, "allocated by a build", theirs, ours, Cost::allocated, CompareRendering::mebis);
        row(name, "peak memory of that process", theirs, ours, cost -> cost.peak() << 10, CompareRendering::mebis);
        var processes = new Builds(directory, input.path(), 0, slow ? 1 : runs);
        long our = programs.cold("toolkit", processes);
        for (String program : new String[] {"kustomize", "kubectl"}) {
            if (programs.has(program)) {
                long their = programs.cold(program, processes);
                row(name, "a cold process, against " + program, millis(their), millis(our), ratio(their, our));
            }
        }
    }

    private String checkSame(Builds builds) throws Exception {
        programs.cold("toolkit", builds);
        String ours = Files.readString(output);
        programs.cold("kubectl", builds);
        check(ours, "kubectl", builds.path());
        return ours;
    }

    private void check(String ours, String program, String path) throws IOException {
        if (!ours.equals(Files.readString(output))) {
            throw new IllegalStateException("the output of " + program + " differs on " + path);
        }
    }

    private void again(Path directory) throws Exception {
        var loop = new Builds(directory, RenderInput.LARGE.path(), WARM_UP_SECONDS, 51);
        Cost changed = programs.toolkit(loop, CHANGING, BIG_HEAP);
        row("large", "time of a build after a change of one file", "", millis(changed.median()), "");
        row("large", "allocated by that", "", mebis(changed.allocated()), "");
        Cost same = programs.toolkit(loop, "same", BIG_HEAP);
        row("large", "time of a build after no change", "", millis(same.median()), "");
    }

    private void scale(int objects, Path directory) throws Exception {
        var loop = new Builds(directory, RenderInput.LARGE.path(), WARM_UP_SECONDS, 5);
        Cost cost = programs.toolkit(loop, "fresh", BIG_HEAP);
        String perObject = String.format(Locale.ROOT, "%.1f us", cost.median() / 1e3 / objects);
        row(
                String.format(Locale.ROOT, "%,d objects", objects),
                "time for an object, warm, one core",
                "",
                perObject,
                "");
    }

    private static void row(
            String input,
            String what,
            @Nullable Cost theirs,
            Cost ours,
            ToLongFunction<Cost> part,
            LongFunction<String> text) {
        long our = part.applyAsLong(ours);
        if (theirs == null) {
            row(input, what, "", text.apply(our), "");
        } else {
            long their = part.applyAsLong(theirs);
            row(input, what, text.apply(their), text.apply(our), ratio(their, our));
        }
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
