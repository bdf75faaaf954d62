package io.gitopstoolkit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own, with the class path of the tests. */
final class Program {
    private final Process process;
    private final Writer in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Program(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        var reader = new Thread(this::read, "read-program");
        reader.setDaemon(true);
        reader.start();
    }

    static Program start(Class<?> main, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits for a line; fails with the others if it does not come. */
    void expect(String line, Duration limit) {
        var seen = new ArrayList<String>();
        while (!seen.contains(line)) {
            String next = next(limit);
            if (next.isEmpty()) {
                fail("'%s' did not come from the program, but %s", line, seen);
            }
            seen.add(next);
        }
    }

    void say(String line) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the delivery came to an end within this time. */
    boolean endsWithin(Duration limit) {
        return !next(limit).isEmpty();
    }

    /** Ends the process at once, and waits until it is gone. */
    void kill() {
        try {
            assertThat(process.destroyForcibly().waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String next(Duration limit) {
        try {
            String line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            return line == null ? "" : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private void read() {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("the output ended: " + e.getMessage());
        }
    }
}
