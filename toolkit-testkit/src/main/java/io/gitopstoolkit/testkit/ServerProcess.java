package io.gitopstoolkit.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine that serves until it is stopped, with its output in a file. */
final class ServerProcess implements AutoCloseable {
    private static final int LAST_LINES = 10;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code program}.
     *
     * @param directory where its output goes, into a file of the program's name
     * @throws UncheckedIOException if it cannot be started
     */
    static ServerProcess start(Path directory, Path program, String... arguments) {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(Arrays.asList(arguments));
        Path log = directory.resolve(program.getFileName() + ".log");
        try {
            // A program makes what it does not find, such as certificates, where it was started.
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File(nothing())))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ServerProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + program + ": " + e.getMessage(), e);
        }
    }

    private static String nothing() {
        return File.separatorChar == '\\' ? "NUL" : "/dev/null";
    }

    /** A port of the loopback interface that nobody listens on at the moment. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines of its output, for an error. */
    String lastOutput() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "no output: " + e.getMessage();
        }
    }

    /** Kills it, and returns when it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
