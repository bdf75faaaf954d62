package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.HelmChart.Options;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code helmCharts}, {@code helmGlobals} and {@code helmChartInflationGenerator}. */
final class HelmFields {
    static final Set<String> GLOBALS = Set.of("chartHome", "configHome");
    static final Set<String> CHART = Set.of(
            "name",
            "version",
            "repo",
            "releaseName",
            "namespace",
            "additionalValuesFiles",
            "valuesFile",
            "valuesInline",
            "valuesMerge",
            "includeCRDs",
            "skipHooks",
            "apiVersions",
            "kubeVersion",
            "nameTemplate",
            "skipTests",
            "debug",
            "devel");
    static final Set<String> LEGACY = Set.of(
            "chartName",
            "chartVersion",
            "chartRepoUrl",
            "chartHome",
            "chartRepoName",
            "helmBin",
            "helmHome",
            "values",
            "valuesLocal",
            "valuesMerge",
            "releaseName",
            "releaseNamespace",
            "extraArgs");

    private static final String DEFAULT_HOME = "charts";

    private HelmFields() {}

    /**
     * A chart as it is written.
     *
     * @param field the list that it stands in
     * @param home the directory of charts
     * @param id which chart
     * @param release its names
     * @param values its values
     * @param options the rest
     */
    record Args(String field, String home, Id id, Release release, Values values, Options options) {}

    /** Which chart. */
    record Id(String name, String version, String repository, boolean devel) {}

    /** The names that a chart is rendered under. */
    record Release(String name, String nameTemplate, String namespace) {}

    /** Where values come from. */
    record Values(String file, MapNode inline, String merge, List<String> additional) {
        Values {
            if (!Set.of("", "merge", "override", "replace").contains(merge)) {
                throw new KustomizeException(
                        INVALID_KUSTOMIZATION, "valuesMerge must be one of [merge override replace]");
            }
        }
    }

    /** The charts of a kustomization file. */
    static List<Args> charts(Fields fields) {
        String ownHome = fields.object("helmGlobals", GLOBALS, globals -> {
            globals.text("configHome");
            return globals.text("chartHome");
        });
        var legacyHomes = new ArrayList<String>();
        fields.objects("helmChartInflationGenerator", LEGACY, chart -> legacyHomes.add(chart.text("chartHome")));
        String home = ownHome != null ? ownHome : lastOf(legacyHomes);
        var charts = new ArrayList<>(fields.objects("helmCharts", CHART, chart -> chart(chart, "helmCharts", home)));
        charts.addAll(fields.objects("helmChartInflationGenerator", LEGACY, chart -> legacy(chart, home)));
        return List.copyOf(charts);
    }

    /** The fields of an object that configures the generator. */
    static Set<String> plugin() {
        var known = new HashSet<>(CHART);
        known.addAll(GLOBALS);
        return known;
    }

    /** The chart that an object configures. */
    static Args plugin(Fields fields) {
        return chart(fields, "", fields.text("chartHome"));
    }

    private static String lastOf(List<String> homes) {
        return homes.stream().filter(home -> !home.isEmpty()).reduce("", (first, second) -> second);
    }

    private static Args chart(Fields fields, String field, String home) {
        return new Args(
                field,
                home.isEmpty() ? DEFAULT_HOME : home,
                new Id(fields.text("name"), fields.text("version"), fields.text("repo"), fields.flag("devel")),
                new Release(fields.text("releaseName"), fields.text("nameTemplate"), fields.text("namespace")),
                new Values(
                        fields.text("valuesFile"),
                        map(fields, "valuesInline"),
                        fields.text("valuesMerge"),
                        fields.texts("additionalValuesFiles")),
                new Options(
                        fields.flag("includeCRDs"),
                        fields.flag("skipHooks"),
                        fields.flag("skipTests"),
                        fields.flag("debug"),
                        fields.text("kubeVersion"),
                        fields.texts("apiVersions")));
    }

    private static Args legacy(Fields fields, String home) {
        fields.texts("extraArgs");
        return new Args(
                "helmChartInflationGenerator",
                home.isEmpty() ? DEFAULT_HOME : home,
                new Id(fields.text("chartName"), fields.text("chartVersion"), fields.text("chartRepoUrl"), false),
                new Release(fields.text("releaseName"), "", ""),
                new Values(fields.text("values"), map(fields, "valuesLocal"), fields.text("valuesMerge"), List.of()),
                new Options(false, false, false, false, "", List.of()));
    }

    private static MapNode map(Fields fields, String name) {
        Node value = fields.get(name);
        if (value == null) {
            return new MapNode();
        }
        if (value instanceof MapNode map) {
            return map;
        }
        throw new KustomizeException(INVALID_KUSTOMIZATION, name + " must be a map");
    }
}
