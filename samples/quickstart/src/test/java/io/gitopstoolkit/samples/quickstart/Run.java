package io.gitopstoolkit.samples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A run of the quickstart: its exit code and what it printed. */
record Run(int exitCode, String output) {
    private static final Pattern CHANGE = Pattern.compile(
            "\\d\\. .*|(?:created|configured|unchanged|deleted|skipped|failed) .*|[-+~/!] [A-Z]\\w+/\\S+ \\w+|[a-z.]+: .* -> .*");

    static Run of(Cluster.Opener clusters, String... arguments) {
        return of(Map.of(), clusters, arguments);
    }

    static Run of(Map<String, String> environment, Cluster.Opener clusters, String... arguments) {
        var bytes = new ByteArrayOutputStream();
        var console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        int exitCode = Quickstart.run(arguments, environment, console, clusters);
        return new Run(exitCode, bytes.toString(StandardCharsets.UTF_8));
    }

    /** The change sets and differences, under the titles of the steps. */
    List<String> changes() {
        return output.lines()
                .map(String::strip)
                .filter(line -> CHANGE.matcher(line).matches())
                .toList();
    }
}
