package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.CYCLE;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_NOT_FOUND;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_OUTSIDE_ROOT;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_RESOURCE;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.LIMIT_EXCEEDED;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizeRendererTest {
    private static final String CONFIG_MAP = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}";

    @Test
    void rendersAloneFromFilesInMemory() {
        FileTree files = FileTree.ofText(Map.of(
                "production/kustomization.yaml", "{resources: [../base], namePrefix: prod-}",
                "base/kustomization.yaml", "resources: [settings.yaml]",
                "base/settings.yaml", CONFIG_MAP));
        Artifact artifact = Artifact.of(Revision.parse("main"), files);

        ManifestSet rendered =
                KustomizeRenderer.at("production").render(artifact, Deadline.after(Duration.ofSeconds(10)));

        assertThat(rendered.revision()).isEqualTo(Revision.parse("main"));
        assertThat(ManifestYaml.write(rendered))
                .isEqualTo("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: prod-settings\n");
    }

    @Test
    void rendersTheSameTwice() {
        Map<String, String> files =
                Map.of("kustomization.yaml", "{resources: [a.yaml], commonLabels: {a: b}}", "a.yaml", CONFIG_MAP);
        KustomizeRenderer renderer = KustomizeRenderer.at("");

        assertThat(render(renderer, files)).isEqualTo(render(renderer, files));
    }

    @Test
    void tellsDeprecatedFieldsOncePerFile() {
        ManifestSet rendered = render(
                KustomizeRenderer.at("over"),
                Map.of(
                        "over/kustomization.yaml",
                        "{bases: [a, b], commonLabels: {x: z}}",
                        "over/a/kustomization.yaml",
                        "{resources: [../../base], namePrefix: a-}",
                        "over/b/kustomization.yaml",
                        "{resources: [../../base], namePrefix: b-}",
                        "base/kustomization.yaml",
                        "{imageTags: [], configMapGenerator: [{name: c}]}"));

        assertThat(rendered.warnings())
                .containsExactly(
                        "over/kustomization.yaml: 'bases' is deprecated. Please use 'resources' instead.",
                        "over/kustomization.yaml: 'commonLabels' is deprecated. Please use 'labels' instead.",
                        "base/kustomization.yaml: 'imageTags' is deprecated. Please use 'images' instead.");
    }

    @Test
    void keepsTheOrderOfTheFilesWhereAsked() {
        Map<String, String> files = Map.of("kustomization.yaml", "resources: [a.yaml]", "a.yaml", """
                {apiVersion: v1, kind: Service, metadata: {name: s}}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: n}}
                """);

        assertThat(kinds(render(KustomizeRenderer.at(""), files))).containsExactly("Namespace", "Service");
        assertThat(kinds(render(KustomizeRenderer.builder("").keepOrder().build(), files)))
                .containsExactly("Service", "Namespace");
    }

    @Test
    void labelsWhatItManagesWhereAsked() {
        ManifestSet rendered = render(
                KustomizeRenderer.builder("").addManagedByLabel().build(),
                Map.of("kustomization.yaml", "resources: [a.yaml]", "a.yaml", CONFIG_MAP));

        assertThat(rendered.manifests().get(0).labels())
                .containsEntry("app.kubernetes.io/managed-by", "kustomize-v5.8.1");
    }

    @Test
    void takesFilesFromElsewhereInTheArtifactWhereAllowed() {
        Map<String, String> files =
                Map.of("over/kustomization.yaml", "resources: [../shared.yaml]", "shared.yaml", CONFIG_MAP);

        refused(KustomizeRenderer.at("over"), files, FILE_OUTSIDE_ROOT)
                .hasMessageStartingWith("over/kustomization.yaml: resources[0]: security; file 'shared.yaml'");
        assertThat(render(
                                KustomizeRenderer.builder("over")
                                        .loadRestriction(LoadRestriction.NONE)
                                        .build(),
                                files)
                        .manifests())
                .hasSize(1);
    }

    @Nested
    class Refuses {
        @Test
        void whatLeavesTheArtifact() {
            var files = Map.of("over/kustomization.yaml", "resources: [../../etc/passwd]");

            refused(
                            KustomizeRenderer.builder("over")
                                    .loadRestriction(LoadRestriction.NONE)
                                    .build(),
                            files,
                            FILE_OUTSIDE_ROOT)
                    .hasMessageContaining("over/kustomization.yaml: resources[0]")
                    .hasMessageContaining("leads out of the artifact");
        }

        @Test
        void absolutePaths() {
            refusedAtRoot(Map.of("kustomization.yaml", "configMapGenerator: [{name: a, files: [/etc/passwd]}]"))
                    .hasMessageStartingWith("kustomization.yaml: configMapGenerator[0]: '/etc/passwd' is absolute");
        }

        @Test
        void linksOutOfTheRoot(@TempDir Path root) throws Exception {
            Files.createDirectory(root.resolve("app"));
            Files.writeString(root.resolve("secret.txt"), "planted");
            Files.writeString(
                    root.resolve("app/kustomization.yaml"), "configMapGenerator: [{name: a, files: [link.txt]}]");
            Files.createSymbolicLink(root.resolve("app/link.txt"), Path.of("../secret.txt"));

            Cases.Outcome outcome = Cases.Outcome.of(KustomizeRenderer.at("app"), root);

            assertThat(outcome.error())
                    .startsWith("FileOutsideRoot: app/kustomization.yaml: configMapGenerator[0]")
                    .doesNotContain("planted");
        }

        @Test
        void linksOutOfTheArtifact(@TempDir Path root) throws Exception {
            Files.writeString(root.resolve("kustomization.yaml"), "resources: [link.yaml]");
            Files.createSymbolicLink(root.resolve("link.yaml"), Path.of("../outside.yaml"));

            assertThat(Cases.Outcome.of(KustomizeRenderer.at(""), root).error())
                    .startsWith("FileOutsideRoot: kustomization.yaml: resources[0]: 'link.yaml' leads out of the tree");
        }

        @Test
        void missingPathInTheArtifact() {
            refused(KustomizeRenderer.at("none"), Map.of("kustomization.yaml", "resources: []"), FILE_NOT_FOUND)
                    .hasMessageContaining("'none' does not exist");
        }

        @Test
        void directoryWithoutKustomizationFile() {
            refused(KustomizeRenderer.at("app"), Map.of("app/a.yaml", CONFIG_MAP), FILE_NOT_FOUND)
                    .hasMessageContaining("unable to find one of 'kustomization.yaml'")
                    .hasMessageContaining("'app'");
        }

        @Test
        void missingFileByTheFieldThatNamesIt() {
            refusedAtRoot(Map.of("kustomization.yaml", "resources: [a.yaml, b.yaml]", "a.yaml", CONFIG_MAP))
                    .hasMessage("kustomization.yaml: resources[1]: 'b.yaml' does not exist, there is no 'b.yaml'");
        }

        @Test
        void cycles() {
            refused(
                            KustomizeRenderer.at("a"),
                            Map.of(
                                    "a/kustomization.yaml",
                                    "resources: [../b]",
                                    "b/kustomization.yaml",
                                    "resources: [../a]"),
                            CYCLE)
                    .hasMessage("b/kustomization.yaml: resources[0]: cycle detected: candidate root 'a' contains"
                            + " visited root 'a'");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "helmCharts: [{name: a}]",
                    "helmChartInflationGenerator: [{chartName: a}]",
                    "resources: ['https://example.org/a.yaml']",
                    "resources: ['github.com/org/repo//path?ref=main']",
                    "resources: ['git@example.org:org/repo.git']",
                    "components: ['ssh://git@example.org/org/repo']"
                })
        void whatIsNotSupportedByTheNameOfTheField(String field) {
            refused(KustomizeRenderer.at(""), Map.of("kustomization.yaml", field), NOT_SUPPORTED)
                    .hasMessageStartingWith("kustomization.yaml: " + field.substring(0, field.indexOf(':')))
                    .hasMessageContaining("not supported");
        }

        @Test
        void objectsThatAreNone() {
            refused(
                            KustomizeRenderer.at(""),
                            Map.of(
                                    "kustomization.yaml",
                                    "resources: [a.yaml]",
                                    "a.yaml",
                                    "{apiVersion: v1, kind: A, metadata: {name: 12}}"),
                            INVALID_RESOURCE)
                    .hasMessageContaining("metadata.name");
        }

        @Test
        void toGoOnAfterTheDeadline() {
            var files = FileTree.ofText(Map.of("kustomization.yaml", "resources: []"));
            var artifact = Artifact.of(Revision.parse("main"), files);

            assertThatThrownBy(() -> KustomizeRenderer.at("").render(artifact, Deadline.after(Duration.ZERO)))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("read kustomization.yaml");
        }

        private AbstractThrowableAssert<?, ? extends Throwable> refusedAtRoot(Map<String, String> files) {
            return assertThatThrownBy(() -> render(KustomizeRenderer.at(""), files))
                    .isInstanceOf(KustomizeException.class)
                    .satisfies(e -> assertThat(((KustomizeException) e).retry()).isEqualTo(Retry.NEVER));
        }
    }

    @Nested
    class Limits {
        @Test
        void filesAreCounted() {
            var files = Map.of("kustomization.yaml", "resources: [a.yaml]", "a.yaml", CONFIG_MAP);

            assertThat(render(KustomizeRenderer.builder("").maxFiles(2).build(), files)
                            .manifests())
                    .hasSize(1);
            refused(KustomizeRenderer.builder("").maxFiles(1).build(), files, LIMIT_EXCEEDED)
                    .hasMessage("kustomization.yaml: resources[0]: more than 1 files, the limit of the renderer");
        }

        @Test
        void filesAreMeasured() {
            var files = Map.of("kustomization.yaml", "resources: [a.yaml]", "a.yaml", CONFIG_MAP);

            refused(KustomizeRenderer.builder("").maxFileBytes(50).build(), files, LIMIT_EXCEEDED)
                    .hasMessageContaining("'a.yaml' has 61 bytes, the limit of the renderer is 50");
        }

        @Test
        void resourcesAreCounted() {
            var files = Map.of("kustomization.yaml", "configMapGenerator: [{name: a}, {name: b}]");

            refused(KustomizeRenderer.builder("").maxResources(1).build(), files, LIMIT_EXCEEDED)
                    .hasMessageStartingWith("kustomization.yaml: configMapGenerator[1]: more than 1 resources");
        }

        @Test
        void nestingIsBounded() {
            Map<String, String> files = IntStream.range(0, 5)
                    .boxed()
                    .collect(Collectors.toMap(i -> i + "/kustomization.yaml", i -> "resources: [../" + (i + 1) + "]"));
            files.put("5/kustomization.yaml", "resources: []");

            assertThat(render(KustomizeRenderer.builder("0").maxDepth(6).build(), files)
                            .manifests())
                    .isEmpty();
            refused(KustomizeRenderer.builder("0").maxDepth(5).build(), files, LIMIT_EXCEEDED)
                    .hasMessageStartingWith("4/kustomization.yaml: resources[0]: more than 5 kustomizations");
        }

        @Test
        void aliasesThatExplodeAreRefused() {
            var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 12; i++) {
                text.append("a").append(i).append(": &a").append(i).append(" [");
                text.append(("*a" + (i - 1) + ", ").repeat(9))
                        .append("*a")
                        .append(i - 1)
                        .append("]\n");
            }

            refused(
                    KustomizeRenderer.at(""),
                    Map.of("kustomization.yaml", "resources: [bomb.yaml]", "bomb.yaml", text.toString()),
                    LIMIT_EXCEEDED);
        }

        @Test
        void arePositive() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KustomizeRenderer.builder("").maxFiles(0));
        }
    }

    @Test
    void growsWithTheNumberOfObjects() {
        render(KustomizeRenderer.at("over"), many(250));
        long small = time(many(250));
        long large = time(many(1_000));

        assertThat(large)
                .as("nanoseconds for 1,000 objects, against %s for 250", small)
                .isLessThan(Math.max(small * 16, Duration.ofSeconds(2).toNanos()));
    }

    private static long time(Map<String, String> files) {
        long start = System.nanoTime();
        render(KustomizeRenderer.at("over"), files);
        return System.nanoTime() - start;
    }

    /** Objects that refer to each other, under a prefix, labels, a namespace, images and patches. */
    private static Map<String, String> many(int count) {
        var files = new HashMap<String, String>();
        var names = new StringBuilder();
        for (int i = 0; i < count / 2; i++) {
            names.append("- ").append(i).append(".yaml\n");
            files.put("base/" + i + ".yaml", """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: c%1$d}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: d%1$d}
                    spec:
                      template:
                        spec:
                          containers: [{name: a, image: nginx, envFrom: [{configMapRef: {name: c%1$d}}]}]
                    """.formatted(i));
        }
        files.put("base/kustomization.yaml", "resources:\n" + names);
        files.put("over/kustomization.yaml", """
                resources: [../base]
                namespace: shop
                namePrefix: p-
                labels: [{pairs: {a: b}, includeSelectors: true}]
                images: [{name: nginx, newTag: "1"}]
                patches:
                - target: {kind: Deployment, name: "d1.*"}
                  patch: |
                    - {op: add, path: /spec/replicas, value: 2}
                - patch: |
                    {apiVersion: apps/v1, kind: Deployment, metadata: {name: d2}, spec: {replicas: 3}}
                """);
        return files;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(
            KustomizeRenderer renderer, Map<String, String> files, KustomizeException.Reason why) {
        return assertThatThrownBy(() -> render(renderer, files))
                .isInstanceOf(KustomizeException.class)
                .satisfies(e -> assertThat(((KustomizeException) e).why())
                        .as(e.getMessage())
                        .isEqualTo(why));
    }

    private static ManifestSet render(KustomizeRenderer renderer, Map<String, String> files) {
        var artifact = Artifact.of(Revision.parse("main"), FileTree.ofText(files));
        return renderer.render(artifact, Deadline.after(Duration.ofMinutes(1)));
    }

    private static List<String> kinds(ManifestSet set) {
        return set.manifests().stream().map(Manifest::kind).toList();
    }
}
