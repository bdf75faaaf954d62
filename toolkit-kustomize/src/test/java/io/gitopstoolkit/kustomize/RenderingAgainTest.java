package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderingAgainTest {
    private static final int TREES = 40;
    private static final int VERSIONS = 6;
    private static final int THREADS = 4;

    /** A renderer renders versions of a tree by turns, in several threads; another without memory says what is right. */
    @ParameterizedTest
    @ValueSource(longs = {1_000, 50_000, 64 << 20})
    void givesWhatARendererWithoutMemoryGives(long cacheBytes) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (long seed = 1; seed <= TREES; seed++) {
                List<Map<String, String>> versions = versions(seed);
                KustomizeRenderer plain =
                        KustomizeRenderer.builder("start").cacheBytes(0).build();
                List<String> expected = versions.stream()
                        .map(version -> outcome(plain, new Storage(version, false), true))
                        .toList();
                KustomizeRenderer renderer = KustomizeRenderer.builder("start")
                        .cacheBytes(cacheBytes)
                        .build();
                var renderings = new ArrayList<Callable<Void>>();
                for (int thread = 0; thread < THREADS; thread++) {
                    var random = new Random(seed * THREADS + thread);
                    renderings.add(() -> {
                        renderByTurns(renderer, versions, expected, random);
                        return null;
                    });
                }
                for (Future<Void> done : threads.invokeAll(renderings)) {
                    done.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void renderByTurns(
            KustomizeRenderer renderer, List<Map<String, String>> versions, List<String> expected, Random random) {
        for (int turn = 0; turn < 3 * VERSIONS; turn++) {
            int version = random.nextInt(VERSIONS);
            var storage = new Storage(versions.get(version), random.nextBoolean());
            assertThat(outcome(renderer, storage, random.nextBoolean()))
                    .as("turn %d, version %d: %s", turn, version, versions.get(version))
                    .isEqualTo(expected.get(version));
        }
    }

    private static List<Map<String, String>> versions(long seed) {
        var random = new Random(seed);
        Map<String, String> files = RandomKustomization.files(seed);
        Map<String, String> others = RandomKustomization.files(seed + 1_000);
        var versions = new ArrayList<Map<String, String>>();
        versions.add(files);
        while (versions.size() < VERSIONS) {
            var version = new TreeMap<>(versions.get(random.nextInt(versions.size())));
            String path = List.copyOf(version.keySet()).get(random.nextInt(version.size()));
            String content = version.getOrDefault(path, "");
            switch (random.nextInt(4)) {
                case 0 -> version.put(path, others.getOrDefault(path, content));
                case 1 -> version.put(path, content + "# changed\n");
                case 2 -> version.put(path, content.replace('1', '2'));
                default -> version.keySet().removeIf(file -> version.size() > 1 && file.equals(path));
            }
            versions.add(version);
        }
        return versions;
    }

    private static String outcome(KustomizeRenderer renderer, Storage storage, boolean asText) {
        try {
            return asText
                    ? renderer.renderYaml(FileTree.of(storage), deadline())
                    : ManifestYaml.write(renderer.render(artifact(storage), deadline()));
        } catch (KustomizeException e) {
            return e.reason() + ": " + e.getMessage();
        }
    }

    private static Artifact artifact(Storage storage) {
        // The digest is none of the content: a renderer that goes by it alone would mix the versions up.
        return new Artifact(Revision.parse("main"), Digest.sha256(new byte[0]), FileTree.of(storage), Map.of());
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    @Nested
    class OfATreeWithDigestsOfItsOwn {
        private final Map<String, String> files = new TreeMap<>(Map.of(
                "kustomization.yaml", "resources: [a.yaml, b.yaml]\nnamePrefix: x-\n",
                "a.yaml", configMap("a"),
                "b.yaml", configMap("b")));

        @Test
        void readsNothingWhereNothingChanged() {
            KustomizeRenderer renderer = KustomizeRenderer.at("");
            renderer.render(artifact(new Storage(files, true)), deadline());
            ManifestSet second = renderer.render(artifact(new Storage(files, true)), deadline());
            var storage = new Storage(files, true);
            ManifestSet third = renderer.render(artifact(storage), deadline());
            assertThat(storage.reads).hasValue(0);
            assertThat(third.manifests()).isSameAs(second.manifests());
        }

        @Test
        void readsTheChangedFileAlone() {
            KustomizeRenderer renderer = KustomizeRenderer.at("");
            renderer.render(artifact(new Storage(files, true)), deadline());
            renderer.render(artifact(new Storage(files, true)), deadline());
            files.put("b.yaml", configMap("c"));
            var storage = new Storage(files, true);
            ManifestSet changed = renderer.render(artifact(storage), deadline());
            assertThat(storage.reads).hasValue(1);
            assertThat(changed.manifests())
                    .extracting(manifest -> manifest.ref().name())
                    .containsExactly("x-a", "x-c");
        }

        @Test
        void readsAllWhereItIsToHoldNothing() {
            KustomizeRenderer renderer =
                    KustomizeRenderer.builder("").cacheBytes(0).build();
            renderer.render(artifact(new Storage(files, true)), deadline());
            var storage = new Storage(files, true);
            renderer.render(artifact(storage), deadline());
            assertThat(storage.reads).hasValue(3);
        }

        private static String configMap(String name) {
            return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n";
        }
    }

    @Test
    void rendersAnewWhatARemoteLoaderTookPartIn() {
        var loads = new AtomicInteger();
        KustomizeRenderer renderer = KustomizeRenderer.builder("")
                .remoteLoader(new CountingLoader(loads))
                .build();
        var files = new Storage(Map.of("kustomization.yaml", "resources: ['https://example.org/a.yaml']\n"), false);
        assertThat(renderer.renderYaml(FileTree.of(files), deadline())).contains("name: n1");
        assertThat(renderer.renderYaml(FileTree.of(files), deadline())).contains("name: n2");
    }

    @Test
    void rendersAnewWhatAHelmRendererTookPartIn() {
        var charts = new AtomicInteger();
        KustomizeRenderer renderer = KustomizeRenderer.builder("")
                .helmRenderer((chart, deadline) -> namedConfigMap(charts.incrementAndGet()))
                .build();
        var files = new Storage(
                Map.of(
                        "kustomization.yaml",
                        "helmCharts: [{name: web, releaseName: web}]\n",
                        "charts/web/Chart.yaml",
                        "name: web\n",
                        "charts/web/values.yaml",
                        "{}\n"),
                false);
        assertThat(renderer.renderYaml(FileTree.of(files), deadline())).contains("name: n1");
        assertThat(renderer.renderYaml(FileTree.of(files), deadline())).contains("name: n2");
    }

    @Test
    void rendersAnewWhatAFunctionTookPartIn() {
        var runs = new AtomicInteger();
        KustomizeRenderer renderer = KustomizeRenderer.builder("")
                .functionRunner((function, resources, deadline) -> "kind: ResourceList\nitems:\n- "
                        + namedConfigMap(runs.incrementAndGet()).replace("\n", "\n  "))
                .build();
        String generator = """
                apiVersion: example.org/v1
                kind: Generator
                metadata:
                  name: generator
                  annotations:
                    config.kubernetes.io/function: |
                      container: {image: example.org/generator}
                """;
        var files = new Storage(
                Map.of("kustomization.yaml", "generators: [generator.yaml]\n", "generator.yaml", generator), false);
        assertThat(renderer.renderYaml(FileTree.of(files), deadline())).contains("name: n1");
        assertThat(renderer.renderYaml(FileTree.of(files), deadline())).contains("name: n2");
    }

    private static String namedConfigMap(int number) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: n" + number + "}\n";
    }

    @Test
    void refusesANegativeBound() {
        assertThatThrownBy(() -> KustomizeRenderer.builder("").cacheBytes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cacheBytes");
    }

    private record CountingLoader(AtomicInteger loads) implements RemoteLoader {
        @Override
        public FileTree repository(Repository repository, Deadline deadline) {
            throw new AssertionError("no repository is asked for");
        }

        @Override
        public Optional<byte[]> file(String url, int maxBytes, Deadline deadline) {
            return Optional.of(namedConfigMap(loads.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Files in memory, with digests like Git's or without, that counts how many are read. */
    private static final class Storage implements FileTree.Storage {
        final AtomicInteger reads = new AtomicInteger();
        private final Map<String, String> files;
        private final boolean hasIds;

        Storage(Map<String, String> files, boolean hasIds) {
            this.files = files;
            this.hasIds = hasIds;
        }

        @Override
        public Optional<FileTree.Kind> kind(String path) {
            if (files.containsKey(path)) {
                return Optional.of(FileTree.Kind.FILE);
            }
            boolean isDirectory =
                    path.isEmpty() || files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
            return isDirectory ? Optional.of(FileTree.Kind.DIRECTORY) : Optional.empty();
        }

        @Override
        public List<FileTree.Entry> list(String directory) {
            throw new AssertionError("nothing lists directories");
        }

        @Override
        public byte[] read(String path) {
            reads.incrementAndGet();
            return bytes(path);
        }

        @Override
        public long size(String path) {
            return bytes(path).length;
        }

        @Override
        public Digest digest(String path) {
            Digest digest = Digest.sha256(bytes(path));
            return hasIds ? new Digest("gitblob-sha256", digest.hex()) : digest;
        }

        private byte[] bytes(String path) {
            String text = files.get(path);
            assertThat(text).as(path).isNotNull();
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
