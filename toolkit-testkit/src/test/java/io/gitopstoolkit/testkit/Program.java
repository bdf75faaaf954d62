package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A real client in a process of its own, with nothing of this machine's configuration. */
final class Program {
    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** What a program said. */
    record Outcome(int status, String output) {
        String orFail() {
            assertThat(status).as(output).isZero();
            return output;
        }
    }

    Program(Path home) {
        this.home = home;
    }

    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs to its end, within a minute; both of its outputs are one. */
    Outcome run(String... command) {
        try {
            var builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .directory(home.toFile())
                    .redirectErrorStream(true);
            builder.environment().keySet().retainAll(Set.of("PATH"));
            builder.environment().put("HOME", home.toString());
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("LC_ALL", "C");
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(output).isTrue();
            return new Outcome(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
