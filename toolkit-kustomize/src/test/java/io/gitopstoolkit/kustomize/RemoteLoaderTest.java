package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.CYCLE;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_NOT_FOUND;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_OUTSIDE_ROOT;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_YAML;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.LIMIT_EXCEEDED;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.NOT_SUPPORTED;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.REMOTE_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.api.ToolkitException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteLoaderTest {
    private static final String SETTINGS = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}";
    private static final String BASE = "https://example.org/org/repo";

    private final MemoryLoader loader = new MemoryLoader();

    @Nested
    class Repositories {
        @Test
        void areBases() {
            loader.repository(BASE, Map.of("a/kustomization.yaml", "resources: [s.yaml]", "a/s.yaml", SETTINGS));

            assertThat(render("resources: [\"" + BASE + "//a?ref=v1\"]\nnamePrefix: my-"))
                    .isEqualTo("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: my-settings\n");
            assertThat(loader.asked).containsExactly(BASE + "//a?ref=v1", BASE + "?ref=v1 true");
        }

        @Test
        void areComponents() {
            loader.repository(
                    BASE, Map.of("c/kustomization.yaml", "{kind: Component, commonAnnotations: {by: component}}"));

            assertThat(render("{resources: [s.yaml], components: [\"git::" + BASE + ".git//c?submodules=false\"]}"))
                    .contains("by: component");
            assertThat(loader.asked).containsExactly(BASE + ".git false");
        }

        @Test
        void areLoadedOnceForOneRef() {
            loader.repository(
                    "git@example.org:org/repo",
                    Map.of(
                            "a/kustomization.yaml", "{resources: [../s], namePrefix: a-}",
                            "b/kustomization.yaml", "{resources: [../s], namePrefix: b-}",
                            "s/kustomization.yaml", "resources: [s.yaml]",
                            "s/s.yaml", SETTINGS));

            render("resources: [\"git@example.org:org/repo//a\", \"git@example.org:org/repo//b\"]");

            assertThat(loader.asked).containsExactly("git@example.org:org/repo true");
        }

        @Test
        void areBoundByTheTimeoutOfTheAddress() {
            loader.repository("ssh://git@example.org/org/repo", Map.of("kustomization.yaml", "namePrefix: a"));

            render("resources: [\"ssh://git@example.org/org/repo?timeout=2\"]");

            assertThat(loader.remaining).isLessThanOrEqualTo(Duration.ofSeconds(2));
        }

        @Test
        void nameFurtherOnes() {
            loader.repository(BASE, Map.of("kustomization.yaml", "resources: [\"git@example.org:org/inner\"]"));
            loader.repository(
                    "git@example.org:org/inner",
                    Map.of("kustomization.yaml", "resources: [s.yaml]", "s.yaml", SETTINGS));

            assertThat(render("resources: [\"" + BASE + "\"]")).contains("name: settings");
        }

        @Test
        void areNotedAsTheOrigin() {
            loader.repository(
                    BASE,
                    Map.of(
                            "a/kustomization.yaml",
                            "{resources: [../b, s.yaml], configMapGenerator: [{name: g}]}",
                            "a/s.yaml",
                            SETTINGS,
                            "b/kustomization.yaml",
                            "resources: [t.yaml]",
                            "b/t.yaml",
                            SETTINGS.replace("settings", "other")));

            String rendered = render("{resources: [\"" + BASE + "//a?ref=v1\"], buildMetadata: [originAnnotations]}");

            assertThat(rendered)
                    .contains("      path: a/s.yaml\n      repo: " + BASE + "\n      ref: v1\n")
                    .contains("      path: b/t.yaml\n      repo: " + BASE + "\n      ref: v1\n")
                    .contains("      repo: " + BASE + "\n      ref: v1\n      configuredIn: a/kustomization.yaml\n");
        }
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "resources: [\"https://example.org/a.yaml\"]",
                    "resources: [\"github.com/org/repo\"]",
                    "components: [\"git@example.org:org/repo\"]",
                    "{resources: [s.yaml], patches: [{path: \"https://example.org/a.yaml\"}]}",
                    "configMapGenerator: [{name: a, files: [\"https://example.org/a.yaml\"]}]"
                })
        void addressesWithoutALoader(String kustomization) {
            assertThatThrownBy(() -> render(KustomizeRenderer.at(""), kustomization))
                    .isInstanceOfSatisfying(
                            KustomizeException.class, e -> assertThat(e.why()).isEqualTo(NOT_SUPPORTED))
                    .hasMessageContaining("is remote, which is not supported without a loader");
        }

        @Test
        void toLeaveTheRepository() {
            loader.repository(BASE, Map.of("a/kustomization.yaml", "resources: [../../mine]"));

            refused(FILE_OUTSIDE_ROOT, "resources: [\"" + BASE + "//a\"]")
                    .hasMessageContaining("leads out of the repository");
        }

        @Test
        void filesBesideTheDirectoryEvenWhereTheArtifactMayNameThem() {
            loader.repository(BASE, Map.of("a/kustomization.yaml", "resources: [../s.yaml]", "s.yaml", SETTINGS));
            KustomizeRenderer lax = KustomizeRenderer.builder("")
                    .remoteLoader(loader)
                    .loadRestriction(LoadRestriction.NONE)
                    .build();

            assertThatThrownBy(() -> render(lax, "resources: [\"" + BASE + "//a\"]"))
                    .isInstanceOfSatisfying(
                            KustomizeException.class, e -> assertThat(e.why()).isEqualTo(FILE_OUTSIDE_ROOT));
        }

        @Test
        void aRepositoryThatNamesItself() {
            loader.repository(BASE, Map.of("kustomization.yaml", "resources: [\"" + BASE + "\"]"));

            refused(CYCLE, "resources: [\"" + BASE + "?ref=v1\"]").hasMessageContaining("cycle detected");
        }

        @Test
        void repositoriesThatNameEachOther() {
            loader.repository(BASE, Map.of("kustomization.yaml", "resources: [\"git@example.org:org/other\"]"));
            loader.repository(
                    "git@example.org:org/other", Map.of("kustomization.yaml", "resources: [\"" + BASE + "//.\"]"));

            refused(CYCLE, "resources: [\"" + BASE + "\"]");
        }

        @Test
        void aDirectoryThatTheRepositoryDoesNotHave() {
            loader.repository(BASE, Map.of("kustomization.yaml", "resources: []"));

            refused(FILE_NOT_FOUND, "resources: [\"" + BASE + "//none\"]")
                    .hasMessageContaining("'none' does not exist");
        }

        @Test
        void whatCannotBeLoadedWithTheRetryOfTheLoader() {
            assertThatThrownBy(
                            () -> render("components: [\"https://me:hunter2@example.org/org/repo?ref=v1&x=hunter2\"]"))
                    .isInstanceOfSatisfying(KustomizeException.class, e -> {
                        assertThat(e.why()).isEqualTo(REMOTE_FAILED);
                        assertThat(e.retry()).isEqualTo(Retry.BACK_OFF);
                        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
                    })
                    .hasMessage("kustomization.yaml: components[0]: cannot load"
                            + " 'https://example.org/org/repo?ref=v1': no such repository");
        }
    }

    @Nested
    class Files {
        @Test
        void areResources() {
            loader.file("https://example.org/a.yaml", SETTINGS);

            assertThat(render("resources: [\"https://example.org/a.yaml\"]")).contains("name: settings");
        }

        @Test
        void areTriedBeforeARepositoryOfTheSameAddress() {
            loader.file("https://example.org/x/main/a.yaml", SETTINGS);

            assertThat(render("resources: [\"https://example.org/x/main/a.yaml\"]"))
                    .contains("name: settings");
            assertThat(loader.asked).containsExactly("https://example.org/x/main/a.yaml");
        }

        @Test
        void thatAreNoResourcesGiveWayToTheRepository() {
            loader.file(BASE, "<!DOCTYPE html><html>a: b: c</html>");
            loader.repository(BASE, Map.of("kustomization.yaml", "resources: [s.yaml]", "s.yaml", SETTINGS));

            assertThat(render("resources: [\"" + BASE + "\"]")).contains("name: settings");
        }

        @Test
        void areNamedByWhateverNamesAFile() {
            loader.file("https://example.org/patch.yaml", "- {op: add, path: /data, value: {k: v}}");
            loader.file("https://example.org/data.txt", "text");

            String kustomization = """
                    resources: [s.yaml]
                    patches: [{path: "https://example.org/patch.yaml", target: {kind: ConfigMap, name: settings}}]
                    configMapGenerator: [{name: g, files: ["https://example.org/data.txt"]}]
                    """;

            assertThat(render(kustomization)).contains("data:\n  k: v\n").contains("data:\n  data.txt: text\n");
        }

        @Test
        void areLoadedOnce() {
            loader.file("https://example.org/data.txt", "text");

            render("configMapGenerator: [{name: g, files: [\"https://example.org/data.txt\"]},"
                    + " {name: h, files: [\"https://example.org/data.txt\"]}]");

            assertThat(loader.asked).containsExactly("https://example.org/data.txt");
        }

        @Test
        void thatTheServerDoesNotHaveAreRefused() {
            refused(REMOTE_FAILED, "resources: [\"https://me:hunter2@example.org/a.yaml?token=hunter2\"]")
                    .hasMessageContaining("HTTP Error: the server has no 'https://example.org/a.yaml'")
                    .hasMessageNotContaining("hunter2");
        }

        @Test
        void thatAreNotYamlAreRefusedAsSuchWhereThereIsNoRepositoryEither() {
            loader.file("https://example.org/org/repo/a.yaml", "a: b: c");

            refused(INVALID_YAML, "resources: [\"https://example.org/org/repo/a.yaml\"]");
        }

        @Test
        void beyondTheLimitAreRefused() {
            loader.file("https://example.org/a.yaml", SETTINGS);
            KustomizeRenderer small = KustomizeRenderer.builder("")
                    .remoteLoader(loader)
                    .maxFileBytes(50)
                    .build();

            assertThatThrownBy(() -> render(small, "resources: [\"https://example.org/a.yaml\"]"))
                    .isInstanceOfSatisfying(
                            KustomizeException.class, e -> assertThat(e.why()).isEqualTo(LIMIT_EXCEEDED));
        }
    }

    private AbstractThrowableAssert<?, ?> refused(KustomizeException.Reason reason, String kustomization) {
        return assertThatThrownBy(() -> render(kustomization))
                .isInstanceOfSatisfying(
                        KustomizeException.class, e -> assertThat(e.why()).isEqualTo(reason));
    }

    private String render(String kustomization) {
        return render(KustomizeRenderer.builder("").remoteLoader(loader).build(), kustomization);
    }

    private static String render(KustomizeRenderer renderer, String kustomization) {
        FileTree files = FileTree.ofText(Map.of("kustomization.yaml", kustomization, "s.yaml", SETTINGS));
        return ManifestYaml.write(
                renderer.render(Artifact.of(Revision.parse("main"), files), Deadline.after(Duration.ofSeconds(20))));
    }

    /** Repositories and files in memory. */
    private static final class MemoryLoader implements RemoteLoader {
        private final Map<String, FileTree> repositories = new HashMap<>();
        private final Map<String, byte[]> files = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private Duration remaining = Duration.ZERO;

        void repository(String url, Map<String, String> content) {
            repositories.put(url, FileTree.ofText(content));
            repositories.put(url + ".git", FileTree.ofText(content));
        }

        void file(String url, String content) {
            files.put(url, content.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public FileTree repository(Repository repository, Deadline deadline) {
            asked.add(repository + " " + repository.submodules());
            remaining = deadline.remaining();
            FileTree tree = repositories.get(repository.url());
            if (tree == null) {
                throw new Unreachable();
            }
            return tree;
        }

        @Override
        public Optional<byte[]> file(String url, int maxBytes, Deadline deadline) {
            asked.add(url);
            return Optional.ofNullable(files.get(url));
        }
    }

    @SuppressWarnings("serial") // not sent about as a Java object
    private static final class Unreachable extends ToolkitException {
        Unreachable() {
            super("Unreachable", Retry.BACK_OFF, "no such repository", null, Duration.ofSeconds(7));
        }
    }
}
