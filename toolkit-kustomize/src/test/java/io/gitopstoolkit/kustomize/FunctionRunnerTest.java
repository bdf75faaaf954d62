package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.kustomize.FunctionRunner.Function;
import io.gitopstoolkit.kustomize.FunctionRunner.Mount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FunctionRunnerTest {
    private static final String PAINTER = """
            apiVersion: example.org/v1
            kind: Painter
            metadata:
              name: p
              annotations:
                config.kubernetes.io/function: |
                  container:
                    image: example.org/paint:v1
                    network: true
                    envs: [A=b, C]
                    mounts:
                    - {type: bind, src: ./files, dst: /files, rw: true}
            spec: {color: red}
            """;
    private static final String CONFIG_MAPS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {x: y}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            """;

    private final List<Function> functions = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();

    @Test
    void aTransformerSeesAllResourcesAndItsConfiguration() {
        String rendered = render(
                "resources: [r.yaml]\ntransformers: [f.yaml]\nnamePrefix: p-\n",
                list -> list.replace("x: \"y\"", "x: red"));
        assertThat(functions)
                .containsExactly(new Function(
                        "example.org/paint:v1",
                        true,
                        List.of(new Mount("bind", "./files", "/files", true)),
                        "",
                        List.of(),
                        List.of("A=b", "C")));
        assertThat(lists.get(0))
                .startsWith("apiVersion: config.kubernetes.io/v1\nfunctionConfig:\n  apiVersion: example.org/v1\n")
                .contains("config.kubernetes.io/local-config: \"true\"", "color: red")
                .contains(
                        "items:\n- apiVersion: v1\n  data:\n    x: \"y\"\n  kind: ConfigMap\n  metadata:\n    name: p-a\n");
        assertThat(rendered).isEqualTo("""
                        apiVersion: v1
                        data:
                          x: red
                        kind: ConfigMap
                        metadata:
                          name: p-a
                        ---
                        apiVersion: v1
                        kind: ConfigMap
                        metadata:
                          name: p-b
                        """);
    }

    @Test
    void resultsAreAddedAndObjectsWithoutOneGo() {
        String rendered =
                render("resources: [r.yaml]\ntransformers: [f.yaml]\nsortOptions: {order: fifo}\n", list -> """
                        apiVersion: config.kubernetes.io/v1
                        kind: ResourceList
                        items:
                        - apiVersion: v1
                          kind: Secret
                          metadata: {name: new}
                        - apiVersion: v1
                          kind: ConfigMap
                          metadata: {name: b, annotations: {kustomize.config.k8s.io/id: x}}
                          data: {k: "1"}
                        results:
                        - message: fine
                        """);
        assertThat(rendered).isEqualTo("""
                        apiVersion: v1
                        data:
                          k: "1"
                        kind: ConfigMap
                        metadata:
                          name: b
                        ---
                        apiVersion: v1
                        kind: Secret
                        metadata:
                          name: new
                        """);
    }

    @Test
    void aGeneratorsResultsSayWhetherTheyGetAHashAndWhatTheyDoToOthers() {
        String rendered =
                render("resources: [r.yaml]\ngenerators: [f.yaml]\nbuildMetadata: [originAnnotations]\n", list -> """
                        kind: ResourceList
                        items:
                        - apiVersion: v1
                          kind: ConfigMap
                          metadata: {name: c, annotations: {kustomize.config.k8s.io/needs-hash: "true"}}
                          data: {k: "1"}
                        - apiVersion: v1
                          kind: ConfigMap
                          metadata: {name: a, annotations: {kustomize.config.k8s.io/behavior: merge}}
                          data: {k: "1"}
                        """);
        assertThat(lists.get(0)).contains("items:\n- apiVersion: example.org/v1\n  kind: Painter\n");
        assertThat(rendered)
                .contains("  name: c-")
                .contains("  k: \"1\"\n  x: \"y\"\n")
                .contains("""
                            config.kubernetes.io/origin: |
                              configuredIn: f.yaml
                              configuredBy:
                                apiVersion: example.org/v1
                                kind: Painter
                                name: p
                        """)
                .doesNotContain("needs-hash", "behavior");
    }

    @Test
    void aConfigurationThatIsPassedOnIsNotPartOfTheOutput() {
        assertThat(render("generators: [f.yaml]\n", UnaryOperator.identity())).isEmpty();
    }

    @Test
    void aValidatorMayLabelButNotChange() {
        String fields = "resources: [r.yaml]\nvalidators: [f.yaml]\n";
        assertThat(render(fields, UnaryOperator.identity())).contains("name: a");
        assertThatThrownBy(() -> render(fields, list -> list.replace("x: \"y\"", "x: z")))
                .hasMessageContaining("validator shouldn't modify the resource map");
    }

    @Test
    void programsAndOlderPluginsAreNamedByTheirPath() {
        String program = "{apiVersion: v1, kind: Any, metadata: {name: n, annotations: {config.kubernetes.io/function:"
                + " \"exec: {path: ./run.sh, args: [a], envs: [B=c]}\"}}}";
        String plugin = "{apiVersion: example.org/v1, kind: OldPainter, metadata: {name: n}}";
        render("transformers:\n- '" + program + "'\n- '" + plugin + "'\n", UnaryOperator.identity());
        assertThat(functions)
                .containsExactly(
                        new Function("", false, List.of(), "./run.sh", List.of("a"), List.of("B=c")),
                        new Function(
                                "", false, List.of(), "example.org/v1/oldpainter/OldPainter", List.of(), List.of()));
    }

    @Test
    void functionsAreRefusedWithoutARunner() {
        var files = FileTree.ofText(Map.of("kustomization.yaml", "transformers: [f.yaml]", "f.yaml", PAINTER));
        assertThatThrownBy(() -> KustomizeRenderer.at("").renderYaml(files, Deadline.after(Duration.ofMinutes(1))))
                .isInstanceOf(KustomizeException.class)
                .hasMessageContaining("external plugins disabled; unable to load external plugin 'Painter'");
    }

    @Test
    void mountsOutsideOfTheKustomizationAreRefused() {
        for (String source : List.of("/etc", "../other", "a/../../b")) {
            assertThatThrownBy(() -> render(
                            "transformers: [f.yaml]\n", UnaryOperator.identity(), PAINTER.replace("./files", source)))
                    .hasMessageContaining("'" + source + "' is not permitted");
        }
    }

    @Test
    void aFunctionIsRunAgainThoughTheTreeIsTheSame() {
        KustomizeRenderer renderer = KustomizeRenderer.builder("")
                .functionRunner((called, list, deadline) -> {
                    lists.add(list);
                    return list.replace("x: \"y\"", "x: run" + lists.size());
                })
                .build();
        var files = FileTree.ofText(Map.of(
                "kustomization.yaml",
                "resources: [r.yaml]\ntransformers: [f.yaml]",
                "r.yaml",
                CONFIG_MAPS,
                "f.yaml",
                PAINTER));
        for (int i = 1; i <= 2; i++) {
            assertThat(renderer.renderYaml(files, Deadline.after(Duration.ofMinutes(1))))
                    .contains("x: run" + i);
        }
    }

    @Test
    void twoResultsOfOneIdAreRefused() {
        assertThatThrownBy(() -> render(
                        "resources: [r.yaml]\ntransformers: [f.yaml]\n", list -> CONFIG_MAPS + "---\n" + CONFIG_MAPS))
                .hasMessageContaining("generated duplicate resource: ConfigMap.v1.[noGrp]/a.[noNs]");
    }

    private String render(String fields, UnaryOperator<String> function) {
        return render(fields, function, PAINTER);
    }

    private String render(String fields, UnaryOperator<String> function, String config) {
        KustomizeRenderer renderer = KustomizeRenderer.builder("")
                .functionRunner((called, list, deadline) -> {
                    functions.add(called);
                    lists.add(list);
                    return function.apply(list);
                })
                .build();
        var files = Map.of("kustomization.yaml", fields, "r.yaml", CONFIG_MAPS, "f.yaml", config);
        return renderer.renderYaml(FileTree.ofText(files), Deadline.after(Duration.ofMinutes(1)));
    }
}
