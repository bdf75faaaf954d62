package io.gitopstoolkit.kustomize;

import io.gitopstoolkit.api.Deadline;

/**
 * Renders the Helm charts that kustomizations name in {@code helmCharts}, {@code helmChartInflationGenerator} and objects
 * of the kind {@code HelmChartInflationGenerator}.
 *
 * <p>A renderer of kustomizations has none unless it is given one by {@link KustomizeRenderer.Builder#helmRenderer}, and
 * refuses charts then, as kustomize does without {@code --enable-helm}. Templates of charts are programs, and charts may
 * come from anywhere: a renderer of content that is not trusted checks the repository.
 *
 * <p>Implementations are safe between threads, and block.
 */
@FunctionalInterface
public interface HelmRenderer {
    /**
     * The objects of a chart as YAML documents, as {@code helm template} prints them, and nothing else.
     *
     * @param chart which chart, under which names, with which values
     * @param deadline the build's
     * @throws io.gitopstoolkit.api.ToolkitException if the chart cannot be had or rendered
     */
    String template(HelmChart chart, Deadline deadline);
}
