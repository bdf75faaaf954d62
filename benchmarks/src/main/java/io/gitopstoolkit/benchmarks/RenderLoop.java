package io.gitopstoolkit.benchmarks;

import com.sun.management.ThreadMXBean;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Renders a kustomization again and again, and prints what one build costs: the median and the least time in
 * nanoseconds, the bytes that it allocates, and the peak of the process's memory in KiB, on one line.
 */
public final class RenderLoop {
    private final Path directory;
    private final String path;
    private final @Nullable Path changing;
    private @Nullable KustomizeRenderer kept;
    private String text = "";

    private RenderLoop(String[] arguments) {
        directory = Path.of(arguments[0]);
        path = arguments[1];
        String mode = arguments[5];
        kept = mode.equals("fresh") ? null : KustomizeRenderer.at(path);
        changing = mode.equals("fresh") || mode.equals("same") ? null : directory.resolve(mode);
    }

    /**
     * Takes the directory, the path of the kustomization in it, the seconds to warm up, the number of builds, the file
     * for the text, and a mode: {@code fresh} for a renderer of its own for each build, {@code same} for one renderer,
     * or the path of a file that changes before each build of one renderer.
     */
    public static void main(String[] arguments) throws IOException {
        var loop = new RenderLoop(arguments);
        loop.warmUp(Duration.ofSeconds(Integer.parseInt(arguments[2])));
        System.out.println(loop.measure(Integer.parseInt(arguments[3])));
        Files.writeString(Path.of(arguments[4]), loop.text);
    }

    private void warmUp(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        for (int build = 0; System.nanoTime() - end < 0; build++) {
            change(build);
            render();
        }
    }

    private String measure(int builds) throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        var times = new long[builds];
        long allocated = 0;
        for (int build = builds - 1; build >= 0; build--) {
            change(build);
            long before = threads.getThreadAllocatedBytes(thread);
            long start = System.nanoTime();
            render();
            times[build] = System.nanoTime() - start;
            allocated += threads.getThreadAllocatedBytes(thread) - before;
        }
        Arrays.sort(times);
        return times[builds / 2] + " " + times[0] + " " + allocated / builds + " " + peak();
    }

    private void render() {
        KustomizeRenderer renderer = kept;
        text = RenderDirectory.render(renderer == null ? KustomizeRenderer.at(path) : renderer, directory);
    }

    /** Gives the file another content at each build, and its own before the last. */
    private void change(int build) throws IOException {
        if (changing != null) {
            String content = Files.readString(changing).replaceAll("\n# change .*\n$", "\n");
            Files.writeString(changing, build == 0 ? content : content + "# change " + build + "\n");
        }
    }

    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
