package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_NOT_FOUND;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.kustomize.KustomizeOverrides.Image;
import io.gitopstoolkit.kustomize.KustomizeOverrides.Target;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizeOverridesTest {
    private static final String POD =
            "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: c, image: 'nginx:1'}]}}";

    /** Each line: files, the directory, the spec of a Flux Kustomization, and what Flux's library makes of them. */
    static List<String> recorded() throws IOException {
        try (InputStream in = KustomizeOverridesTest.class.getResourceAsStream("overrides.jsonl")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void giveWhatFluxGives(String line) {
        List<?> row = (List<?>) Objects.requireNonNull(
                Objects.requireNonNull(new YamlReader(YamlLimits.DEFAULT).readOne(line, "line", Dialect.RESOURCE))
                        .toPlain());
        var files = new HashMap<String, String>();
        map(row.get(0)).forEach((path, content) -> files.put((String) path, (String) content));
        KustomizeRenderer renderer = KustomizeRenderer.builder((String) Objects.requireNonNull(row.get(1)))
                .loadRestriction(LoadRestriction.NONE)
                .keepOrder()
                .generateKustomization()
                .overrides(overrides(map(row.get(2))))
                .build();

        if ("ok".equals(row.get(3))) {
            assertThat(render(renderer, FileTree.ofText(files))).isEqualTo(row.get(4));
        } else {
            assertThatThrownBy(() -> render(renderer, FileTree.ofText(files))).isInstanceOf(KustomizeException.class);
        }
    }

    @Nested
    class OverAFile {
        @Test
        void replaceNamespaceAndAffixes() {
            KustomizeOverrides overrides = KustomizeOverrides.builder()
                    .targetNamespace("apps")
                    .namePrefix("")
                    .nameSuffix("-blue")
                    .build();

            assertThat(overridden("{resources: [pod.yaml], namespace: old, namePrefix: old-}", overrides))
                    .contains("  name: web-blue\n  namespace: apps\n");
        }

        @Test
        void mergeAnImageOfTheSameName() {
            KustomizeOverrides overrides = KustomizeOverrides.builder()
                    .image(new Image("nginx", "", "", "sha256:2"))
                    .build();

            assertThat(overridden(
                            "{resources: [pod.yaml], images: [{name: nginx, newName: mirror/nginx, newTag: '5'}]}",
                            overrides))
                    .contains("image: mirror/nginx@sha256:2\n");
        }

        @Test
        void patchAfterThePatchesOfTheFile() {
            KustomizeOverrides overrides = KustomizeOverrides.builder()
                    .patch("- {op: replace, path: /metadata/labels/x, value: ours}", Target.of("Pod", "w.b"))
                    .patch("{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {y: ours}}}")
                    .build();

            assertThat(overridden(
                            "{resources: [pod.yaml], patches: [{patch: '{apiVersion: v1, kind: Pod, metadata:"
                                    + " {name: web, labels: {x: file}}}'}]}",
                            overrides))
                    .contains("  labels:\n    x: ours\n    \"y\": ours\n");
        }

        @Test
        void addComponentsAndPassOverMissingOnesWhenTold() {
            KustomizeOverrides.Builder overrides =
                    KustomizeOverrides.builder().component("component").component("../../out/of/the/tree");

            assertThatThrownBy(() -> overridden("resources: [pod.yaml]", overrides.build()))
                    .isInstanceOf(KustomizeException.class);
            assertThat(overridden(
                            "resources: [pod.yaml]",
                            overrides.ignoreMissingComponents().build()))
                    .contains("by: component");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"https://example.org/org/repo", "/etc", "git@example.org:a/b", "FILE:///x", "github.com/a/b"
                })
        void refuseComponentsThatAreNotLocal(String path) {
            KustomizeOverrides overrides =
                    KustomizeOverrides.builder().component(path).build();

            assertThatThrownBy(() -> overridden("resources: [pod.yaml]", overrides))
                    .isInstanceOfSatisfying(
                            KustomizeException.class, e -> assertThat(e.why()).isEqualTo(INVALID_KUSTOMIZATION))
                    .hasMessage("kustomization.yaml: component path '" + path + "' must be local and relative");
        }

        @Test
        void passOverFieldsThatNobodyKnows() {
            assertThat(overridden("{resources: [pod.yaml], fooBar: 1}", KustomizeOverrides.NONE))
                    .contains("name: web");
        }

        @Test
        void noteOriginsWhereTheFileHasNoResources() {
            assertThat(overridden("configMapGenerator: [{name: g}]", KustomizeOverrides.NONE))
                    .contains("configuredBy:");
        }
    }

    @Nested
    class WithoutAFile {
        @TempDir
        Path root;

        @Test
        void buildsAllManifestsInOrder() {
            FileTree files = FileTree.ofText(Map.of(
                    "app/b.yaml", pod("b"),
                    "app/a/z.yml", pod("a-z"),
                    "app/a/notes.txt", "a: b: c",
                    "app/a.yaml", pod("a"),
                    "app/k/kustomization.yml", "{resources: [x.yaml], namePrefix: k-}",
                    "app/k/x.yaml", pod("x"),
                    "app/k/not-named.yaml", "a: b: c",
                    "app/.hidden/h.yaml", pod("h"),
                    "app/upper.YAML", "a: b: c"));

            assertThat(names(generated("app", files))).containsExactly("h", "a-z", "a", "b", "k-x");
        }

        @Test
        void buildsNothingOfNothing() {
            assertThat(generated("app", FileTree.ofText(Map.of("app/readme.md", ""))))
                    .isEmpty();
        }

        @Test
        void refusesFilesThatHoldNoManifests() {
            assertThatThrownBy(() -> generated("", FileTree.ofText(Map.of("values.yaml", "replicas: 3"))))
                    .isInstanceOfSatisfying(
                            KustomizeException.class, e -> assertThat(e.why()).isEqualTo(INVALID_RESOURCE))
                    .hasMessageContaining("values.yaml");
        }

        @Test
        void isRefusedUnlessGenerationIsAskedFor() {
            FileTree files = FileTree.ofText(Map.of("a.yaml", POD));

            assertThatThrownBy(() -> render(KustomizeRenderer.at(""), files))
                    .isInstanceOfSatisfying(
                            KustomizeException.class, e -> assertThat(e.why()).isEqualTo(FILE_NOT_FOUND));
            assertThatThrownBy(() -> render(
                            KustomizeRenderer.builder("")
                                    .overrides(KustomizeOverrides.NONE)
                                    .build(),
                            files))
                    .isInstanceOf(KustomizeException.class);
        }

        @Test
        void passesByLinkedDirectories() throws IOException {
            Files.writeString(Files.createDirectory(root.resolve("a")).resolve("pod.yaml"), POD);
            Files.createSymbolicLink(root.resolve("a/loop"), root);
            Files.createSymbolicLink(root.resolve("b"), root.resolve("a"));

            assertThat(names(generated("", FileTree.directory(root)))).containsExactly("web");
        }

        @Test
        void refusesALinkThatLeavesTheArtifact() throws IOException {
            Path inside = Files.createDirectory(root.resolve("inside"));
            Files.writeString(root.resolve("secret.yaml"), POD);
            Files.createSymbolicLink(inside.resolve("a.yaml"), root.resolve("secret.yaml"));

            assertThatThrownBy(() -> generated("", FileTree.directory(inside))).isInstanceOf(KustomizeException.class);
        }

        @Test
        void takesOverridesAsWell() {
            KustomizeRenderer renderer = KustomizeRenderer.builder("")
                    .generateKustomization()
                    .overrides(KustomizeOverrides.builder()
                            .targetNamespace("apps")
                            .image(Image.withTag("nginx", "2"))
                            .build())
                    .build();

            assertThat(render(renderer, FileTree.ofText(Map.of("a.yaml", POD))))
                    .contains("namespace: apps", "image: nginx:2");
        }

        private static String generated(String path, FileTree files) {
            return render(
                    KustomizeRenderer.builder(path)
                            .keepOrder()
                            .generateKustomization()
                            .build(),
                    files);
        }

        private static String pod(String name) {
            return POD.replace("web", name);
        }

        private static List<String> names(String yaml) {
            return ManifestYaml.parse(yaml, "rendered").stream()
                    .map(manifest -> manifest.ref().name())
                    .toList();
        }
    }

    private static String overridden(String kustomization, KustomizeOverrides overrides) {
        FileTree files = FileTree.ofText(Map.of(
                "kustomization.yaml", kustomization,
                "pod.yaml", POD,
                "component/kustomization.yaml", "{kind: Component, commonAnnotations: {by: component}}"));
        return render(KustomizeRenderer.builder("").overrides(overrides).build(), files);
    }

    private static String render(KustomizeRenderer renderer, FileTree files) {
        Artifact artifact = Artifact.of(Revision.parse("main"), files);
        return ManifestYaml.write(renderer.render(artifact, Deadline.after(Duration.ofSeconds(20))));
    }

    private static KustomizeOverrides overrides(Map<?, ?> spec) {
        KustomizeOverrides.Builder overrides = KustomizeOverrides.builder();
        if (spec.containsKey("targetNamespace")) {
            overrides.targetNamespace(text(spec, "targetNamespace"));
        }
        if (spec.containsKey("namePrefix")) {
            overrides.namePrefix(text(spec, "namePrefix"));
        }
        if (spec.containsKey("nameSuffix")) {
            overrides.nameSuffix(text(spec, "nameSuffix"));
        }
        for (Object patch : list(spec, "patches")) {
            if (map(patch).get("target") instanceof Map<?, ?> target) {
                overrides.patch(text(map(patch), "patch"), target(target));
            } else {
                overrides.patch(text(map(patch), "patch"));
            }
        }
        for (Object image : list(spec, "images")) {
            overrides.image(new Image(
                    text(map(image), "name"),
                    text(map(image), "newName"),
                    text(map(image), "newTag"),
                    text(map(image), "digest")));
        }
        list(spec, "components").forEach(component -> overrides.component((String) component));
        list(spec, "buildMetadata").forEach(option -> overrides.buildMetadata((String) option));
        return Boolean.TRUE.equals(spec.get("ignoreMissingComponents"))
                ? overrides.ignoreMissingComponents().build()
                : overrides.build();
    }

    private static Target target(Map<?, ?> target) {
        return new Target(
                text(target, "group"),
                text(target, "version"),
                text(target, "kind"),
                text(target, "name"),
                text(target, "namespace"),
                text(target, "labelSelector"),
                text(target, "annotationSelector"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(Map<?, ?> map, String key) {
        return map.get(key) instanceof List<?> list ? list : List.of();
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }
}
