package io.gitopstoolkit.testkit.kubectl;

import io.gitopstoolkit.api.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** kubectl with a kubeconfig and a home of its own, for commands of a shell in the directory of the manifests. */
final class Kubectl {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path home;
    private final Path manifests;
    private final String namespace;

    /** What a command has said. */
    record Outcome(int status, String out, String err) {}

    Kubectl(Path home, Path manifests, String kubeconfig, String namespace) throws IOException {
        this.home = Files.createDirectories(home);
        this.manifests = manifests;
        this.namespace = namespace;
        Files.writeString(home.resolve("kubeconfig"), kubeconfig);
    }

    /** Where kube-api-test keeps kubectl beside the other programs. */
    private static Path directory() {
        String other = System.getenv("KUBE_API_TEST_DIR");
        Path root = other == null ? Path.of(System.getProperty("user.home"), ".kubeapitest") : Path.of(other);
        try (Stream<Path> versions = Files.list(root.resolve("k8s"))) {
            return versions.filter(version -> Files.isExecutable(version.resolve("kubectl")))
                    .max(Path::compareTo)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the command line, in which {@code {ns}} stands for the namespace. */
    Outcome run(String line) throws IOException, InterruptedException {
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        var builder = new ProcessBuilder("sh", "-c", line.replace("{ns}", namespace))
                .directory(manifests.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", directory() + ":" + environment.get("PATH"));
        environment.put("HOME", home.toString());
        environment.put("KUBECONFIG", home.resolve("kubeconfig").toString());
        environment.put("KUBE_EDITOR", "sed -i s/green/blue/");
        Process process = builder.start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            Deadline.after(Duration.ZERO).check("end " + line);
        }
        return new Outcome(process.exitValue(), normal(Files.readString(out)), normal(Files.readString(err)));
    }

    /** Without what no two servers have in common: times, ages, identifiers, versions, addresses, widths of columns. */
    private String normal(String text) {
        return text.replace(namespace, "NAMESPACE")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z| \\+0000)", "TIME")
                .replaceAll("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}", "TIME")
                .replaceAll("https?://127\\.0\\.0\\.1:\\d+", "URL")
                .replaceAll("((resourceVersion\"?|Resource Version): *)\"?\\d+\"?", "$1VERSION")
                .replaceAll("(?<![\\w.-])(\\d+[dhmsy]){1,2}(?![\\w.-])", "AGE")
                .replaceAll("eyJ[\\w.-]{100,}", "TOKEN")
                .replaceAll("/tmp/\\S+", "FILE")
                .replaceAll("[ \\t]+", " ")
                .replaceAll("[- ]+\n", "\n");
    }
}
