package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_NOT_FOUND;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.GENERATOR_FAILED;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.NOT_SUPPORTED;

import io.gitopstoolkit.kustomize.HelmChart;
import io.gitopstoolkit.kustomize.HelmRenderer;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.load.HelmFields.Args;
import io.gitopstoolkit.kustomize.internal.load.HelmFields.Values;
import io.gitopstoolkit.kustomize.internal.patch.StrategicMerge;
import io.gitopstoolkit.kustomize.internal.resource.InternalAnnotations;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.GoJson;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the resources of Helm charts, by the renderer that the caller gave. */
final class HelmCharts {
    private final Site site;
    private final String namespace;

    /**
     * Charts of a kustomization.
     *
     * @param namespace of charts that name none
     */
    HelmCharts(Site site, String namespace) {
        this.site = site;
        this.namespace = namespace;
    }

    /**
     * The resources of a chart.
     *
     * @throws KustomizeException if there is no renderer of charts, the chart or its values cannot be found, or what comes
     *     out of it are no resources
     */
    List<Resource> generate(Args args) {
        HelmRenderer renderer = site.build().options().helmRenderer();
        if (renderer == null) {
            throw new KustomizeException(
                    NOT_SUPPORTED,
                    "Helm charts are not supported without a renderer of charts, as in kustomize, which says: must specify"
                            + " --enable-helm");
        }
        String name = args.id().name();
        if (name.isEmpty()) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, "chart name cannot be empty");
        }
        HelmChart chart = chart(args);
        site.build().noteOutsider();
        List<Resource> resources = new ResourceReader(site.build())
                .read(renderer.template(chart, site.build().deadline()), "chart '" + name + "'");
        for (Resource resource : resources) {
            MapNode annotations = resource.metadata().mapFor("annotations");
            if (annotations != null) {
                annotations.put(InternalAnnotations.HELM_GENERATED, "true");
            }
        }
        return resources;
    }

    private HelmChart chart(Args args) {
        HelmFields.Id id = args.id();
        String home = id.version().isEmpty() || id.repository().isEmpty()
                ? args.home()
                : args.home() + '/' + id.name() + '-' + id.version();
        String path = home + '/' + id.name();
        HelmChart.Files files =
                site.directory().isDirectory(path) ? site.directory().files(path) : null;
        if (files == null && id.repository().isEmpty()) {
            throw new KustomizeException(
                    FILE_NOT_FOUND, "no repo specified for pull, no chart found at '" + path + "'");
        }
        HelmFields.Release release = args.release();
        return new HelmChart(
                new HelmChart.Source(id.name(), id.version(), id.repository(), id.devel(), files),
                new HelmChart.Release(
                        release.name(),
                        release.nameTemplate(),
                        release.namespace().isEmpty() ? namespace : release.namespace()),
                values(args.values(), files == null ? null : path + "/values.yaml"),
                args.options());
    }

    private List<String> values(Values values, @Nullable String ofChart) {
        var texts = new ArrayList<String>();
        String file = values.file().isEmpty() ? ofChart : values.file();
        if (values.inline().isEmpty()) {
            if (file != null) {
                texts.add(text(file));
            }
        } else {
            texts.add(YamlWriter.write(List.of(merged(values, file))));
        }
        for (String additional : values.additional()) {
            texts.add(text(additional));
        }
        return texts;
    }

    /** The values of the field, and those of a file: the field's are stronger, or weaker, or alone. */
    private MapNode merged(Values values, @Nullable String file) {
        MapNode inline = map(GoJson.write(values.inline()), "valuesInline", Dialect.CONFIGURATION);
        if (values.merge().equals("replace")) {
            return inline;
        }
        if (file == null) {
            if (values.merge().equals("merge")) {
                throw new KustomizeException(
                        NOT_SUPPORTED,
                        "valuesMerge 'merge' needs the chart's own values; put the chart into the tree, or set valuesFile");
            }
            return inline;
        }
        MapNode ofFile = map(text(file), file, Dialect.RESOURCE);
        var merge = new StrategicMerge(site.build().schema()::current);
        MapNode merged = values.merge().equals("merge") ? merge.apply(inline, ofFile) : merge.apply(ofFile, inline);
        return merged == null ? new MapNode() : merged;
    }

    private MapNode map(String text, String name, Dialect dialect) {
        Node node = site.build().yaml().readOne(text, name, dialect);
        if (node == null || node.isNull()) {
            return new MapNode();
        }
        if (node instanceof MapNode map) {
            return map;
        }
        throw new KustomizeException(GENERATOR_FAILED, "'" + name + "' holds no map of values");
    }

    private String text(String file) {
        return Build.text(site.directory().read(file), site.directory().pathOf(file));
    }
}
