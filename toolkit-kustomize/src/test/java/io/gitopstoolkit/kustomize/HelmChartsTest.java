package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmChartsTest {
    private static final String OUTPUT = """
            apiVersion: v1
            kind: Service
            metadata: {name: svc, namespace: fromchart}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: svc2}
            """;
    private static final String VALUES = """
            # default values
            image: {tag: "1"}
            list: [a, b]
            keep: yes
            nested:
              x: 1
              y: ~
            """;
    private static final String INLINE =
            "{big: 12345678901234567890, f: 1.0, list: [c], nested: {x: null, z: \"yes\"}, new: {a: on}}";

    private final List<HelmChart> charts = new ArrayList<>();

    @Test
    void namesReachTheChartAndPrefixesItsObjectsButNoNamespace() {
        String rendered = render(Map.of("kustomization.yaml", """
                namespace: ns
                namePrefix: p-
                commonLabels: {a: b}
                helmCharts:
                - name: app
                  releaseName: rel
                  nameTemplate: t
                  includeCRDs: true
                  skipHooks: true
                  skipTests: true
                  debug: true
                  devel: true
                  apiVersions: [a/v1, b/v1]
                  kubeVersion: "1.30"
                  version: 1.2.3
                """, "charts/app/values.yaml", VALUES));
        assertThat(rendered).isEqualTo("""
                        apiVersion: v1
                        kind: Service
                        metadata:
                          labels:
                            a: b
                          name: p-svc
                          namespace: fromchart
                        spec:
                          selector:
                            a: b
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata:
                          labels:
                            a: b
                          name: p-svc2
                        spec:
                          selector:
                            a: b
                        """);
        HelmChart chart = charts.get(0);
        assertThat(chart.release()).isEqualTo(new HelmChart.Release("rel", "t", "ns"));
        assertThat(chart.options())
                .isEqualTo(new HelmChart.Options(true, true, true, true, "1.30", List.of("a/v1", "b/v1")));
        assertThat(chart.source().name()).isEqualTo("app");
        assertThat(chart.source().version()).isEqualTo("1.2.3");
        assertThat(chart.source().devel()).isTrue();
        assertThat(chart.source().files()).extracting(HelmChart.Files::path).isEqualTo("charts/app");
        assertThat(chart.values()).containsExactly(VALUES);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''|image:\\n  tag: \"1\"\\nkeep: \"yes\"\\nlist:\\n- c\\nnested:\\n  \"y\": null\\n  z: \"yes\"\\nnew:\\n  a: true",
                "override|image:\\n  tag: \"1\"\\nkeep: \"yes\"\\nlist:\\n- c\\nnested:\\n  \"y\": null\\n  z: \"yes\"\\nnew:\\n  a: true",
                "merge|image:\\n  tag: \"1\"\\nkeep: \"yes\"\\nlist:\\n- a\\n- b\\nnested:\\n  x: 1\\n  z: \"yes\"\\nnew:\\n  a: true",
                "replace|list:\\n- c\\nnested:\\n  x: null\\n  z: \"yes\"\\nnew:\\n  a: true"
            })
    void inlineValuesAreMergedAsKustomizeDoes(String merge, String expected) {
        render(Map.of(
                "kustomization.yaml",
                "helmCharts: [{name: app, additionalValuesFiles: [more.yaml], valuesMerge: '" + merge
                        + "', valuesInline: " + INLINE + "}]",
                "more.yaml",
                "extra: 1\n",
                "charts/app/values.yaml",
                VALUES));
        assertThat(charts.get(0).values())
                .containsExactly(
                        "big: 12345678901234567000\nf: 1\n" + expected.replace("\\n", "\n") + "\n", "extra: 1\n");
    }

    @Test
    void aChartThatIsNotInTheTreeComesWithTheValuesOfTheKustomizationAlone() {
        render(Map.of(
                "kustomization.yaml",
                "helmCharts: [{name: app, repo: 'oci://example.org/charts', version: 1.0.0, valuesInline: {a: 1}}]",
                "charts/app/values.yaml",
                VALUES));
        assertThat(charts.get(0).source().files()).isNull();
        assertThat(charts.get(0).source().repository()).isEqualTo("oci://example.org/charts");
        assertThat(charts.get(0).values()).containsExactly("a: 1\n");
    }

    @Test
    void aChartOfAVersionLiesInADirectoryOfIt() {
        render(Map.of(
                "kustomization.yaml",
                "helmGlobals: {chartHome: ext}\n"
                        + "helmCharts: [{name: app, repo: 'https://example.org', version: 1.0.0, valuesFile: v.yaml}]",
                "v.yaml",
                "own: 1",
                "ext/app-1.0.0/app/Chart.yaml",
                "name: app"));
        assertThat(charts.get(0).source().files())
                .extracting(HelmChart.Files::path)
                .isEqualTo("ext/app-1.0.0/app");
        assertThat(charts.get(0).values()).containsExactly("own: 1");
    }

    @Test
    void theNamespaceOfTheNearestKustomizationAboveIsTheCharts() {
        render(Map.of(
                "kustomization.yaml",
                "namespace: top\nresources: [middle]",
                "middle/kustomization.yaml",
                "resources: [base]",
                "middle/base/kustomization.yaml",
                "helmCharts: [{name: a, repo: 'https://example.org'}]"));
        assertThat(charts.get(0).release().namespace()).isEqualTo("top");
    }

    @Test
    void chartsOfTheOlderFieldAndOfConfigurationsAreRenderedToo() {
        String old =
                "helmChartInflationGenerator: [{chartName: old, chartRepoUrl: 'https://example.org', chartVersion: '2',"
                        + " releaseName: r, valuesLocal: {a: b}, releaseNamespace: ignored}]\n";
        String plugin =
                "generators: ['{apiVersion: builtin, kind: HelmChartInflationGenerator, metadata: {name: x}, name:"
                        + " plugin, repo: \"https://example.org\", namespace: own}']\n";
        var files = new HashMap<String, String>();
        files.put("kustomization.yaml", "namespace: ns\nnamePrefix: p-\n" + old);
        render(files);
        files.put("kustomization.yaml", plugin);
        render(files);
        assertThat(charts).extracting(chart -> chart.source().name()).containsExactly("old", "plugin");
        assertThat(charts).extracting(chart -> chart.release().namespace()).containsExactly("ns", "own");
        assertThat(charts.get(0).values()).containsExactly("a: b\n");
    }

    @Test
    void whatCannotBeRenderedIsRefused() {
        refused("helmCharts: [{repo: 'https://example.org'}]", "chart name cannot be empty");
        refused("helmCharts: [{name: a}]", "no repo specified for pull, no chart found at 'charts/a'");
        refused("helmCharts: [{name: a, valuesMerge: mix}]", "valuesMerge must be one of [merge override replace]");
        refused("helmCharts: [{name: a, repo: x, additionalValuesFiles: [none.yaml]}]", "'none.yaml' does not exist");
        refused("helmCharts: [{name: a, repo: x, unknown: 1}]", "unknown field \"unknown\"");
        refused(
                "helmCharts: [{name: a, repo: x, valuesMerge: merge, valuesInline: {a: 1}}]",
                "needs the chart's own values");
    }

    @Test
    void outputThatIsNoListOfObjectsIsRefused() {
        var renderer = KustomizeRenderer.builder("")
                .helmRenderer((chart, deadline) -> "a message")
                .build();
        var files = FileTree.ofText(Map.of("kustomization.yaml", "helmCharts: [{name: a, repo: x}]"));
        assertThatThrownBy(() -> renderer.renderYaml(files, Deadline.after(Duration.ofMinutes(1))))
                .isInstanceOf(KustomizeException.class)
                .hasMessageStartingWith("kustomization.yaml: helmCharts: chart 'a':");
    }

    private void refused(String kustomization, String message) {
        assertThatThrownBy(() -> render(Map.of("kustomization.yaml", kustomization)))
                .isInstanceOf(KustomizeException.class)
                .hasMessageStartingWith("kustomization.yaml: ")
                .hasMessageContaining(message);
    }

    private String render(Map<String, String> files) {
        KustomizeRenderer renderer = KustomizeRenderer.builder("")
                .helmRenderer((chart, deadline) -> {
                    charts.add(chart);
                    return OUTPUT;
                })
                .build();
        return renderer.renderYaml(FileTree.ofText(files), Deadline.after(Duration.ofMinutes(1)));
    }
}
