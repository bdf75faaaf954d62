package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.ToolkitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repositories of a local Git, and files of a local web server, as the reference gets them and as we do. */
@Tag("cluster")
class RemoteBasesIT {
    private static final String SETTINGS = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}\n";

    @TempDir
    static Path scratch;

    private static HttpServer server;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        Path repository = Files.createDirectory(scratch.resolve("repo"));
        git(repository, "init", "-q", "-b", "main");
        write(repository, "kustomization.yaml", "resources: [s.yaml]\n");
        write(repository, "s.yaml", SETTINGS);
        commit(repository, "first");
        git(repository, "tag", "v1");
        write(repository, "a/kustomization.yaml", "{resources: [../b, t.yaml], namePrefix: a-}\n");
        write(repository, "a/t.yaml", SETTINGS.replace("settings", "t"));
        write(repository, "b/kustomization.yaml", "{configMapGenerator: [{name: g, files: [data.txt]}]}\n");
        write(repository, "b/data.txt", "data\n");
        write(repository, "c/kustomization.yaml", "{kind: Component, commonAnnotations: {by: component}}\n");
        write(repository, "outside/kustomization.yaml", "resources: [../../mine]\n");
        write(repository, "beside/kustomization.yaml", "resources: [../s.yaml]\n");
        write(repository, "self/kustomization.yaml", "resources: [\"file://" + repository + "\"]\n");
        write(repository, "above/kustomization.yaml", "resources: [..]\n");
        write(repository, "chain/kustomization.yaml", "resources: [\"file://" + repository + "//a?ref=v2\"]\n");
        Files.createSymbolicLink(repository.resolve("escape"), scratch);
        Files.createSymbolicLink(repository.resolve("link"), Path.of("a"));
        write(repository, "linked/kustomization.yaml", "resources: [s.yaml]\n");
        Files.createSymbolicLink(repository.resolve("linked/s.yaml"), Path.of("../s.yaml"));
        commit(repository, "second");
        git(repository, "tag", "-a", "-m", "two", "v2");
        git(repository, "branch", "feature/x");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = (path.endsWith("patch.yaml") ? "- {op: add, path: /data, value: {k: v}}" : SETTINGS)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.contains("none") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    static List<String> kustomizations() {
        return List.of(
                "resources: [\"REPO\"]",
                "resources: [\"REPO?ref=v1\"]",
                "resources: [\"REPO//a?ref=v1\"]",
                "resources: [\"REPO//a\"]",
                "resources: [\"REPO//a?ref=v2\"]",
                "resources: [\"REPO//a/?ref=feature/x\"]",
                "resources: [\"REPO//a?version=main&timeout=60&submodules=false\"]",
                "resources: [\"REPO//./a/../b?ref=main\"]",
                "resources: [\"REPO//../a\"]",
                "resources: [\"git::REPO//a?ref=refs/heads/main\"]",
                "resources: [\"REPO//none\"]",
                "resources: [\"REPO//s.yaml\"]",
                "resources: [\"REPO?ref=none\"]",
                "resources: [\"REPO-none\"]",
                "resources: [\"REPO//outside\"]",
                "resources: [\"REPO//beside\"]",
                "resources: [\"REPO//self\"]",
                "resources: [\"REPO//above\"]",
                "resources: [\"REPO//chain\"]",
                "resources: [\"REPO//escape/mine\"]",
                "resources: [\"REPO//link\"]",
                "resources: [\"REPO//linked\"]",
                "resources: [\"REPO//c\"]",
                "{resources: [\"REPO\"], components: [\"REPO//c\"]}",
                "{resources: [\"REPO\"], components: [\"REPO//a\"]}",
                "{resources: [\"REPO?ref=v1\", \"REPO//a\"], namePrefix: x-, buildMetadata: [originAnnotations]}",
                "{resources: [\"REPO//a?ref=v2\"], components: [\"REPO//c\"], buildMetadata: [originAnnotations, transformerAnnotations]}",
                "{resources: [\"REPO//chain\"], buildMetadata: [originAnnotations]}",
                "{resources: [\"REPO//a\", \"REPO//b?ref=v2\"]}",
                "resources: [\"HTTP/s.yaml\"]",
                "resources: [\"HTTP/none.yaml\"]",
                "resources: [\"HTTP/org/repo/s.yaml\"]",
                "resources: [\"HTTP/org/repo/none.yaml\"]",
                "resources: [\"HTTP/patch.yaml\"]",
                "components: [\"HTTP/s.yaml\"]",
                "{resources: [\"HTTP/s.yaml\", \"HTTP/x/y/z.yaml?a=b\"]}",
                "{resources: [\"HTTP/s.yaml\"], buildMetadata: [originAnnotations]}",
                "{resources: [\"HTTP/org/repo/s.yaml\"], buildMetadata: [originAnnotations]}",
                "{resources: [\"HTTP/s.yaml\"], patches: [{path: \"HTTP/patch.yaml\", target: {kind: ConfigMap}}]}",
                "{resources: [\"HTTP/s.yaml\"], patchesStrategicMerge: [\"HTTP/s.yaml\"]}",
                "configMapGenerator: [{name: g, files: [\"HTTP/s.yaml\"]}]",
                "configMapGenerator: [{name: g, files: [\"key=HTTP/s.yaml\"]}]",
                "configMapGenerator: [{name: g, envs: [\"HTTP/patch.yaml\"]}]",
                "{resources: [\"HTTP/s.yaml\"], replacements: [{path: \"HTTP/none.yaml\"}]}",
                "{resources: [\"HTTP/s.yaml\"], configurations: [\"HTTP/none.yaml\"]}");
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void areBuiltAsTheReferenceBuildsThem(String template) throws IOException, InterruptedException {
        String kustomization = template.replace("REPO", "file://" + scratch.resolve("repo"))
                .replace("HTTP", "http://127.0.0.1:" + server.getAddress().getPort());
        Path root = Files.createTempDirectory(scratch, "case");
        write(root, "kustomization.yaml", kustomization + "\n");

        ReferenceKustomize.Result reference = ReferenceKustomize.build(root);
        KustomizeRenderer renderer =
                KustomizeRenderer.builder("").remoteLoader(new LocalGit()).build();
        Cases.Outcome ours = Cases.Outcome.of(renderer, root);

        assertThat(ours.accepted())
                .as(kustomization + "\n" + ours.error() + "\n" + reference.error())
                .isEqualTo(reference.accepted());
        if (reference.accepted()) {
            assertThat(ours.yaml()).isEqualTo(reference.output());
        }
    }

    private static void write(Path directory, String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void commit(Path repository, String message) throws IOException, InterruptedException {
        git(repository, "add", "-A");
        git(repository, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
    }

    private static void git(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("git failed: " + output);
        }
    }

    /** Asks the program {@code git}, and the web server. */
    private static final class LocalGit implements RemoteLoader {
        private final HttpClient http = HttpClient.newHttpClient();

        @Override
        public FileTree repository(Repository repository, Deadline deadline) {
            try {
                Path clone = Files.createTempDirectory(scratch, "clone");
                git(clone, "init", "-q");
                git(
                        clone,
                        "fetch",
                        "-q",
                        "--depth=1",
                        repository.url(),
                        repository.ref().isEmpty() ? "HEAD" : repository.ref());
                git(clone, "checkout", "-q", "FETCH_HEAD");
                return FileTree.directory(clone);
            } catch (IOException e) {
                throw new Failed(String.valueOf(e.getMessage()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failed("interrupted", e);
            }
        }

        @Override
        public Optional<byte[]> file(String url, int maxBytes, Deadline deadline) {
            try {
                HttpResponse<byte[]> response = http.send(
                        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
                return response.statusCode() / 100 == 2 ? Optional.of(response.body()) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failed("interrupted", e);
            }
        }
    }

    @SuppressWarnings("serial") // not sent about as a Java object
    private static final class Failed extends ToolkitException {
        Failed(String message, Exception cause) {
            super("Failed", Retry.BACK_OFF, message, cause);
        }
    }
}
